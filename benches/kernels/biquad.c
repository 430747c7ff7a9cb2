/* As biquad.rs. */
#include <stdint.h>
#include <string.h>

struct stage { float b[3], a[2], z[2]; };

static void block(struct stage *stages, float *samples) {
    for (int s = 0; s < 8; s++) {
        struct stage *stage = &stages[s];
        for (int i = 0; i < 64; i++) {
            float x = samples[i];
            float y = stage->b[0] * x + stage->z[0];
            stage->z[0] = stage->b[1] * x - stage->a[0] * y + stage->z[1];
            stage->z[1] = stage->b[2] * x - stage->a[1] * y;
            samples[i] = y;
        }
    }
}

uint64_t run(uint64_t input) {
    struct stage stages[8];
    for (int s = 0; s < 8; s++) {
        struct stage stage = {{0.2f, 0.4f, 0.2f}, {-0.36f, 0.19f}, {0.0f, 0.0f}};
        stage.a[0] += (float)s * 0.01f;
        stages[s] = stage;
    }
    float samples[64];
    uint32_t seed = (uint32_t)input;
    for (int n = 0; n < 400; n++) {
        for (int i = 0; i < 64; i++) {
            seed = seed * 1664525u + 1013904223u;
            samples[i] = (float)(seed >> 8) / 8388608.0f - 1.0f;
        }
        block(stages, samples);
    }
    uint64_t sum = 0;
    for (int i = 0; i < 64; i++) {
        uint32_t bits;
        memcpy(&bits, &samples[i], 4);
        sum ^= bits;
    }
    return sum;
}
