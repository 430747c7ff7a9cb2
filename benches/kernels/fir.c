/* As fir.rs. */
#include <stdint.h>
#include <string.h>

#define TAPS 64

struct filter { float taps[TAPS], history[TAPS * 2]; unsigned long at; };

static float tick(struct filter *filter, float x) {
    filter->history[filter->at] = x;
    filter->history[filter->at + TAPS] = x;
    filter->at = (filter->at + 1) % TAPS;
    const float *window = filter->history + filter->at;
    float sum = -0.0f;
    for (int i = 0; i < TAPS; i++) sum += window[i] * filter->taps[i];
    return sum;
}

uint64_t run(uint64_t input) {
    struct filter filter;
    memset(&filter, 0, sizeof filter);
    for (int i = 0; i < TAPS; i++) filter.taps[i] = 1.0f / (1.0f + (float)i);
    uint32_t seed = (uint32_t)input;
    uint64_t sum = 0;
    for (int n = 0; n < 8000; n++) {
        seed = seed * 1664525u + 1013904223u;
        float y = tick(&filter, (float)(seed >> 8) / 8388608.0f - 1.0f);
        uint32_t bits;
        memcpy(&bits, &y, 4);
        sum ^= bits;
    }
    return sum;
}
