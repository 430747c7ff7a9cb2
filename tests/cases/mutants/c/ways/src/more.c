#include <stdarg.h>
#include <stdlib.h>

#include "ways.h"

/* Functions with one body, in which a mutant is chosen. */
unsigned next(void)
{
    static unsigned count = 2 * 5;
    count += 1;
    return count;
}

int first_of(int which, ...)
{
    va_list list;
    int first;
    va_start(list, which);
    first = va_arg(list, int);
    va_end(list);
    return first - which;
}

int old_style(a, b)
    int a;
    int b;
{
    if (!a)
        return b;
    return a - b;
}

API int with_attribute(int a, int b)
{
    return a == 1 || b == 2;
}

const char *own_name(int a)
{
    return a > 0 ? __func__ : "none";
}

int none(int p)
{
    static int asked;
    asked |= 1;
    return !p;
}

int with_offset(int a)
{
    static int last;
    last = a * OFFSET;
    return last + 1;
}

int jumps(int n)
{
    static int calls;
    calls++;
again:
    if (n > 100) {
        n = n & 63;
        goto again;
    }
    return n;
}

int inside(int x) { return WITHIN(1 + 1, x, 9 - 1); }

_Noreturn void stop(int code) { exit(code + 1); }
