# R_X86_64_TLSGD: G(module, offset in its block) + A - P.
#@ executable: host.s
#@ bytes live_f: 66 48 8d 3d f8 01 20 00 c3
#@ check: u64(pc(live_f+4)) = 1
#@ check: u64(pc(live_f+4) + 8) = 0x12340
    .section .text.live_f,"ax",@progbits
    .globl live_f
    .type live_f,@function
live_f:
    .byte 0x66
    lea counter@tlsgd(%rip), %rdi
    ret
#@ file: host.s
    .section .tbss,"awT",@nobits
    .balign 16
    .zero 0x12340
    .globl counter
    .type counter,@object
counter:
    .zero 0x20
