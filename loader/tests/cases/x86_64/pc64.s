# R_X86_64_PC64: S + A - P.
#@ define: host = 0x7000_0000_0000
#@ bytes live_f: 48 b8 01 00 00 f0 ff 6f 00 00 c3
#@ check: live_f + i64(live_f+2) = host + 1
    .section .text.live_f,"ax",@progbits
    .globl live_f
    .type live_f,@function
live_f:
    movabs $host+1-., %rax
    ret
