#include "twins.h"
int table_of_one[4] = { 4, 3, 2, 1 };
static int count = 10;
static int zero;
static const int *const pointer = &count;
__attribute__((noinline)) static int next(void) { static int calls; calls += 1; return ++count + calls * 100; }
__attribute__((noinline)) static int same_text(int n) { return n * 3 + zero; }
static int (*const local_table[])(void) = { next, next };
static _Thread_local int own = 5;
_Thread_local int own_of_one = 50;
int common_number __attribute__((common));
int weak_in_both(int n) __attribute__((weak));
int weak_in_both(int n) { return n + 1; }
static struct { const char *name; int (*function)(void); int *where; } entries[] = { { "first", next, &count }, { "second", next, &zero } };
static volatile int chosen = 1;
word one(int n) {
    zero += n;
    common_number += 1;
    own += n;
    own_of_one += own;
    *entries[chosen].where += 1;
    return next() + local_table[chosen]() * 3 + same_text(n) * 7 + *pointer * 11 + own * 13 + entries[chosen].name[0] + entries[0].function();
}
void program(void) {
    report("one", one(1));
    report("two", two(1));
    report("one again", one(2));
    report("two again", two(2));
    report("shared", common_number + table_of_one[2] * 10 + callbacks_of_two[1](5) * 100 + weak_in_both(3) * 1000);
    report("own", own_of_one);
    report("names", names_of_two[1][2] * 1000 + names_of_two[0][0]);
}
