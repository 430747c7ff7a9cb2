# R_X86_64_32: S + A, zero-extended.
#@ define: host = 0xF123_4567
#@ bytes live_f: b8 68 45 23 f1 c3
#@ check: u32(live_f+1) = host + 1
    .section .text.live_f,"ax",@progbits
    .globl live_f
    .type live_f,@function
live_f:
    mov $host+1, %eax
    ret
