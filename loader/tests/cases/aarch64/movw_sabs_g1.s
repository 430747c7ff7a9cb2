// R_AARCH64_MOVW_SABS_G1: bits 16 to 31 of S + A, by movn where it is negative.
//@ define: host = 0xFFFF_FFFF_0123_4567
//@ define: positive = 0xFEDC_BA98
//@ bytes live_f: 8b db bf 92 8b db bf 92 8b db bf d2 c0 03 5f d6
    .section .text.live_f,"ax",%progbits
    .globl live_f
    .type live_f,%function
live_f:
    movn x11, #:abs_g1_s:host
    movz x11, #:abs_g1_s:host
    movn x11, #:abs_g1_s:positive
    ret
