/* What the tests see. Every mutant of these is defined behaviour: nothing is read past an end, arithmetic wraps. */
#ifndef WAYS_H
#define WAYS_H

#define API __attribute__((visibility("default")))
#define OFFSET 3 + 4
#define WITHIN(low, x, high) ((low) <= (x) && (x) <= (high))

typedef unsigned int word;
struct pair { int left, right; };
enum colour { RED = 1 + 1, GREEN };

int add(int a, int b);
word sum_to(word n);
int is_small(int n);
struct pair swapped(struct pair p);
const char *name_of(enum colour colour);
void store(int *where, int what);
unsigned factorial(unsigned n);
int never_called(int a);

unsigned next(void);
int first_of(int which, ...);
int old_style(int a, int b);
API int with_attribute(int a, int b);
const char *own_name(int a);
int none(int p);
int with_offset(int a);
int jumps(int n);
int inside(int x);
_Noreturn void stop(int code);

#endif
