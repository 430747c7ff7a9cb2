# R_X86_64_TLSLD: G(module, 0) + A - P.
#@ executable: host.s
#@ bytes live_f: 48 8d 3d f9 01 20 00 c3
#@ check: u64(pc(live_f+3)) = 1
#@ check: u64(pc(live_f+3) + 8) = 0
    .section .text.live_f,"ax",@progbits
    .globl live_f
    .type live_f,@function
live_f:
    lea counter@tlsld(%rip), %rdi
    ret
#@ file: host.s
    .section .tbss,"awT",@nobits
    .balign 16
    .zero 0x12340
    .globl counter
    .type counter,@object
counter:
    .zero 0x20
