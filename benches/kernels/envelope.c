/* As envelope.rs. */
#include <stdint.h>
#include <string.h>

enum stage { IDLE, ATTACK, DECAY, SUSTAIN, RELEASE };

struct envelope { enum stage stage; float level, rate; };

static float next(struct envelope *it, int gate) {
    if (gate && (it->stage == IDLE || it->stage == RELEASE)) it->stage = ATTACK;
    else if (!gate && (it->stage == ATTACK || it->stage == DECAY || it->stage == SUSTAIN)) it->stage = RELEASE;
    switch (it->stage) {
    case IDLE:
        it->level = 0.0f;
        break;
    case ATTACK:
        it->level += (1.2f - it->level) * it->rate;
        if (it->level >= 1.0f) {
            it->level = 1.0f;
            it->stage = DECAY;
        }
        break;
    case DECAY:
        it->level += (0.5f - it->level) * it->rate * 0.5f;
        if (it->level < 0.501f) it->stage = SUSTAIN;
        break;
    case SUSTAIN:
        it->level = 0.5f;
        break;
    case RELEASE:
        it->level -= it->level * it->rate * 0.3f;
        if (it->level < 0.0001f) it->stage = IDLE;
        break;
    }
    return it->level;
}

uint64_t run(uint64_t input) {
    struct envelope envelopes[8];
    for (int i = 0; i < 8; i++) {
        struct envelope it = {IDLE, 0.0f, 0.01f + (float)i * 0.003f};
        envelopes[i] = it;
    }
    uint64_t sum = 0;
    for (uint32_t sample = 0; sample < 6000; sample++) {
        float mixed = 0.0f;
        for (uint32_t i = 0; i < 8; i++) {
            int gate = (sample + (uint32_t)input) / (300 + 70 * i) % 3 != 2;
            mixed += next(&envelopes[i], gate);
        }
        uint32_t bits;
        memcpy(&bits, &mixed, 4);
        sum = (sum << 1 | sum >> 63) ^ bits;
    }
    return sum;
}
