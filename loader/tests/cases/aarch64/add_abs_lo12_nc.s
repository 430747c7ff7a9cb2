// R_AARCH64_ADD_ABS_LO12_NC: the low 12 bits of S + A.
//@ define: host = 0x1234_5FFE
//@ bytes live_f: 08 f9 3f 91 08 01 00 91 c0 03 5f d6
//@ check: add(live_f) = 0xFFE
//@ check: add(live_f+4) = 0
    .section .text.live_f,"ax",%progbits
    .globl live_f
    .type live_f,%function
live_f:
    add x8, x8, :lo12:host
    add x8, x8, :lo12:host+2
    ret
