/* Calls of every sort, jump tables, recursion, cold code. */
extern void outside(const char *text);
extern void far_away(int) __attribute__((noreturn, cold));
extern double sin(double), pow(double, double);

static __attribute__((noinline)) int square(int n) { return n * n + 1; }
static __attribute__((noinline)) int even(unsigned n);
static __attribute__((noinline)) int odd(unsigned n) { return n == 0 ? 0 : even(n - 1) * 3; }
static __attribute__((noinline)) int even(unsigned n) { return n == 0 ? 1 : odd(n - 1) + 1; }

int aliased(int n) { return n + square(n); }
int also(int n) __attribute__((alias("aliased")));
int weakly(int n) __attribute__((weak));
int weakly(int n) { return also(n) - 1; }

int (*const table[])(int) = { square, aliased, weakly };
int (*chosen)(int) = square;

int choose(int n, int x) {
    switch (n) {
    case 0: return aliased(x);
    case 1: outside("one"); return x;
    case 2: return square(x) * 2;
    case 3: outside("three"); return weakly(x);
    case 4: return x << 3;
    case 5: return chosen(x);
    case 6: return table[x & 1](x);
    case 7: outside("seven"); return 7;
    case 8: if (x < 0) far_away(x); return -x;
    case 9: return even(x);
    case 11: return (int)(sin(x) * 1000.5);
    default: return n * x;
    }
}

const char *letter(int n) {
    switch (n) {
    case 0: return "zero";
    case 1: return "one";
    case 2: return "two";
    case 3: return "three";
    case 4: return "four";
    case 5: return "five";
    default: return "many";
    }
}

static int compare(const void *a, const void *b) { return *(const int *)a - *(const int *)b; }
extern void qsort(void *, unsigned long, unsigned long, int (*)(const void *, const void *));

int sort(int *values, unsigned long count) {
    int (*order)(const void *, const void *) = compare;
    qsort(values, count, sizeof *values, order);
    if (count > 3 && values[0] == values[1]) far_away(values[0]);
    return (int)pow(values[0], 2.0) + choose(values[1], values[2]);
}

void set(int n) { chosen = n ? square : aliased; }

int computed(int n) {
    static const void *const labels[] = { &&first, &&second, &&third };
    goto *labels[n % 3];
first: outside("first"); n++;
second: n *= 3;
third: return n + square(n);
}
