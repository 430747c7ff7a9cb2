// R_AARCH64_TLSLD_MOVW_G1: G(module, 0).
//@ executable: host.s
//@ renumber: 515 = 520
//@ bytes live_f: 00 00 a0 92 c0 03 5f d6
//@ check: u64(_GLOBAL_OFFSET_TABLE_ + mov(live_f) - 0xFFFF + (0xF200)) = 1
//@ check: u64(_GLOBAL_OFFSET_TABLE_ + mov(live_f) - 0xFFFF + (0xF200) + 8) = 0
    .section .text.live_f,"ax",%progbits
    .globl live_f
    .type live_f,%function
live_f:
    movz x0, #:tlsgd_g1:counter
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
