// R_AARCH64_TLSLE_ADD_TPREL_LO12: the offset of S + A from the thread pointer, below 4 KiB.
//@ executable: host.s
//@ bytes live_f: 00 44 0d 91 c0 03 5f d6
//@ check: add(live_f) = 0x351
    .section .text.live_f,"ax",%progbits
    .globl live_f
    .type live_f,%function
live_f:
    add x0, x0, #:tprel_lo12:near+1
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
