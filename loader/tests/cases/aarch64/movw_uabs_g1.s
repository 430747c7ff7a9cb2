// R_AARCH64_MOVW_UABS_G1: bits 16 to 31 of S + A, which has none above.
//@ define: host = 0xFEDC_BA98
//@ bytes live_f: 8a db bf d2 8a db bf d2 c0 03 5f d6
    .section .text.live_f,"ax",%progbits
    .globl live_f
    .type live_f,%function
live_f:
    movz x10, #:abs_g1:host
    movz x10, #:abs_g1:host+1
    ret
