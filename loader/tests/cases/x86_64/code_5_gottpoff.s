# R_X86_64_CODE_5_GOTTPOFF: G(offset from the thread pointer) + A - P, 5 bytes into its instruction.
#@ executable: host.s
#@ renumber: 22 = 47
#@ bytes live_f: 62 f4 7c 18 03 f7 01 20 00 c3
#@ check: u64(pc(live_f+5)) = -0x20
    .section .text.live_f,"ax",@progbits
    .globl live_f
    .type live_f,@function
live_f:
    .byte 0x62, 0xf4, 0x7c, 0x18, 0x03
    .long 0
    .reloc 5, R_X86_64_GOTTPOFF, counter-4
    ret
#@ file: host.s
    .section .tbss,"awT",@nobits
    .balign 16
    .zero 0x12340
    .globl counter
    .type counter,@object
counter:
    .zero 0x20
