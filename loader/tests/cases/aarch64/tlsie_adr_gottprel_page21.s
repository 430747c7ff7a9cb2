// R_AARCH64_TLSIE_ADR_GOTTPREL_PAGE21: G(offset of S + A from the thread pointer).
//@ executable: host.s
//@ bytes live_f: 00 10 00 90 00 00 41 f9 c0 03 5f d6
//@ check: u64(adrp(live_f) + ldr(live_f+4)) = 0x12354
    .section .text.live_f,"ax",%progbits
    .globl live_f
    .type live_f,%function
live_f:
    adrp x0, :gottprel:counter+4
    ldr x0, [x0, :gottprel_lo12:counter+4]
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
