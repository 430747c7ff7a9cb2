# R_X86_64_TLSDESC_CALL: nothing: a mark.
#@ executable: host.s
#@ bytes live_f: ff 10 c3
#@ check: u16(live_f) = 0x10FF
    .section .text.live_f,"ax",@progbits
    .globl live_f
    .type live_f,@function
live_f:
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
