/* As wavetable.rs. */
#include <stdint.h>
#include <string.h>

#define SIZE 2048

struct voice { float phase, step, gain; };

static float next(struct voice *voice, const float *table) {
    unsigned long index = (unsigned long)voice->phase;
    float part = voice->phase - (float)index;
    float a = table[index % SIZE], b = table[(index + 1) % SIZE];
    voice->phase += voice->step;
    if (voice->phase >= (float)SIZE) voice->phase -= (float)SIZE;
    return (a + (b - a) * part) * voice->gain;
}

uint64_t run(uint64_t input) {
    float table[SIZE];
    for (int i = 0; i < SIZE; i++) {
        float x = (float)i / 1024.0f - 1.0f;
        table[i] = 4.0f * x * (1.0f - (x < 0.0f ? -x : x));
    }
    struct voice voices[16];
    for (int i = 0; i < 16; i++) {
        struct voice voice = {0.0f, 3.1f + (float)i * 1.37f + (float)(input % 7), 1.0f / 16.0f};
        voices[i] = voice;
    }
    uint64_t sum = 0;
    for (int n = 0; n < 3000; n++) {
        float mixed = 0.0f;
        for (int i = 0; i < 16; i++) mixed += next(&voices[i], table);
        uint32_t bits;
        memcpy(&bits, &mixed, 4);
        sum ^= bits;
    }
    return sum;
}
