# R_X86_64_GOTTPOFF: G(offset from the thread pointer) + A - P.
#@ executable: host.s
#@ bytes live_f: 48 8b 05 f9 01 20 00 c3
#@ check: u64(pc(live_f+3)) = -0x20
    .section .text.live_f,"ax",@progbits
    .globl live_f
    .type live_f,@function
live_f:
    mov counter@gottpoff(%rip), %rax
    ret
#@ file: host.s
    .section .tbss,"awT",@nobits
    .balign 16
    .zero 0x12340
    .globl counter
    .type counter,@object
counter:
    .zero 0x20
