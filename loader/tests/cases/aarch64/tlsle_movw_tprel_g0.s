// R_AARCH64_TLSLE_MOVW_TPREL_G0: bits 0 to 15 of the offset of S + A from the thread pointer, by movn where it is negative.
//@ executable: host.s
//@ bytes live_f: 00 6a 80 d2 e0 95 81 92 c0 03 5f d6
//@ check: mov(live_f) = 0x350
//@ check: mov(live_f+4) = -0xcb0
    .section .text.live_f,"ax",%progbits
    .globl live_f
    .type live_f,%function
live_f:
    movz x0, #:tprel_g0:near
    movz x0, #:tprel_g0:near-0x1000
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
