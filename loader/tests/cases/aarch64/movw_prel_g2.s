// R_AARCH64_MOVW_PREL_G2: bits 32 to 47 of S + A - P, by movn where it is negative.
//@ define: host = 0x0000_1234_5678_9ABC
//@ define: other = 0xFFFF_F234_5678_9ABC
//@ bytes live_f: 8c 46 c2 d2 6c b9 c1 92 c0 03 5f d6
    .section .text.live_f,"ax",%progbits
    .globl live_f
    .type live_f,%function
live_f:
    movz x12, #:prel_g2:host
    movn x12, #:prel_g2:other
    ret
