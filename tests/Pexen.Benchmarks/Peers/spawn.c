/* The floor for launching programs: posix_spawn with one captured pipe each, a fixed number at a time, nothing else.
   usage: spawn COUNT WIDTH PROGRAM    prints: launches per second, CPU milliseconds per launch */
#define _GNU_SOURCE
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

static double seconds(struct timeval t) { return t.tv_sec + t.tv_usec / 1e6; }

static double cpu(void)
{
    struct rusage self, children;
    getrusage(RUSAGE_SELF, &self);
    getrusage(RUSAGE_CHILDREN, &children);
    return seconds(self.ru_utime) + seconds(self.ru_stime) + seconds(children.ru_utime) + seconds(children.ru_stime);
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

static int start(const char *program, pid_t *pid)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) { perror("pipe2"); exit(1); }
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
    posix_spawn_file_actions_adddup2(&actions, ends[1], 2);
    char *arguments[] = { (char *)program, NULL };
    if (posix_spawn(pid, program, &actions, NULL, arguments, environ) != 0) { perror("posix_spawn"); exit(1); }
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    return ends[0];
}

int main(int count_of_arguments, char **arguments)
{
    if (count_of_arguments != 4) { fprintf(stderr, "usage: spawn COUNT WIDTH PROGRAM\n"); return 2; }
    int count = atoi(arguments[1]), width = atoi(arguments[2]), started = 0, running = 0;
    struct pollfd polls[width];
    pid_t pids[width];
    for (int i = 0; i < width; i++) polls[i] = (struct pollfd){ .fd = -1, .events = POLLIN };

    double begin = now(), begin_cpu = cpu();
    while (started < count || running > 0) {
        for (int i = 0; i < width && started < count; i++)
            if (polls[i].fd < 0) { polls[i].fd = start(arguments[3], &pids[i]); started++; running++; }
        poll(polls, width, -1);
        for (int i = 0; i < width; i++) {
            if (polls[i].fd < 0 || polls[i].revents == 0) continue;
            char buffer[65536];
            if (read(polls[i].fd, buffer, sizeof buffer) > 0) continue;
            close(polls[i].fd);
            polls[i].fd = -1;
            waitpid(pids[i], NULL, 0);
            running--;
        }
    }
    double wall = now() - begin;
    printf("%.1f %.4f\n", count / wall, (cpu() - begin_cpu) * 1000 / count);
    return 0;
}
