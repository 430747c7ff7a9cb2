// R_AARCH64_TLSIE_LD_GOTTPREL_PREL19: G(offset of S + A from the thread pointer).
//@ executable: host.s
//@ code: 0x1000
//@ read-only: 0x1000
//@ data: 0x10000
//@ bytes live_f: 00 10 01 58 c0 03 5f d6
//@ check: u64(literal(live_f)) = 0x12354
    .section .text.live_f,"ax",%progbits
    .globl live_f
    .type live_f,%function
live_f:
    ldr x0, :gottprel:counter+4
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
