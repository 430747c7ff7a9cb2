# R_X86_64_64: S + A.
#@ define: host = 0x1122_3344_5566_7788
#@ bytes live_f: 48 b8 89 77 66 55 44 33 22 11 c3
#@ check: u64(live_f+2) = host + 1
    .section .text.live_f,"ax",@progbits
    .globl live_f
    .type live_f,@function
live_f:
    movabs $host+1, %rax
    ret
