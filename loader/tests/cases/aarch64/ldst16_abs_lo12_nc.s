// R_AARCH64_LDST16_ABS_LO12_NC: the low 12 bits of S + A, a multiple of 2.
//@ define: host = 0x1234_5FF0
//@ bytes live_f: 29 e0 5f 79 29 dc 1f 79 c0 03 5f d6
//@ check: ldr(live_f) = 0xFF0
//@ check: ldr(live_f+4) = 0xFF0 - 2
    .section .text.live_f,"ax",%progbits
    .globl live_f
    .type live_f,%function
live_f:
    ldrh w9, [x1, :lo12:host]
    strh w9, [x1, :lo12:host-2]
    ret
