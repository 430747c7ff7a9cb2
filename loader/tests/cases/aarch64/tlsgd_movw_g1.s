// R_AARCH64_TLSGD_MOVW_G1: G(module, offset of S + A in its block).
//@ executable: host.s
//@ bytes live_f: 00 00 a0 92 00 40 9e f2 c0 03 5f d6
//@ check: u64(_GLOBAL_OFFSET_TABLE_ + mov(live_f) - 0xFFFF + mov(live_f+4)) = 1
//@ check: u64(_GLOBAL_OFFSET_TABLE_ + mov(live_f) - 0xFFFF + mov(live_f+4) + 8) = 0x12344
    .section .text.live_f,"ax",%progbits
    .globl live_f
    .type live_f,%function
live_f:
    movz x0, #:tlsgd_g1:counter+4
    movk x0, #:tlsgd_g0_nc:counter+4
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
