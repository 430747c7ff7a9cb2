# R_X86_64_CODE_4_GOTTPOFF: G(offset from the thread pointer) + A - P, 4 bytes into its instruction.
#@ executable: host.s
#@ renumber: 22 = 44
#@ bytes live_f: d5 48 8b 05 f8 01 20 00 c3
#@ check: u64(pc(live_f+4)) = -0x20
    .section .text.live_f,"ax",@progbits
    .globl live_f
    .type live_f,@function
live_f:
    .byte 0xd5, 0x48, 0x8b, 0x05
    .long 0
    .reloc 4, R_X86_64_GOTTPOFF, counter-4
    ret
#@ file: host.s
    .section .tbss,"awT",@nobits
    .balign 16
    .zero 0x12340
    .globl counter
    .type counter,@object
counter:
    .zero 0x20
