# R_X86_64_CODE_5_GOTPCRELX: G + A - P, in an instruction whose field is 5 bytes from its start.
#@ renumber: 9 = 46
#@ define: host = 0x7000_0000_0000
#@ bytes live_f: 62 f4 7c 18 03 f7 01 20 00 c3
#@ check: u64(pc(live_f+5)) = host
    .section .text.live_f,"ax",@progbits
    .globl live_f
    .type live_f,@function
live_f:
    .byte 0x62, 0xf4, 0x7c, 0x18, 0x03
    .long 0
    .reloc 5, R_X86_64_GOTPCREL, host-4
    ret
