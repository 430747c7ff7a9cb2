# R_X86_64_PC8: S + A - P.
#@ define: host = 0x0FFF_FF90
#@ bytes live_f: c3 8f
#@ check: live_f + 1 + i8(live_f+1) = host
    .section .text.live_f,"ax",@progbits
    .globl live_f
    .type live_f,@function
live_f:
    ret
    .byte host - .
