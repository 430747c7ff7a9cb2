// R_AARCH64_MOVW_PREL_G3: bits 48 to 63 of S + A - P.
//@ define: host = 0xFEDC_BA98_7654_3210
//@ bytes live_f: 6c 24 e0 92 c0 03 5f d6
    .section .text.live_f,"ax",%progbits
    .globl live_f
    .type live_f,%function
live_f:
    movz x12, #:prel_g3:host
    ret
