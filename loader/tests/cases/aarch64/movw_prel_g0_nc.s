// R_AARCH64_MOVW_PREL_G0_NC: bits 0 to 15 of S + A - P.
//@ define: host = 0xFEDC_BA98_7654_3210
//@ bytes live_f: 0c 42 86 f2 c0 03 5f d6
    .section .text.live_f,"ax",%progbits
    .globl live_f
    .type live_f,%function
live_f:
    movk x12, #:prel_g0_nc:host
    ret
