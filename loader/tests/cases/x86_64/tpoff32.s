# R_X86_64_TPOFF32: the offset of S + A from the thread pointer.
#@ executable: host.s
#@ bytes live_f: 48 8d 80 e4 ff ff ff c3
#@ check: i32(live_f+3) = -0x1c
    .section .text.live_f,"ax",@progbits
    .globl live_f
    .type live_f,@function
live_f:
    lea counter@tpoff+4(%rax), %rax
    ret
#@ file: host.s
    .section .tbss,"awT",@nobits
    .balign 16
    .zero 0x12340
    .globl counter
    .type counter,@object
counter:
    .zero 0x20
