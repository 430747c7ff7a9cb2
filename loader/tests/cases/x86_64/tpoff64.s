# R_X86_64_TPOFF64: the offset of S + A from the thread pointer.
#@ executable: host.s
#@ bytes live_f: 48 b8 e4 ff ff ff ff ff ff ff c3
#@ check: i64(live_f+2) = -0x1c
    .section .text.live_f,"ax",@progbits
    .globl live_f
    .type live_f,@function
live_f:
    movabs $counter@tpoff+4, %rax
    ret
#@ file: host.s
    .section .tbss,"awT",@nobits
    .balign 16
    .zero 0x12340
    .globl counter
    .type counter,@object
counter:
    .zero 0x20
