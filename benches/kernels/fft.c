/* As fft.rs. */
#include <stdint.h>
#include <string.h>

#define SIZE 1024

struct complex { float re, im; };

static struct complex times(struct complex a, struct complex b) {
    struct complex c = {a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re};
    return c;
}

static void reorder(struct complex *data) {
    unsigned to = 0;
    for (unsigned from = 1; from < SIZE; from++) {
        unsigned bit = SIZE >> 1;
        while (to & bit) {
            to ^= bit;
            bit >>= 1;
        }
        to |= bit;
        if (from < to) {
            struct complex one = data[from];
            data[from] = data[to];
            data[to] = one;
        }
    }
}

static void transform(struct complex *data, const struct complex *turns) {
    reorder(data);
    for (unsigned half = 1; half < SIZE; half *= 2) {
        unsigned stride = SIZE / 2 / half;
        for (unsigned group = 0; group < SIZE; group += half * 2) {
            struct complex *low = data + group, *high = low + half;
            for (unsigned i = 0; i < half; i++) {
                struct complex turned = times(high[i], turns[i * stride]);
                high[i].re = low[i].re - turned.re;
                high[i].im = low[i].im - turned.im;
                low[i].re += turned.re;
                low[i].im += turned.im;
            }
        }
    }
}

uint64_t run(uint64_t input) {
    static struct complex turns[SIZE / 2], data[SIZE];
    double cos = 0.9999811752826011, sin = -0.006135884649154475, re = 1.0, im = 0.0;
    for (int i = 0; i < SIZE / 2; i++) {
        turns[i].re = (float)re;
        turns[i].im = (float)im;
        double next = re * cos - im * sin;
        im = re * sin + im * cos;
        re = next;
    }
    uint32_t seed = (uint32_t)input;
    for (int i = 0; i < SIZE; i++) {
        seed = seed * 1664525u + 1013904223u;
        data[i].re = (float)(seed >> 8) / 8388608.0f - 1.0f;
        data[i].im = 0.0f;
    }
    for (int n = 0; n < 4; n++) {
        transform(data, turns);
        for (int i = 0; i < SIZE; i++) {
            data[i].re = data[i].re / 32.0f;
            data[i].im = -data[i].im / 32.0f;
        }
    }
    uint64_t sum = 0;
    for (int i = 0; i < SIZE; i++) {
        uint32_t bits[2];
        memcpy(bits, &data[i], 8);
        sum ^= bits[0] ^ (uint64_t)bits[1] << 32;
    }
    return sum;
}
