// R_AARCH64_MOVW_PREL_G2_NC: bits 32 to 47 of S + A - P.
//@ define: host = 0xFEDC_BA98_7654_3210
//@ bytes live_f: 0c 53 d7 f2 c0 03 5f d6
    .section .text.live_f,"ax",%progbits
    .globl live_f
    .type live_f,%function
live_f:
    movk x12, #:prel_g2_nc:host
    ret
