# R_X86_64_GOT32: G + A - GOT.
#@ define: host = 0x7000_0000_0000
#@ bytes live_f: c3 00 02 00 00
#@ check: u64(_GLOBAL_OFFSET_TABLE_ + i32(live_f+1)) = host
    .section .text.live_f,"ax",@progbits
    .globl live_f
    .type live_f,@function
live_f:
    ret
    .long host@GOT
