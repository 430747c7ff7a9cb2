# Hidden and protected names are the program's: other objects of it find them.
#@ check: pc(live_other+2) = pc(live_f+2)
#@ check: pc(live_other+8) = pc(live_f+8)
    .section .text.live_f,"ax",@progbits
    .globl live_f
    .type live_f,@function
live_f:
    mov secret(%rip), %eax
    mov guarded(%rip), %eax
    ret
    .section .data.secret,"aw",@progbits
    .globl secret
    .hidden secret
    .type secret,@object
secret: .long 5
    .section .data.guarded,"aw",@progbits
    .globl guarded
    .protected guarded
    .type guarded,@object
guarded: .long 6
#@ file: second.s
    .section .text.live_other,"ax",@progbits
    .globl live_other
    .type live_other,@function
    .hidden secret
live_other:
    mov secret(%rip), %eax
    mov guarded(%rip), %eax
    ret
