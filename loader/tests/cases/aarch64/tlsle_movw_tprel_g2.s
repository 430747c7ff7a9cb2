// R_AARCH64_TLSLE_MOVW_TPREL_G2: bits 32 to 47 of the offset of S + A from the thread pointer, by movn where it is negative.
//@ executable: host.s
//@ bytes live_f: 00 cf ca d2 00 cf ca 92 c0 03 5f d6
//@ check: mov(live_f) = 0x567800000000
//@ check: mov(live_f+4) = -0x567800000001
    .section .text.live_f,"ax",%progbits
    .globl live_f
    .type live_f,%function
live_f:
    movz x0, #:tprel_g2:counter+0x56789abc0000
    movz x0, #:tprel_g2:counter-0x56789abe0000
    ret
//@ file: host.s
    .section .tbss,"awT",%nobits
    .balign 16
    .zero 0x340
    .globl near
    .type near,%object
near:
    .zero 0x12000
    .globl counter
    .type counter,%object
counter:
    .zero 0x20
