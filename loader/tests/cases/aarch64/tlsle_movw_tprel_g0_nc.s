// R_AARCH64_TLSLE_MOVW_TPREL_G0_NC: bits 0 to 15 of the offset of S + A from the thread pointer.
//@ executable: host.s
//@ bytes live_f: 80 6a 84 f2 c0 03 5f d6
//@ check: mov(live_f) = 0x2354
    .section .text.live_f,"ax",%progbits
    .globl live_f
    .type live_f,%function
live_f:
    movk x0, #:tprel_g0_nc:counter+0x56789ABC0004
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
