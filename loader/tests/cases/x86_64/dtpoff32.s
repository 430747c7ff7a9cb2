# R_X86_64_DTPOFF32: the offset of S + A in its module's block.
#@ executable: host.s
#@ bytes live_f: 48 8d 80 44 23 01 00 c3
#@ check: i32(live_f+3) = 0x12344
    .section .text.live_f,"ax",@progbits
    .globl live_f
    .type live_f,@function
live_f:
    lea counter@dtpoff+4(%rax), %rax
    ret
#@ file: host.s
    .section .tbss,"awT",@nobits
    .balign 16
    .zero 0x12340
    .globl counter
    .type counter,@object
counter:
    .zero 0x20
