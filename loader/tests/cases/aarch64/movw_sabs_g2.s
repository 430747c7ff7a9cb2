// R_AARCH64_MOVW_SABS_G2: bits 32 to 47 of S + A, by movn where it is negative.
//@ define: host = 0xFFFF_0123_4567_89AB
//@ define: positive = 0xFEDC_BA98_7654
//@ bytes live_f: 8b db df 92 8b db df 92 8b db df d2 c0 03 5f d6
    .section .text.live_f,"ax",%progbits
    .globl live_f
    .type live_f,%function
live_f:
    movn x11, #:abs_g2_s:host
    movz x11, #:abs_g2_s:host
    movn x11, #:abs_g2_s:positive
    ret
