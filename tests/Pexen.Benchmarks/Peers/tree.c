/*
 * A unit of two processes that do not obey SIGTERM but note when it reached them.
 * usage: tree FILE TREES INDEX    FILE is an array of 2 * TREES numbers (leaders, then children), which other processes have mapped as well:
 * 1 when the process is there, then the time of its first SIGTERM in nanoseconds of CLOCK_MONOTONIC
 */
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

static volatile long long *mine;

static void note(int signal)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    if (*mine == 1)
        *mine = t.tv_sec * 1000000000LL + t.tv_nsec;
    (void)signal;
}

int main(int count, char **arguments)
{
    if (count != 4)
        return 2;
    int trees = atoi(arguments[2]), index = atoi(arguments[3]), file = open(arguments[1], O_RDWR);
    long long *all = mmap(NULL, 2 * trees * sizeof *all, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (file < 0 || all == MAP_FAILED)
        return 1;
    mine = all + index + (fork() == 0 ? trees : 0);
    signal(SIGTERM, note);
    *mine = 1;
    for (;;)
        pause();
}
