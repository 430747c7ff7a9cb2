// R_AARCH64_TLSLD_LD_PREL19: G(module, 0).
//@ executable: host.s
//@ code: 0x1000
//@ read-only: 0x1000
//@ data: 0x10000
//@ renumber: 543 = 522
//@ bytes live_f: 00 10 01 58 c0 03 5f d6
//@ check: u64(literal(live_f)) = 1
//@ check: u64(literal(live_f) + 8) = 0
    .section .text.live_f,"ax",%progbits
    .globl live_f
    .type live_f,%function
live_f:
    ldr x0, :gottprel:counter
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
