/* Values of every kind: how they are computed, passed, returned, and where they stand. */
#include <complex.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include <uchar.h>

typedef unsigned long long word;
void report(const char *what, word value);

static word mix(word sum, word value) { return (sum ^ value) * 0x9E3779B97F4A7C15ull + (sum >> 29); }
static word bytes(const void *data, size_t size) {
    word sum = size;
    for (size_t i = 0; i < size; i++) sum = mix(sum, ((const unsigned char *)data)[i]);
    return sum;
}

volatile int three = 3;
volatile double half = 0.5;

struct small { char a; short b; };
struct pair { double x; long y; };
struct big { int v[40]; double d; };
struct mixed { float f; int i; float g; };
struct small make_small(int n) { struct small s = { n, n * 3 }; return s; }
struct pair make_pair(int n) { struct pair s = { n * 0.25, n - 7 }; return s; }
struct big make_big(int n) {
    struct big s = { { 1, 2, 3 }, n * 1.5 };
    for (int i = 3; i < 40; i++) s.v[i] = i * n;
    return s;
}
struct mixed make_mixed(int n) { return (struct mixed){ n + 0.5f, n, n - 0.5f }; }
word take(struct small a, struct pair b, struct big c, struct mixed d, ...) {
    va_list list;
    va_start(list, d);
    struct pair again = va_arg(list, struct pair);
    word sum = a.a + a.b + (word)(b.x * 8) + b.y + c.v[39] + (word)(c.d * 4) + (word)(d.f * 2 + d.i + d.g * 2);
    sum = mix(sum, (word)(again.x * 16) + again.y);
    va_end(list);
    return sum;
}

word variadic(const char *kinds, ...) {
    va_list list, copy;
    va_start(list, kinds);
    va_copy(copy, list);
    word sum = 1;
    for (; *kinds; kinds++) switch (*kinds) {
        case 'i': sum = mix(sum, va_arg(list, int)); break;
        case 'd': sum = mix(sum, (word)(va_arg(list, double) * 1024)); break;
        case 'L': sum = mix(sum, (word)(va_arg(list, long double) * 1024)); break;
        case 's': { const char *s = va_arg(list, const char *); sum = mix(sum, bytes(s, strlen(s))); break; }
        case 'p': sum = mix(sum, *va_arg(list, int *)); break;
    }
    sum = mix(sum, va_arg(copy, int));
    va_end(copy);
    va_end(list);
    return sum;
}

typedef unsigned __int128 wide;
static wide wide_constants[3] = { (wide)1 << 100, ((wide)0xDEADBEEF << 64) | 5, 77 };
word wides(void) {
    wide product = wide_constants[1] * three + wide_constants[0];
    wide quotient = product / (wide_constants[2] + three);
    __int128 negative = -(__int128)(product >> 3) / 1000003;
    double d = (double)(word)quotient / 8;
    return mix(mix((word)quotient, (word)(quotient >> 64)), mix((word)negative, (word)(negative >> 64))) ^ (word)d;
}

word longs(void) {
    long double x = 1.0L / three, y = x * 3.14159265358979323846264338327950288L;
    float _Complex c = half + 2.0f * I, z = c * c / (1.0f + I);
    double _Complex w = z * 2.5;
    return mix((word)(y * 1e15L), mix((word)(long)(crealf(z) * 4096), (word)(long)(cimag(w) * 4096)));
}

typedef float v4f __attribute__((vector_size(16)));
typedef int v8i __attribute__((vector_size(32)));
static v4f scale = { 1.5f, 2.5f, 3.5f, 4.5f };
word vectors(void) {
    v4f a = { three, 2, 3, 4 }, b = a * scale - (v4f){ 1, 1, 1, 1 };
    v8i c = { 1, 2, 3, 4, 5, 6, 7, three }, d = c * c + (c << 3), mask = d > 50;
    word sum = 0;
    for (int i = 0; i < 4; i++) sum = mix(sum, (word)(b[i] * 16));
    for (int i = 0; i < 8; i++) sum = mix(sum, (word)(d[i] & mask[i]));
    float many[64];
    for (int i = 0; i < 64; i++) many[i] = i * 0.5f + three;
    for (int i = 0; i < 64; i++) many[i] = many[i] * many[63 - i] + 0.25f;
    return mix(sum, (word)many[17]);
}

struct fields { unsigned a : 3; int b : 5; unsigned long c : 40; unsigned d : 1; } table_of_fields[2] = { { 5, -3, 1ull << 39, 1 }, { 1, 2, 3, 0 } };
word bitfields(void) {
    table_of_fields[1].a += three;
    table_of_fields[1].c = ~0ul;
    table_of_fields[1].b -= 9;
    return mix(table_of_fields[0].a + table_of_fields[0].b + table_of_fields[0].c, table_of_fields[1].a * 100 + table_of_fields[1].b + table_of_fields[1].c);
}

const char *const words[] = { "one", "two", "three", "a suffix", "suffix", "" };
word strings(void) {
    static const wchar_t wide_text[] = L"w\u00efde";
    const char16_t *sixteen = u"sixt\u00e9en";
    const char32_t *thirty_two = U"\U0001F600!";
    word sum = bytes(wide_text, sizeof wide_text) ^ bytes(sixteen, 16) ^ bytes(thirty_two, 12);
    for (unsigned i = 0; i < sizeof words / sizeof *words; i++) sum = mix(sum, bytes(words[i], strlen(words[i])));
    return mix(sum, bytes("one", 4) + bytes(L"x", 8));
}

/* Variables of every kind of linkage. */
static int hidden_counter = 5;
int counter = 7;
int tentative[10];
static long zeroes[100];
const int constants[5] = { 1, 1, 2, 3, 5 };
static const double reals[4] = { 0.1, 0.2, 0.3, 1e300 };
int *const pointers[3] = { &counter, (int *)&constants[2], tentative + 4 };
static int *moving = &hidden_counter;
extern int missing __attribute__((weak));
extern int alias_of_counter __attribute__((alias("counter")));
static int statics(int n) {
    static int calls = 100;
    static int *first;
    if (!first) first = &calls;
    calls += n;
    return *first;
}
word variables(void) {
    word sum = statics(three) + statics(1);
    *pointers[0] += three;
    *pointers[2] = 9;
    *moving += 2;
    moving = &tentative[4];
    *moving += 1;
    zeroes[99] = alias_of_counter;
    return mix(sum, counter + tentative[4] + hidden_counter + zeroes[99] + (word)(reals[three] / 1e295) + pointers[1][1] + (&missing == 0));
}

_Thread_local int own = 40;
static _Thread_local struct { long a[4]; char b; } own_local = { { 1, 2, 3, 4 }, 'x' };
static _Thread_local int own_zero;
int *address_of_own(void) { return &own; }
word thread_locals(void) {
    own += three;
    own_zero += own_local.b;
    own_local.a[2] *= own;
    return mix(*address_of_own(), own_zero + own_local.a[2]);
}

static word checked(int n) {
    char small[16] = "canary";
    char text[24];
    memset(text, n, sizeof text);
    strncpy(small + 6, text, 5);
    return bytes(small, 11);
}
word shifts(int n) {
    int8_t narrow = (int8_t)(n * 100);
    uint32_t rotated = ((uint32_t)n << 7) | ((uint32_t)n >> 25);
    return mix(narrow + rotated, __builtin_popcountll(n * 0xF0F0F0F0Full) + __builtin_clz(n) + __builtin_bswap32(n)) + (word)((float)n / 7 * 1000) + n % 7 - -n / 2;
}

void program(void) {
    report("structs", take(make_small(three), make_pair(9), make_big(three), make_mixed(4), make_pair(three)));
    report("variadic", variadic("idsLp", three, half, "text", 1.25L, &counter));
    report("wides", wides());
    report("longs", longs());
    report("vectors", vectors());
    report("bitfields", bitfields());
    report("strings", strings());
    report("variables", variables());
    report("thread-locals", thread_locals());
    report("checked", checked(three));
    report("shifts", shifts(three + 1000));
}
