# Room that is too small is told with what is wanted; what is over-aligned, too.
#@ thread-locals: 64
#@ link: thread_local_too_large.s
#@ error: no room for 72 bytes aligned to 8 among the 64
    .section .text.live_f,"ax",@progbits
    .globl live_f
    .type live_f,@function
live_f:
    lea mine@tpoff(%rax), %rcx
    ret
    .section .tbss.mine,"awT",@nobits
    .balign 8
    .type mine,@object
mine: .skip 72
