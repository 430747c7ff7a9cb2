// R_AARCH64_TLSLE_MOVW_TPREL_G1_NC: bits 16 to 31 of the offset of S + A from the thread pointer.
//@ executable: host.s
//@ bytes live_f: a0 57 b3 f2 c0 03 5f d6
//@ check: mov(live_f) = 0x9abd0000
    .section .text.live_f,"ax",%progbits
    .globl live_f
    .type live_f,%function
live_f:
    movk x0, #:tprel_g1_nc:counter+0x56789ABC0004
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
