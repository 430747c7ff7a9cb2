// R_AARCH64_TLSLE_ADD_TPREL_HI12: bits 12 to 23 of the offset of S + A from the thread pointer.
//@ executable: host.s
//@ bytes live_f: 00 48 40 91 c0 03 5f d6
//@ check: add(live_f) = 0x12
    .section .text.live_f,"ax",%progbits
    .globl live_f
    .type live_f,%function
live_f:
    add x0, x0, #:tprel_hi12:counter, lsl #12
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
