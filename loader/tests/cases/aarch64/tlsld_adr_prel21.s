// R_AARCH64_TLSLD_ADR_PREL21: G(module, 0).
//@ executable: host.s
//@ code: 0x1000
//@ read-only: 0x1000
//@ data: 0x10000
//@ bytes live_f: 00 10 01 10 c0 03 5f d6
//@ check: u64(adr(live_f)) = 1
//@ check: u64(adr(live_f) + 8) = 0
    .section .text.live_f,"ax",%progbits
    .globl live_f
    .type live_f,%function
live_f:
    adr x0, :tlsldm:counter
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
