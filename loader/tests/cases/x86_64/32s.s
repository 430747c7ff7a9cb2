# R_X86_64_32S: S + A, sign-extended.
#@ define: host = 0xFFFF_FFFF_8123_4567
#@ bytes live_f: 48 c7 c0 68 45 23 81 c3
#@ check: i32(live_f+3) = host + 1
    .section .text.live_f,"ax",@progbits
    .globl live_f
    .type live_f,@function
live_f:
    mov $host+1, %rax
    ret
