/* The first process of a first unit: says when it got there. usage: stamp FILE    writes nanoseconds since 1970 */
#include <stdio.h>
#include <time.h>

int main(int count, char **arguments)
{
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    FILE *file = count == 2 ? fopen(arguments[1], "w") : NULL;
    return file == NULL || fprintf(file, "%lld\n", t.tv_sec * 1000000000LL + t.tv_nsec) < 0 || fclose(file) != 0;
}
