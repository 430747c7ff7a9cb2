// R_AARCH64_MOVW_UABS_G3: bits 48 to 63 of S + A.
//@ define: host = 0xFEDC_BA98_7654_3210
//@ bytes live_f: 8a db ff d2 8a db ff d2 c0 03 5f d6
    .section .text.live_f,"ax",%progbits
    .globl live_f
    .type live_f,%function
live_f:
    movz x10, #:abs_g3:host
    movz x10, #:abs_g3:host+1
    ret
