// R_AARCH64_MOVW_PREL_G0: bits 0 to 15 of S + A - P, by movn where it is negative.
//@ define: host = 0x0FFF_1234
//@ define: other = 0x1000_FEDC
//@ bytes live_f: 6c b9 9d 92 0c db 9f d2 c0 03 5f d6
    .section .text.live_f,"ax",%progbits
    .globl live_f
    .type live_f,%function
live_f:
    movz x12, #:prel_g0:host
    movn x12, #:prel_g0:other
    ret
