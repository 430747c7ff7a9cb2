# Two strong definitions of a variable are an error that names both places.
#@ error: twice is defined in duplicate.o at .data.twice+0x0 and again in second.o at .data.twice+0x8
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
    .quad 0
twice: .long 2
