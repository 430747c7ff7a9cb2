/* What a driver offers to whoever runs its workload: in the test the loader's linked code, called
 * through slots; in main.c an ordinary program. Both must say the same.
 *
 * A step is a small piece of work. Between two steps no function of the program is on any stack. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Starts the workload from the beginning. `folder` is empty and may be written to. */
void drive_begin(const char *folder, long scale);

/* Does one piece of it: 1 when there is more, 0 at the end, -1 when something went wrong. */
int drive_step(void);

/* What was said since the last beginning, zero-terminated. */
const char *drive_said(void);

static char *said;
static size_t said_length, said_room;

static void say_bytes(const char *text, size_t length) {
    if (said_length + length + 1 > said_room) {
        said_room = 2 * (said_length + length + 1);
        said = realloc(said, said_room);
        if (!said) abort();
    }
    memcpy(said + said_length, text, length);
    said_length += length;
    said[said_length] = 0;
}

__attribute__((format(printf, 1, 2), unused)) static void say(const char *format, ...) {
    char line[1024];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    if (length > 0) say_bytes(line, (size_t)length < sizeof line ? (size_t)length : sizeof line - 1);
}

static void say_nothing_yet(void) {
    say_bytes("", 0);
    said_length = 0;
    said[0] = 0;
}

const char *drive_said(void) {
    return said;
}

/* FNV-1a, over what is too long to be said. */
__attribute__((unused)) static unsigned long hash_of(unsigned long hash, const void *bytes, size_t length) {
    const unsigned char *byte = bytes;
    for (size_t i = 0; i < length; i++) hash = (hash ^ byte[i]) * 0x100000001b3ul;
    return hash;
}

#define HASH_OF_NOTHING 0xcbf29ce484222325ul
