// What the same work costs a program that does nothing else: the floor below which no listing or removal can be.
//   floor make SETS SEMAPHORES   makes sets, and prints nothing
//   floor list                   asks what Get-IpcSemaphore shows: SEM_STAT_ANY of each place, four calls a semaphore
//   floor remove                 removes all sets of the namespace
//   floor time COMMAND...        runs a command with its output thrown away
//   floor crowd PROCESSES        makes processes that sleep until the end of their input, and says "ready"
// list, remove and time print how many milliseconds that took.
#define _GNU_SOURCE
#include <err.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sem.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

// The C library's headers lack it (include/uapi/linux/sem.h).
#define STAT_ANY 20

union argument {
    struct semid_ds *set;
    struct seminfo *info;
};

struct set {
    int id;
    unsigned long size;
};

extern char **environ;

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1e3 + time.tv_nsec / 1e6;
}

static void make(int sets, int size)
{
    while (sets-- > 0)
        if (semget(IPC_PRIVATE, size, 0600) < 0)
            err(1, "semget");
}

static struct set *find(int *count)
{
    struct seminfo info;
    int highest = semctl(0, 0, SEM_INFO, (union argument){ .info = &info });
    if (highest < 0)
        err(1, "SEM_INFO");
    struct set *sets = malloc((highest + 1) * sizeof *sets);
    *count = 0;
    for (int index = 0; index <= highest; index++) {
        struct semid_ds row;
        int id = semctl(index, 0, STAT_ANY, (union argument){ .set = &row });
        if (id >= 0)
            sets[(*count)++] = (struct set){ id, row.sem_nsems };
    }
    return sets;
}

static void ask(const struct set *set)
{
    static const int questions[] = { GETVAL, GETPID, GETNCNT, GETZCNT };
    for (unsigned long number = 0; number < set->size; number++)
        for (int i = 0; i < 4; i++)
            if (semctl(set->id, number, questions[i]) < 0)
                err(1, "semctl");
}

static double list(void)
{
    double start = now();
    int count;
    struct set *sets = find(&count);
    for (int i = 0; i < count; i++)
        ask(&sets[i]);
    return now() - start;
}

static double remove_all(void)
{
    int count;
    struct set *sets = find(&count);
    double start = now();
    for (int i = 0; i < count; i++)
        if (semctl(sets[i].id, 0, IPC_RMID) < 0)
            err(1, "IPC_RMID");
    return now() - start;
}

static double run(char **command)
{
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    double start = now();
    pid_t child;
    int status;
    if (posix_spawnp(&child, command[0], &actions, NULL, command, environ) || waitpid(child, &status, 0) < 0 || status)
        errx(1, "%s failed", command[0]);
    return now() - start;
}

static int sleep_on(void *unused)
{
    char end;
    (void)unused;
    _exit(read(0, &end, 1) < 0);
}

// They share one memory: where each gets a copy of it, ten thousand take a minute to begin, and another to end.
static void crowd(int processes)
{
    enum { STACK = 4096 };
    char *stacks = malloc((size_t)processes * STACK);
    signal(SIGCHLD, SIG_IGN);
    for (int i = 1; i <= processes; i++)
        if (clone(sleep_on, stacks + (size_t)i * STACK, CLONE_VM | SIGCHLD, NULL) < 0)
            err(1, "clone");
    puts("ready");
    fflush(stdout);
    while (wait(NULL) > 0)
        ;
}

int main(int count, char **words)
{
    if (count == 4 && !strcmp(words[1], "make"))
        make(atoi(words[2]), atoi(words[3]));
    else if (count == 2 && !strcmp(words[1], "list"))
        printf("%.3f\n", list());
    else if (count == 2 && !strcmp(words[1], "remove"))
        printf("%.3f\n", remove_all());
    else if (count > 2 && !strcmp(words[1], "time"))
        printf("%.3f\n", run(words + 2));
    else if (count == 3 && !strcmp(words[1], "crowd"))
        crowd(atoi(words[2]));
    else
        errx(1, "make SETS SEMAPHORES, list, remove, time COMMAND... or crowd PROCESSES");
    return 0;
}
