// R_AARCH64_LDST32_ABS_LO12_NC: the low 12 bits of S + A, a multiple of 4.
//@ define: host = 0x1234_5FF0
//@ bytes live_f: 29 f0 4f b9 29 ec 0f b9 c0 03 5f d6
//@ check: ldr(live_f) = 0xFF0
//@ check: ldr(live_f+4) = 0xFF0 - 4
    .section .text.live_f,"ax",%progbits
    .globl live_f
    .type live_f,%function
live_f:
    ldr w9, [x1, :lo12:host]
    str w9, [x1, :lo12:host-4]
    ret
