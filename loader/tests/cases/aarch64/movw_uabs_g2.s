// R_AARCH64_MOVW_UABS_G2: bits 32 to 47 of S + A, which has none above.
//@ define: host = 0xFEDC_BA98_7654
//@ bytes live_f: 8a db df d2 8a db df d2 c0 03 5f d6
    .section .text.live_f,"ax",%progbits
    .globl live_f
    .type live_f,%function
live_f:
    movz x10, #:abs_g2:host
    movz x10, #:abs_g2:host+1
    ret
