# R_X86_64_8: S + A, of either sign.
#@ define: host = 0xFE
#@ bytes live_f: b0 ff c3
#@ check: u8(live_f+1) = host + 1
    .section .text.live_f,"ax",@progbits
    .globl live_f
    .type live_f,@function
live_f:
    mov $host+1, %al
    ret
