// R_AARCH64_LDST8_ABS_LO12_NC: the low 12 bits of S + A, a multiple of 1.
//@ define: host = 0x1234_5FF0
//@ bytes live_f: 29 c0 7f 39 29 bc 3f 39 c0 03 5f d6
//@ check: ldr(live_f) = 0xFF0
//@ check: ldr(live_f+4) = 0xFF0 - 1
    .section .text.live_f,"ax",%progbits
    .globl live_f
    .type live_f,%function
live_f:
    ldrb w9, [x1, :lo12:host]
    strb w9, [x1, :lo12:host-1]
    ret
