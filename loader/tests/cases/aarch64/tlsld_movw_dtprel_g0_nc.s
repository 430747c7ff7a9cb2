// R_AARCH64_TLSLD_MOVW_DTPREL_G0_NC: bits 0 to 15 of the offset of S + A in its module's block.
//@ executable: host.s
//@ bytes live_f: 80 68 84 f2 c0 03 5f d6
//@ check: mov(live_f) = 0x2344
    .section .text.live_f,"ax",%progbits
    .globl live_f
    .type live_f,%function
live_f:
    movk x0, #:dtprel_g0_nc:counter+0x56789ABC0004
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
