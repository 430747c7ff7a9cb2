#include "ways.h"

/* Functions that may be copied: each mutant is a function beside the original. */
static int counted;

static inline int twice(int a) { return a * 2; }

int add(int a, int b)
{
    counted += 1;
    return a + b;
}

word sum_to(word n)
{
    word sum = 0;
    for (word i = 0; i < n; i++)
        sum += i;
    return sum;
}

int is_small(int n) { return n < 10 && !(n == 5); }

struct pair swapped(struct pair p)
{
    struct pair q = { p.right, p.left - 1 };
    return q;
}

const char *name_of(enum colour colour)
{
    switch (colour) {
    case RED: return "red";
    case GREEN + 0: return "green";
    }
    return "none";
}

void store(int *where, int what)
{
    *where = twice(what);
}

/* It is called before it is declared, in its copies as well. */
unsigned factorial(unsigned n)
{
    return n == 0 ? 1 : n * factorial(n - 1);
}

int never_called(int a) { return -a; }

#if 0
int compiled_out(int a) { return a + 1; }
#endif
