/* Every way of going somewhere else. */
#include <alloca.h>
#include <setjmp.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <pthread.h>

typedef unsigned long long word;
void report(const char *what, word value);
static word mix(word sum, word value) { return (sum ^ value) * 0x9E3779B97F4A7C15ull + (sum >> 29); }

volatile int three = 3;

int dense(int n) {
    switch (n) {
        case 0: return 17; case 1: return three * 4; case 2: return n - three; case 3: return 99 / three;
        case 4: three = 3; return 8; case 5: return -5; case 6: return three << 4; case 7: return ~three;
        case 8: return 1000; case 9: return three * three * three; case 11: return 12; default: return -1;
    }
}
const char *named(int n) {
    switch (n) {
        case 0: return "zero"; case 1: return "one"; case 2: return "two"; case 3: return "three";
        case 4: return "four"; case 5: return "five"; case 6: return "six"; default: return "many";
    }
}
static int sparse(long n) {
    switch (n) { case 1: return 2; case 1000: return 3; case 100000: return 4; case -7: return 5; case 1l << 40: return 6; default: return 0; }
}
/* Two tables, a cold case and a call that does not return. */
__attribute__((cold, noinline)) static void give_up(int code) { exit(code); }
static int both(int a, int b) {
    int r = 0;
    switch (a) { case 0: r = 1; break; case 1: r = three; break; case 2: r = a * b; break; case 3: r = b - 1; break; case 4: r = 5 * b; break; case 77: give_up(3); }
    switch (b) { case 10: r += 1; break; case 11: r *= three; break; case 12: r ^= a; break; case 13: r -= 1; break; case 14: r += 70; break; case 15: r <<= 2; break; }
    if (__builtin_expect(r > 100000, 0)) { r = dense(r); give_up(r); }
    return r;
}
word switches(void) {
    word sum = 0;
    for (int i = -1; i < 14; i++) {
        sum = mix(sum, dense(i));
        sum = mix(sum, named(i)[0] + strlen(named(i)));
        sum = mix(sum, both(i % 6, i + 4));
    }
    return mix(sum, sparse(1000) * 100 + sparse(-7) * 10 + sparse(1l << 40));
}

int interpret(const unsigned char *code) {
    static void *const labels[] = { &&push, &&add, &&times, &&end };
    static const int offsets[] = { 0, &&add - &&push, &&times - &&push, &&end - &&push };
    int stack[16], *top = stack;
    goto *labels[*code++];
push: *top++ = *code++; goto *labels[*code++];
add: top--; top[-1] += top[0]; goto *(&&push + offsets[*code++]);
times: top--; top[-1] *= top[0]; goto *labels[*code++];
end: return top[-1];
}

static jmp_buf place;
static void jump_back(int n) { if (n == 0) longjmp(place, three + 1); jump_back(n - 1); }
word jumps(void) {
    volatile word seen = 0;
    int value = setjmp(place);
    if (value == 0) jump_back(5);
    seen = mix(seen, value);
    return seen;
}

static word stack_sum(char *room, int size) {
    word sum = 0;
    for (int i = 0; i < size; i++) room[i] = i * 7;
    for (int i = 0; i < size; i += 13) sum = mix(sum, (unsigned char)room[i]);
    return sum;
}
word frames(int n) {
    char fixed[70000], varying[n * 5000];
    char *taken = alloca(n * 333);
    return stack_sum(fixed, sizeof fixed) ^ stack_sum(varying, n * 5000) ^ stack_sum(taken, n * 333);
}

typedef int (*operation)(int, int);
static int plus(int a, int b) { return a + b; }
static int minus(int a, int b) { return a - b; }
int global_times(int a, int b) { return a * b; }
static const operation constant_table[] = { plus, minus, global_times };
operation table[] = { global_times, plus, minus, 0 };
operation choose(int n) { return n == 0 ? plus : n == 1 ? minus : global_times; }
static int compare(const void *a, const void *b) { return *(const int *)a - *(const int *)b; }
word pointers(void) {
    int numbers[] = { 5, 3, 9, 1, 7, 2 };
    qsort(numbers, 6, sizeof *numbers, compare);
    word sum = 0;
    for (int i = 0; i < 3; i++) sum = mix(sum, constant_table[i](numbers[i], 4) + table[i](numbers[5], i) * 100 + choose(i)(i, 3));
    operation before = table[0];
    table[0] = table[1];
    sum = mix(sum, table[0](three, 1));
    table[0] = before;
    return mix(sum, (choose(0) == constant_table[0]) * 4 + (table[0] == choose(2)) * 2 + (table[3] == 0));
}

static unsigned deep(int n, unsigned a) { return n == 0 ? a : deep(n - 1, a * 3 + n); }
int is_odd(int n);
int is_even(int n) { return n == 0 ? 1 : is_odd(n - 1); }
int is_odd(int n) { return n == 0 ? 0 : is_even(n - 1); }
static inline int inlined(int n) { return n * 2 + three; }
extern inline __attribute__((gnu_inline)) int never_here(int n) { return n + 1; }
__attribute__((noinline)) static int many(int a, int b, int c, int d, int e, int f, int g, double h, int i, long j) { return a + b * 2 + c * 3 + d * 4 + e * 5 + f * 6 + g * 7 + (int)(h * 8) + i * 9 + (int)j * 10; }
__attribute__((weak)) int maybe(int n) { return n + 40; }
int absent(int) __attribute__((weak));
word calls(void) {
    return mix(deep(20, three), is_even(1001) * 3 + inlined(4) + many(1, 2, 3, 4, 5, 6, 7, 8.5, 9, 10) + maybe(2) + (absent ? absent(1) : 60));
}

static volatile sig_atomic_t signals;
static void on_signal(int which) { signals += which; }
static void on_info(int which, siginfo_t *info, void *context) { (void)context; signals += which * 100 + info->si_signo; }
word handlers(void) {
    struct sigaction action = { 0 }, old, old_too;
    action.sa_handler = on_signal;
    sigaction(SIGUSR1, &action, &old);
    raise(SIGUSR1);
    action.sa_sigaction = on_info;
    action.sa_flags = SA_SIGINFO;
    sigaction(SIGUSR2, &action, &old_too);
    raise(SIGUSR2);
    sigaction(SIGUSR1, &old, 0);
    sigaction(SIGUSR2, &old_too, 0);
    return signals;
}

static _Atomic int shared;
static _Atomic long shared_long = 3;
struct both_words { long a, b; };
static _Atomic struct both_words shared_pair;
#ifndef OWN
#define OWN 4
#endif
static _Thread_local int of_thread = OWN;
static int result_of_threads[4];
static void *work(void *argument) {
    int n = *(int *)argument;
    of_thread += n;
    for (int i = 0; i < 100; i++) {
        atomic_fetch_add(&shared, n);
        atomic_fetch_xor_explicit(&shared_long, i * n, memory_order_relaxed);
        struct both_words old = atomic_load(&shared_pair), new;
        do { new.a = old.a + 1; new.b = old.b - n; } while (!atomic_compare_exchange_weak(&shared_pair, &old, new));
    }
    result_of_threads[n] = of_thread;
    return argument;
}
word threads(void) {
    pthread_t thread[3];
    static int numbers[] = { 1, 2, 3 };
    word sum = 0;
    for (int i = 0; i < 3; i++) pthread_create(&thread[i], 0, work, &numbers[i]);
    for (int i = 0; i < 3; i++) { void *back; pthread_join(thread[i], &back); sum += *(int *)back; }
    struct both_words pair = atomic_load(&shared_pair);
    for (int i = 0; i < 4; i++) sum = mix(sum, result_of_threads[i]);
    return mix(sum, shared + shared_long * 3 + pair.a * 5 + pair.b * 7 + of_thread);
}

static word assembled(int n) {
    word sum;
    __asm__("lea 3(%1,%1,2), %0" : "=r"(sum) : "r"((word)n));
    __asm__ goto("test %0, %0\n\tjz %l1" : : "r"(n) : "cc" : zero);
    return sum;
zero: return 1;
}
static void cleaner(int *value) { shared += *value; }
word cleaned(int n) { __attribute__((cleanup(cleaner))) int value = n; value += 2; return value; }

#ifndef OWN_SECTION
#define OWN_SECTION
#endif
OWN_SECTION void program(void) {
    static const unsigned char code[] = { 0, 6, 0, 7, 2, 0, 8, 1, 3 };
    report("switches", switches());
    report("labels", interpret(code + 0 * three) + 0);
    report("jumps", jumps());
    report("frames", frames(three));
    report("pointers", pointers());
    report("calls", calls());
    report("handlers", handlers());
    report("threads", threads());
    report("assembled", assembled(three) * 10 + assembled(three - 3));
    report("cleaned", cleaned(three) + shared);
}
