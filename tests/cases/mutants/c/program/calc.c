#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A program with its `main`, which commands test. */
static int apply(const char *what, int a, int b)
{
    if (strcmp(what, "add") == 0)
        return a + b;
    return a - b;
}

static int never(int a) { return a ^ 1; }

int main(int count, char **words)
{
    if (count != 4)
        return never(count) > 0 ? 2 : 3;
    printf("%d\n", apply(words[1], atoi(words[2]), atoi(words[3])));
    return 0;
}
