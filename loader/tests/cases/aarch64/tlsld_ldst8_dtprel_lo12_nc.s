// R_AARCH64_TLSLD_LDST8_DTPREL_LO12_NC: the low 12 bits of the offset of S + A in its module's block, a multiple of 1.
//@ executable: host.s
//@ bytes live_f: 29 04 4d 39 c0 03 5f d6
//@ check: ldr(live_f) = 0x341
    .section .text.live_f,"ax",%progbits
    .globl live_f
    .type live_f,%function
live_f:
    ldrb w9, [x1, #:dtprel_lo12_nc:counter+1]
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
