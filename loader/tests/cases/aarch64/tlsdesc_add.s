// R_AARCH64_TLSDESC_ADD: nothing: a mark.
//@ executable: host.s
//@ bytes live_f: 00 00 01 8b c0 03 5f d6
//@ check: u32(live_f) = 0x8B010000
    .section .text.live_f,"ax",%progbits
    .globl live_f
    .type live_f,%function
live_f:
    .tlsdescadd counter
    add x0, x0, x1
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
