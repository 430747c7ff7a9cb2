/* As reverb.rs. */
#include <stdint.h>
#include <string.h>

#define LONGEST 1664

struct line { float samples[LONGEST]; unsigned long length, at; float damped; };

static void forward(struct line *line) {
    line->at += 1;
    if (line->at == line->length) line->at = 0;
}

static float comb(struct line *line, float x) {
    float y = line->samples[line->at];
    line->damped = y * 0.8f + line->damped * 0.2f;
    line->samples[line->at] = x + line->damped * 0.84f;
    forward(line);
    return y;
}

static float allpass(struct line *line, float x) {
    float late = line->samples[line->at];
    line->samples[line->at] = x + late * 0.5f;
    forward(line);
    return late - x;
}

uint64_t run(uint64_t input) {
    struct line combs[4], allpasses[2];
    memset(combs, 0, sizeof combs);
    memset(allpasses, 0, sizeof allpasses);
    combs[0].length = 1557;
    combs[1].length = 1617;
    combs[2].length = 1491;
    combs[3].length = 1422;
    allpasses[0].length = 225;
    allpasses[1].length = 556;
    uint32_t seed = (uint32_t)input;
    uint64_t sum = 0;
    for (int n = 0; n < 10000; n++) {
        seed = seed * 1664525u + 1013904223u;
        float x = (float)(seed >> 8) / 8388608.0f - 1.0f, y = 0.0f;
        for (int i = 0; i < 4; i++) y += comb(&combs[i], x);
        for (int i = 0; i < 2; i++) y = allpass(&allpasses[i], y);
        uint32_t bits;
        memcpy(&bits, &y, 4);
        sum = (sum << 1 | sum >> 63) ^ bits;
    }
    return sum;
}
