# The bounds of a section enclose the entries of all objects, in order, each with its alignment.
#@ check: pc(live_second+10) - pc(live_first+3) = 24
#@ check: u32(pc(live_first+3)) = 1
#@ check: u64(pc(live_first+3)+8) = 2
#@ check: u64(pc(live_first+3)+16) = 3
#@ check: pc(live_first+10) = pc(live_first+3)
    .section .text.live_first,"ax",@progbits
    .globl live_first
    .type live_first,@function
live_first:
    lea __start_registry(%rip), %rax
    lea entry(%rip), %rcx
    ret
    .section registry,"a",@progbits
    .balign 4
    .type entry,@object
entry: .long 1
#@ file: second.s
    .section .text.live_second,"ax",@progbits
    .globl live_second
    .type live_second,@function
live_second:
    lea __start_registry(%rip), %rax
    lea __stop_registry(%rip), %rcx
    ret
    .section registry,"a",@progbits
    .balign 8
    .quad 2, 3
