// R_AARCH64_TLSLE_MOVW_TPREL_G1: bits 16 to 31 of the offset of S + A from the thread pointer, by movn where it is negative.
//@ executable: host.s
//@ bytes live_f: 20 cf aa d2 00 cf aa 92 c0 03 5f d6
//@ check: mov(live_f) = 0x56790000
//@ check: mov(live_f+4) = -0x56780001
    .section .text.live_f,"ax",%progbits
    .globl live_f
    .type live_f,%function
live_f:
    movz x0, #:tprel_g1:counter+0x56780000
    movz x0, #:tprel_g1:counter-0x567a0000
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
