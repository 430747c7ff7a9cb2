// R_AARCH64_TLSLD_MOVW_DTPREL_G0: bits 0 to 15 of the offset of S + A in its module's block, by movn where it is negative.
//@ executable: host.s
//@ bytes live_f: 00 68 80 d2 e0 97 81 92 c0 03 5f d6
//@ check: mov(live_f) = 0x340
//@ check: mov(live_f+4) = -0xcc0
    .section .text.live_f,"ax",%progbits
    .globl live_f
    .type live_f,%function
live_f:
    movz x0, #:dtprel_g0:near
    movz x0, #:dtprel_g0:near-0x1000
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
