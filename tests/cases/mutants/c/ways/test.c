#include <stdio.h>
#include <string.h>

#include "ways.h"

static int failures;

static void check(int is_right, int line)
{
    if (!is_right) {
        fprintf(stderr, "test.c:%d: wrong\n", line);
        failures++;
    }
}

#define CHECK(condition) check(condition, __LINE__)

int main(void)
{
    struct pair p = { 1, 2 };
    const char *name;
    int value = 0;
    CHECK(add(2, 2) == 4);
    CHECK(sum_to(5) == 10);
    CHECK(is_small(3) && !is_small(5) && !is_small(11));
    CHECK(swapped(p).left == 2);
    name = name_of(GREEN);
    CHECK(name != NULL && strcmp(name, "green") == 0);
    store(&value, 3);
    CHECK(value == 6);
    CHECK(factorial(0) == 1);
    CHECK(next() == 11 && next() == 12);
    CHECK(first_of(1, 8) == 7);
    CHECK(old_style(0, 3) == 3);
    CHECK(with_attribute(1, 5) && !with_attribute(0, 0));
    name = own_name(1);
    CHECK(name != NULL && strcmp(name, "own_name") == 0);
    CHECK(none(0) && !none(1));
    CHECK(with_offset(1) == 8);
    CHECK(jumps(250) == 58);
    CHECK(inside(2) && !inside(9));
    return failures != 0;
}
