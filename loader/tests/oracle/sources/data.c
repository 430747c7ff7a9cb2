/* Data of every sort, and every way to refer to it. */
#include <stddef.h>

extern int outside_variable, outside_array[64];
extern int outside(const char *text, ...);
extern void weak_outside(void) __attribute__((weak));
extern int weak_variable __attribute__((weak));

struct node { struct node *next; const char *name; double weight; int (*act)(const char *, ...); };

static struct node nodes[3] = {
    { &nodes[1], "first", 1.5, outside },
    { &nodes[2], "second", 2.5, 0 },
    { 0, "second", 3.5, outside },
};
const struct node constant_node = { nodes, "constant", 4.5, outside };
static const char *const names[] = { "alpha", "beta", "gamma", "alpha" };
static const double factors[] = { 0.1, 0.2, 0.4, 0.8, 1.6 };
static int zeroes[100];
int shared_zeroes[30];
static int counter = 7;
int tentative;
long long *into_zeroes = (long long *)&shared_zeroes[10];
static char text[] = "writable text";
static unsigned short shorts[] = { 1, 2, 3 };
static _Alignas(64) unsigned char aligned[128];

int read_all(unsigned n) {
    counter += zeroes[n % 100] + shared_zeroes[n % 30] + tentative;
    return counter + outside_variable + outside_array[n % 64] + shorts[n % 3] + aligned[n % 128];
}

const char *name_of(unsigned n) { return n < 4 ? names[n] : text + 3; }

double weigh(const struct node *node, double x) {
    double sum = 0.25;
    for (; node; node = node->next) sum += node->weight * x * factors[counter & 3] + 1e100;
    return sum;
}

float single(float x) { return x * 3.25f + (x > 1e10f ? 7.125f : -0.5f); }

int act(int which) {
    struct node *node = &nodes[which & 1];
    if (weak_outside) weak_outside();
    if (&weak_variable) outside("%d", weak_variable);
    return node->act ? node->act("%s", node->name) : constant_node.act("none") + *(int *)into_zeroes;
}

void store(char value, short half, long whole) {
    text[2] = value;
    shorts[1] = half;
    *into_zeroes = whole;
    zeroes[99] = 5;
    shared_zeroes[29] = -1;
    nodes[2].weight = 2.0;
    for (int i = 0; i < 128; i++) aligned[i] = i;
}
