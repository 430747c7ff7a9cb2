# Tentative definitions are one variable, as large as the largest, and yield to a definition.
#@ check: pc(live_second+2) = pc(live_first+2)
#@ check: pc(live_second+8) = pc(live_first+8) - 60
#@ check: u32(pc(live_first+14)) = 9
    .section .text.live_first,"ax",@progbits
    .globl live_first
    .type live_first,@function
live_first:
    mov room(%rip), %eax
    mov big+60(%rip), %eax
    mov level(%rip), %eax
    ret
    .comm room,4,4
    .comm big,4,4
    .comm level,4,4
#@ file: second.s
    .section .text.live_second,"ax",@progbits
    .globl live_second
    .type live_second,@function
live_second:
    mov room(%rip), %eax
    mov big(%rip), %eax
    ret
    .comm room,4,4
    .comm big,64,4
    .section .data.level,"aw",@progbits
    .globl level
    .type level,@object
level: .long 9
