# R_X86_64_CODE_5_GOTPC32_TLSDESC: G(function, argument) + A - P, 5 bytes into its instruction.
#@ executable: host.s
#@ renumber: 34 = 48
#@ bytes live_f: 62 f4 7c 18 03 f7 01 20 00 c3
#@ check: u64(pc(live_f+5) + 8) = -0x20
#@ check: u64(u64(pc(live_f+5)) + 4) = 0xCCCC_CCC3_0840_8B48
    .section .text.live_f,"ax",@progbits
    .globl live_f
    .type live_f,@function
live_f:
    .byte 0x62, 0xf4, 0x7c, 0x18, 0x03
    .long 0
    .reloc 5, R_X86_64_GOTPC32_TLSDESC, counter-4
    ret
#@ file: host.s
    .section .tbss,"awT",@nobits
    .balign 16
    .zero 0x12340
    .globl counter
    .type counter,@object
counter:
    .zero 0x20
