// R_AARCH64_TLSDESC_LDR: nothing: a mark.
//@ executable: host.s
//@ bytes live_f: 01 68 61 f8 c0 03 5f d6
//@ check: u32(live_f) = 0xF8616801
    .section .text.live_f,"ax",%progbits
    .globl live_f
    .type live_f,%function
live_f:
    .tlsdescldr counter
    ldr x1, [x0, x1]
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
