// R_AARCH64_MOVW_SABS_G0: bits 0 to 15 of S + A, by movn where it is negative.
//@ define: host = 0xFFFF_FFFF_FFFF_0123
//@ define: positive = 0xFEDC
//@ bytes live_f: 8b db 9f 92 8b db 9f 92 8b db 9f d2 c0 03 5f d6
    .section .text.live_f,"ax",%progbits
    .globl live_f
    .type live_f,%function
live_f:
    movn x11, #:abs_g0_s:host
    movz x11, #:abs_g0_s:host
    movn x11, #:abs_g0_s:positive
    ret
