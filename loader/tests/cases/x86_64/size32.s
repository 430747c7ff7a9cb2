# R_X86_64_SIZE32: Z + A.
#@ bytes live_f: b8 35 12 00 00 c3
#@ check: u32(live_f+1) = 0x1235
    .section .text.live_f,"ax",@progbits
    .globl live_f
    .type live_f,@function
live_f:
    mov $sized@SIZE+1, %eax
    ret
    .section .data.sized,"aw",@progbits
    .globl sized
    .type sized,@object
    .size sized, 0x1234
sized:
    .zero 0x1234
