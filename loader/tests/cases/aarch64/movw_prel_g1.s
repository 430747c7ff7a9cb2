// R_AARCH64_MOVW_PREL_G1: bits 16 to 31 of S + A - P, by movn where it is negative.
//@ define: host = 0x1234_5678
//@ define: other = 0xF234_5678
//@ bytes live_f: 8c 46 a0 d2 8c 46 bc d2 c0 03 5f d6
    .section .text.live_f,"ax",%progbits
    .globl live_f
    .type live_f,%function
live_f:
    movz x12, #:prel_g1:host
    movn x12, #:prel_g1:other
    ret
