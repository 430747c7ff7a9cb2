// R_AARCH64_LDST128_ABS_LO12_NC: the low 12 bits of S + A, a multiple of 16.
//@ define: host = 0x1234_5FF0
//@ bytes live_f: 29 fc c3 3d 29 f8 83 3d c0 03 5f d6
//@ check: ldr(live_f) = 0xFF0
//@ check: ldr(live_f+4) = 0xFF0 - 16
    .section .text.live_f,"ax",%progbits
    .globl live_f
    .type live_f,%function
live_f:
    ldr q9, [x1, :lo12:host]
    str q9, [x1, :lo12:host-16]
    ret
