// R_AARCH64_TLSGD_ADD_LO12_NC: G(module, offset of S + A in its block).
//@ executable: host.s
//@ bytes live_f: 01 10 00 90 22 00 08 91 c0 03 5f d6
//@ check: u64(adrp(live_f) + add(live_f+4)) = 1
//@ check: u64(adrp(live_f) + add(live_f+4) + 8) = 0x12344
    .section .text.live_f,"ax",%progbits
    .globl live_f
    .type live_f,%function
live_f:
    adrp x1, :tlsgd:counter+4
    add x2, x1, :tlsgd_lo12:counter+4
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
