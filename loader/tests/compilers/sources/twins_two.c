#include "twins.h"
static int count = 10;
static int zero;
static const int *const pointer = &count;
__attribute__((noinline)) static int next(void) { static int calls; calls += 1; return ++count + calls * 100; }
__attribute__((noinline)) static int same_text(int n) { return n * 3 + zero; }
static int (*const local_table[])(void) = { next, next };
static _Thread_local int own = 5;
int common_number __attribute__((common));
int weak_in_both(int n) __attribute__((weak));
int weak_in_both(int n) { return n + 2; }
static struct { const char *name; int (*function)(void); int *where; } entries[] = { { "first", next, &count }, { "second", next, &zero } };
static volatile int chosen = 1;
static int square(int n) { return n * n; }
static int cube(int n) { return n * n * n; }
int (*const callbacks_of_two[2])(int) = { square, cube };
const char *const names_of_two[] = { "first", "second" };
word two(int n) {
    zero += n * 5;
    common_number += 10;
    own += n * 4;
    table_of_one[2] += own_of_one;
    *entries[chosen].where += 1;
    return next() + local_table[chosen]() * 3 + same_text(n) * 7 + *pointer * 11 + own * 13 + entries[chosen].name[0] + entries[0].function();
}
