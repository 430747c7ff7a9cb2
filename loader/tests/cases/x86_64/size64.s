# R_X86_64_SIZE64: Z + A.
#@ bytes live_f: 48 b8 33 12 00 00 00 00 00 00 c3
#@ check: u64(live_f+2) = 0x1233
    .section .text.live_f,"ax",@progbits
    .globl live_f
    .type live_f,@function
live_f:
    movabs $sized@SIZE-1, %rax
    ret
    .section .data.sized,"aw",@progbits
    .globl sized
    .type sized,@object
    .size sized, 0x1234
sized:
    .zero 0x1234
