# R_X86_64_PC16: S + A - P.
#@ define: host = 0x1000_7FF0
#@ bytes live_f: c3 ef 7f
#@ check: live_f + 1 + i16(live_f+1) = host
    .section .text.live_f,"ax",@progbits
    .globl live_f
    .type live_f,@function
live_f:
    ret
    .short host - .
