/* Preloaded into a child: writes down every change it asks the system to make below one folder, in order.
 *
 * RECORDED_ROOT is the folder, RECORDED_LOG the file to write to. A record is: the operation (one byte), three 32-bit
 * lengths, a 64-bit offset, then path, second path and data. What goes to descriptor 1 is an acknowledgement ('a').
 * One thread writes in these children, so nothing here is locked.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#define MOST 4096

static char *paths[MOST];
static int out = -1;
static const char *root;
static ssize_t (*real_write)(int, const void *, size_t);

__attribute__((constructor)) static void begin(void) {
    real_write = dlsym(RTLD_NEXT, "write");
    root = getenv("RECORDED_ROOT");
    int (*real_open)(const char *, int, ...) = dlsym(RTLD_NEXT, "open");
    if (root) out = real_open(getenv("RECORDED_LOG"), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static void note(char what, const char *one, const char *other, int64_t at, const void *data, uint32_t size) {
    if (out < 0) return;
    uint32_t lengths[3] = {(uint32_t)strlen(one), (uint32_t)strlen(other), size};
    real_write(out, &what, 1);
    real_write(out, lengths, sizeof lengths);
    real_write(out, &at, sizeof at);
    real_write(out, one, lengths[0]);
    real_write(out, other, lengths[1]);
    if (size) real_write(out, data, size);
}

static int ours(const char *path) { return root && path && strncmp(path, root, strlen(root)) == 0; }
static const char *of(int fd) { return fd >= 0 && fd < MOST ? paths[fd] : NULL; }

static int opened(int fd, const char *path, int flags, int was_there) {
    if (fd < 0 || fd >= MOST) return fd;
    free(paths[fd]);
    paths[fd] = ours(path) ? strdup(path) : NULL;
    if (paths[fd] && (flags & O_CREAT) && !was_there) note('c', path, "", 0, "", 0);
    if (paths[fd] && (flags & O_TRUNC) && was_there) note('t', path, "", 0, "", 0);
    return fd;
}

#define OPENER(name)                                                                  \
    int name(const char *path, int flags, ...) {                                      \
        static int (*real)(const char *, int, ...);                                   \
        if (!real) real = dlsym(RTLD_NEXT, #name);                                    \
        va_list rest;                                                                 \
        va_start(rest, flags);                                                        \
        mode_t mode = (flags & O_CREAT) ? va_arg(rest, mode_t) : 0;                   \
        va_end(rest);                                                                 \
        struct stat seen;                                                             \
        int was_there = stat(path, &seen) == 0;                                       \
        return opened(real(path, flags, mode), path, flags, was_there);               \
    }
OPENER(open)
OPENER(open64)

int close(int fd) {
    static int (*real)(int);
    if (!real) real = dlsym(RTLD_NEXT, "close");
    if (fd >= 0 && fd < MOST) {
        free(paths[fd]);
        paths[fd] = NULL;
    }
    return real(fd);
}

ssize_t write(int fd, const void *data, size_t size) {
    off_t at = of(fd) ? lseek(fd, 0, SEEK_CUR) : 0;
    ssize_t done = real_write(fd, data, size);
    if (done > 0 && of(fd)) note('w', of(fd), "", at, data, (uint32_t)done);
    if (done > 0 && fd == 1) note('a', "", "", 0, data, (uint32_t)done);
    return done;
}

#define WRITER(name, offset)                                                          \
    ssize_t name(int fd, const void *data, size_t size, offset at) {                  \
        static ssize_t (*real)(int, const void *, size_t, offset);                    \
        if (!real) real = dlsym(RTLD_NEXT, #name);                                    \
        ssize_t done = real(fd, data, size, at);                                      \
        if (done > 0 && of(fd)) note('w', of(fd), "", at, data, (uint32_t)done);      \
        return done;                                                                  \
    }
WRITER(pwrite, off_t)
WRITER(pwrite64, off64_t)

#define CUTTER(name, offset)                                                          \
    int name(int fd, offset size) {                                                   \
        static int (*real)(int, offset);                                              \
        if (!real) real = dlsym(RTLD_NEXT, #name);                                    \
        if (of(fd)) note('t', of(fd), "", size, "", 0);                               \
        return real(fd, size);                                                        \
    }
CUTTER(ftruncate, off_t)
CUTTER(ftruncate64, off64_t)

#define SYNCER(name)                                                                  \
    int name(int fd) {                                                                \
        static int (*real)(int);                                                      \
        if (!real) real = dlsym(RTLD_NEXT, #name);                                    \
        if (of(fd)) note('s', of(fd), "", 0, "", 0);                                  \
        return real(fd);                                                              \
    }
SYNCER(fsync)
SYNCER(fdatasync)

int unlink(const char *path) {
    static int (*real)(const char *);
    if (!real) real = dlsym(RTLD_NEXT, "unlink");
    int failed = real(path);
    if (!failed && ours(path)) note('u', path, "", 0, "", 0);
    return failed;
}

int rename(const char *one, const char *other) {
    static int (*real)(const char *, const char *);
    if (!real) real = dlsym(RTLD_NEXT, "rename");
    int failed = real(one, other);
    if (!failed && ours(one)) note('r', one, other, 0, "", 0);
    return failed;
}

int mkdir(const char *path, mode_t mode) {
    static int (*real)(const char *, mode_t);
    if (!real) real = dlsym(RTLD_NEXT, "mkdir");
    int failed = real(path, mode);
    if (!failed && ours(path)) note('d', path, "", 0, "", 0);
    return failed;
}
