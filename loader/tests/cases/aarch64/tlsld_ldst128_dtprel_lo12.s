// R_AARCH64_TLSLD_LDST128_DTPREL_LO12: the offset of S + A in its module's block, below 4 KiB, a multiple of 16.
//@ executable: host.s
//@ renumber: 537 = 572
//@ bytes live_f: 29 d4 c0 3d c0 03 5f d6
//@ check: ldr(live_f) = 0x350
    .section .text.live_f,"ax",%progbits
    .globl live_f
    .type live_f,%function
live_f:
    .reloc 0, R_AARCH64_TLSLD_LDST64_DTPREL_LO12, near+16
    ldr q9, [x1]
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
