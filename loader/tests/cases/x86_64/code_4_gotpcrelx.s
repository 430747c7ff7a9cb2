# R_X86_64_CODE_4_GOTPCRELX: G + A - P, in an instruction whose field is 4 bytes from its start.
#@ renumber: 9 = 43
#@ define: host = 0x7000_0000_0000
#@ bytes live_f: d5 48 8b 05 f8 01 20 00 c3
#@ check: u64(pc(live_f+4)) = host
    .section .text.live_f,"ax",@progbits
    .globl live_f
    .type live_f,@function
live_f:
    .byte 0xd5, 0x48, 0x8b, 0x05
    .long 0
    .reloc 4, R_X86_64_GOTPCREL, host-4
    ret
