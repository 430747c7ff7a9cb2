// R_AARCH64_NONE: nothing, and nothing is needed of the symbol.
//@ bytes live_f: c0 03 5f d6
//@ check: u32(live_f) = 0xD65F03C0
    .section .text.live_f,"ax",%progbits
    .globl live_f
    .type live_f,%function
live_f:
    ret
    .reloc 0, R_AARCH64_NONE, nobody
