# A thread-local of live code needs room in the other process, and the message says what to do.
#@ error: R_X86_64_TPOFF32 at .text.live_f+0x3 to mine
#@ error: must have a thread-local array of zeroes called segue_thread_locals
    .section .text.live_f,"ax",@progbits
    .globl live_f
    .type live_f,@function
live_f:
    lea mine@tpoff(%rax), %rcx
    ret
    .section .tbss.mine,"awT",@nobits
    .type mine,@object
mine: .skip 12
