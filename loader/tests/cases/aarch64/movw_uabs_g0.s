// R_AARCH64_MOVW_UABS_G0: bits 0 to 15 of S + A, which has none above.
//@ define: host = 0xFEDC
//@ bytes live_f: 8a db 9f d2 aa db 9f d2 c0 03 5f d6
    .section .text.live_f,"ax",%progbits
    .globl live_f
    .type live_f,%function
live_f:
    movz x10, #:abs_g0:host
    movz x10, #:abs_g0:host+1
    ret
