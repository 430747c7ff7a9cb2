# R_X86_64_GOTPC32_TLSDESC: G(function, argument) + A - P; the function returns the argument.
#@ executable: host.s
#@ bytes live_f: 48 8d 05 f9 01 20 00 ff 10 c3
#@ check: u64(pc(live_f+3) + 8) = -0x20
#@ check: u64(u64(pc(live_f+3)) + 4) = 0xCCCC_CCC3_0840_8B48
    .section .text.live_f,"ax",@progbits
    .globl live_f
    .type live_f,@function
live_f:
    lea counter@tlsdesc(%rip), %rax
    call *counter@tlscall(%rax)
    ret
#@ file: host.s
    .section .tbss,"awT",@nobits
    .balign 16
    .zero 0x12340
    .globl counter
    .type counter,@object
counter:
    .zero 0x20
