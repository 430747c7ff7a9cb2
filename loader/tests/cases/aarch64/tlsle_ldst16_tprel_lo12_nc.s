// R_AARCH64_TLSLE_LDST16_TPREL_LO12_NC: the low 12 bits of the offset of S + A from the thread pointer, a multiple of 2.
//@ executable: host.s
//@ bytes live_f: 29 a4 46 79 c0 03 5f d6
//@ check: ldr(live_f) = 0x352
    .section .text.live_f,"ax",%progbits
    .globl live_f
    .type live_f,%function
live_f:
    ldrh w9, [x1, #:tprel_lo12_nc:counter+2]
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
