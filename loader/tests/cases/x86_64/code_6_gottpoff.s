# R_X86_64_CODE_6_GOTTPOFF: G(offset from the thread pointer) + A - P, 6 bytes into its instruction.
#@ executable: host.s
#@ renumber: 22 = 50
#@ bytes live_f: 62 f4 7c 18 01 05 f6 01 20 00 c3
#@ check: u64(pc(live_f+6)) = -0x20
    .section .text.live_f,"ax",@progbits
    .globl live_f
    .type live_f,@function
live_f:
    .byte 0x62, 0xf4, 0x7c, 0x18, 0x01, 0x05
    .long 0
    .reloc 6, R_X86_64_GOTTPOFF, counter-4
    ret
#@ file: host.s
    .section .tbss,"awT",@nobits
    .balign 16
    .zero 0x12340
    .globl counter
    .type counter,@object
counter:
    .zero 0x20
