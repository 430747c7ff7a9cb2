# R_X86_64_CODE_6_GOTPCRELX: G + A - P, in an instruction whose field is 6 bytes from its start.
#@ renumber: 9 = 49
#@ define: host = 0x7000_0000_0000
#@ bytes live_f: 62 f4 7c 18 01 05 f6 01 20 00 c3
#@ check: u64(pc(live_f+6)) = host
    .section .text.live_f,"ax",@progbits
    .globl live_f
    .type live_f,@function
live_f:
    .byte 0x62, 0xf4, 0x7c, 0x18, 0x01, 0x05
    .long 0
    .reloc 6, R_X86_64_GOTPCREL, host-4
    ret
