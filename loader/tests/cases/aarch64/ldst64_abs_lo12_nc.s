// R_AARCH64_LDST64_ABS_LO12_NC: the low 12 bits of S + A, a multiple of 8.
//@ define: host = 0x1234_5FF0
//@ bytes live_f: 29 f8 47 f9 29 f4 07 f9 c0 03 5f d6
//@ check: ldr(live_f) = 0xFF0
//@ check: ldr(live_f+4) = 0xFF0 - 8
    .section .text.live_f,"ax",%progbits
    .globl live_f
    .type live_f,%function
live_f:
    ldr x9, [x1, :lo12:host]
    str x9, [x1, :lo12:host-8]
    ret
