// R_AARCH64_TLSIE_LD64_GOTTPREL_LO12_NC: G(offset of S + A from the thread pointer).
//@ executable: host.s
//@ bytes live_f: 01 10 00 90 22 00 41 f9 c0 03 5f d6
//@ check: u64(adrp(live_f) + ldr(live_f+4)) = 0x12354
    .section .text.live_f,"ax",%progbits
    .globl live_f
    .type live_f,%function
live_f:
    adrp x1, :gottprel:counter+4
    ldr x2, [x1, :gottprel_lo12:counter+4]
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
