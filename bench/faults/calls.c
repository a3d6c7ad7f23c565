/* Calls that change files, counted; the n-th of them fails, or is the last of the process.
 *
 * Put before the C library (LD_PRELOAD), so that calls of Python, SQLite and tantivy alike pass
 * through here. Every thread counts in one row. Calls on pipes and terminals are not counted.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum { COUNT, KILL, TORN, FAIL_EIO, FAIL_ENOSPC, FULL, SHORT };

static atomic_long seen;
static long deadly = -1;
static int action = COUNT;
static atomic_int armed;
static char hit[64];

void faults_arm(long at, int what) {
    seen = 0;
    deadly = at;
    action = what;
    hit[0] = 0;
    armed = 1;
}
long faults_disarm(void) {
    armed = 0;
    return seen;
}
const char *faults_hit(void) { return hit; }

/* What is to happen to this call: 0 goes on, 1 fails with errno set, 2 writes half. */
static int strike(const char *name, int writes) {
    if (!armed) return 0;
    long now = ++seen;
    if (action == FULL) {
        /* A disk that is full stays so; what is removed or renamed needs no room. */
        int room = writes || !strcmp(name, "open") || !strcmp(name, "mkdir");
        if (now < deadly || !room) return 0;
    } else if (now != deadly) return 0;
    if (!hit[0]) snprintf(hit, sizeof hit, "%s", name);
    switch (action) {
    case KILL: kill(getpid(), SIGKILL); for (;;) pause();
    case TORN:
        if (writes) return 2;
        kill(getpid(), SIGKILL); for (;;) pause();
    case FAIL_EIO: errno = EIO; return 1;
    case FAIL_ENOSPC: case FULL: errno = ENOSPC; return 1;
    case SHORT: return writes ? 2 : 0;
    }
    return 0;
}

static int regular(int fd) {
    struct stat found;
    int kept = errno, is = !fstat(fd, &found) && (S_ISREG(found.st_mode) || S_ISDIR(found.st_mode));
    errno = kept;
    return is;
}

#define REAL(name) \
    static __typeof__(name) *real; \
    if (!real) real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

/* Half of a write is a write; a torn one is the last that the process does. */
#define HALF(call) do { ssize_t done = (call); if (action == TORN) { kill(getpid(), SIGKILL); for (;;) pause(); } return done; } while (0)

ssize_t write(int fd, const void *data, size_t size) {
    REAL(write);
    int what = regular(fd) ? strike("write", 1) : 0;
    if (what == 1) return -1;
    if (what == 2 && size > 1) HALF(real(fd, data, size / 2));
    return real(fd, data, size);
}
#define PWRITE(name, offset_t) \
    ssize_t name(int fd, const void *data, size_t size, offset_t at) { \
        REAL(name); \
        int what = regular(fd) ? strike("pwrite", 1) : 0; \
        if (what == 1) return -1; \
        if (what == 2 && size > 1) HALF(real(fd, data, size / 2, at)); \
        return real(fd, data, size, at); \
    }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

ssize_t writev(int fd, const struct iovec *data, int count) {
    REAL(writev);
    int what = regular(fd) ? strike("writev", 1) : 0;
    if (what == 1) return -1;
    if (what == 2) HALF(real(fd, data, 1));
    return real(fd, data, count);
}

#define ON_FD(name, called, parameters, arguments) \
    int name parameters { \
        REAL(name); \
        if (regular(fd) && strike(called, 0) == 1) return -1; \
        return real arguments; \
    }
ON_FD(fsync, "fsync", (int fd), (fd))
ON_FD(fdatasync, "fdatasync", (int fd), (fd))
ON_FD(ftruncate, "ftruncate", (int fd, off_t size), (fd, size))
ON_FD(ftruncate64, "ftruncate", (int fd, off64_t size), (fd, size))
ON_FD(fallocate, "fallocate", (int fd, int mode, off_t at, off_t size), (fd, mode, at, size))

#define ON_PATH(name, called, parameters, arguments) \
    int name parameters { \
        REAL(name); \
        if (strike(called, 0) == 1) return -1; \
        return real arguments; \
    }
ON_PATH(rename, "rename", (const char *a, const char *b), (a, b))
ON_PATH(renameat, "rename", (int d, const char *a, int e, const char *b), (d, a, e, b))
ON_PATH(renameat2, "rename", (int d, const char *a, int e, const char *b, unsigned f), (d, a, e, b, f))
ON_PATH(unlink, "unlink", (const char *a), (a))
ON_PATH(unlinkat, "unlink", (int d, const char *a, int f), (d, a, f))
ON_PATH(rmdir, "rmdir", (const char *a), (a))
ON_PATH(mkdir, "mkdir", (const char *a, mode_t m), (a, m))
ON_PATH(mkdirat, "mkdir", (int d, const char *a, mode_t m), (d, a, m))
ON_PATH(link, "link", (const char *a, const char *b), (a, b))
ON_PATH(symlink, "symlink", (const char *a, const char *b), (a, b))
ON_PATH(truncate, "truncate", (const char *a, off_t size), (a, size))

#define OPEN(name, before, first, passed) \
    int name(before first const char *path, int flags, ...) { \
        REAL(name); \
        va_list more; \
        va_start(more, flags); \
        mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(more, mode_t) : 0; \
        va_end(more); \
        if (flags & O_CREAT && strike("open", 0) == 1) return -1; \
        return real(passed path, flags, mode); \
    }
#define NOTHING
#define COMMA ,
OPEN(open, , , )
OPEN(open64, , , )
OPEN(openat, int folder COMMA, , folder COMMA)
OPEN(openat64, int folder COMMA, , folder COMMA)
