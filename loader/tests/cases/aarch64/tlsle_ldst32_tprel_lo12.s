// R_AARCH64_TLSLE_LDST32_TPREL_LO12: the offset of S + A from the thread pointer, below 4 KiB, a multiple of 4.
//@ executable: host.s
//@ bytes live_f: 29 54 43 b9 c0 03 5f d6
//@ check: ldr(live_f) = 0x354
    .section .text.live_f,"ax",%progbits
    .globl live_f
    .type live_f,%function
live_f:
    ldr w9, [x1, #:tprel_lo12:near+4]
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
