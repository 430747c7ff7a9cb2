# R_X86_64_16: S + A, of either sign.
#@ define: host = 0xFEDC
#@ bytes live_f: 66 b8 dd fe c3
#@ check: u16(live_f+2) = host + 1
    .section .text.live_f,"ax",@progbits
    .globl live_f
    .type live_f,@function
live_f:
    mov $host+1, %ax
    ret
