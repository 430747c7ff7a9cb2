// R_AARCH64_TLSLD_ADD_LO12_NC: G(module, 0).
//@ executable: host.s
//@ bytes live_f: 01 10 00 90 22 00 08 91 c0 03 5f d6
//@ check: u64(adrp(live_f) + add(live_f+4)) = 1
//@ check: u64(adrp(live_f) + add(live_f+4) + 8) = 0
    .section .text.live_f,"ax",%progbits
    .globl live_f
    .type live_f,%function
live_f:
    adrp x1, :tlsldm:counter
    add x2, x1, :tlsldm_lo12_nc:counter
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
