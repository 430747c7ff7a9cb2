# R_X86_64_NONE: nothing, and nothing is needed of the symbol.
#@ bytes live_f: c3
#@ check: u8(live_f) = 0xC3
    .section .text.live_f,"ax",@progbits
    .globl live_f
    .type live_f,@function
live_f:
    ret
    .reloc 0, R_X86_64_NONE, nobody
