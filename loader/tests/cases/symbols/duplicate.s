# Two strong definitions of a variable are an error that names both objects.
#@ error: twice is defined in duplicate.o and again in second.o
    .section .text.live_f,"ax",@progbits
    .globl live_f
    .type live_f,@function
live_f:
    mov twice(%rip), %eax
    ret
    .section .data.twice,"aw",@progbits
    .globl twice
    .type twice,@object
twice: .long 1
#@ file: second.s
    .section .data.twice,"aw",@progbits
    .globl twice
    .type twice,@object
twice: .long 2
