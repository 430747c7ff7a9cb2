# R_X86_64_PC32: S + A - P.
#@ define: host = 0x6000_0000
#@ bytes live_f: 48 8d 05 f9 ff ff 4f 48 8d 05 02 00 00 50 c3
#@ check: pc(live_f+3) = host
#@ check: pc(live_f+10) = host + 16
    .section .text.live_f,"ax",@progbits
    .globl live_f
    .type live_f,@function
live_f:
    lea host(%rip), %rax
    lea host+16(%rip), %rax
    ret
