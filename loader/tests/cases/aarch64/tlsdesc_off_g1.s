// R_AARCH64_TLSDESC_OFF_G1: G(function, argument for S + A); the function returns the argument.
//@ executable: host.s
//@ bytes live_f: 00 00 a0 92 00 40 9e f2 c0 03 5f d6
//@ check: u64(_GLOBAL_OFFSET_TABLE_ + mov(live_f) - 0xFFFF + mov(live_f+4) + 8) = 0x12354
//@ check: u64(u64(_GLOBAL_OFFSET_TABLE_ + mov(live_f) - 0xFFFF + mov(live_f+4)) + 4) = 0xD65F_03C0_F940_0400
    .section .text.live_f,"ax",%progbits
    .globl live_f
    .type live_f,%function
live_f:
    movz x0, #:tlsdesc_off_g1:counter+4
    movk x0, #:tlsdesc_off_g0_nc:counter+4
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
