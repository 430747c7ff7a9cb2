# R_X86_64_GOTPLT64: G + A - GOT; never lazy.
#@ define: host = 0x7000_0000_0000
#@ bytes live_f: 48 b8 00 02 00 00 00 00 00 00 c3
#@ check: u64(_GLOBAL_OFFSET_TABLE_ + i64(live_f+2)) = host
    .section .text.live_f,"ax",@progbits
    .globl live_f
    .type live_f,@function
live_f:
    movabs $host@GOTPLT, %rax
    ret
