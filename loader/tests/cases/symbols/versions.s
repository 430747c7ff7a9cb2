# Versions of names are ignored: a program has one of each. The default version is the one meant.
#@ define: host = 0x40_1000
#@ check: pc(live_f+1) = host
#@ check: u32(pc(live_f+7)) = 2
    .section .text.live_f,"ax",@progbits
    .globl live_f
    .type live_f,@function
live_f:
    call host_v1
    mov value(%rip), %eax
    ret
    .symver host_v1, host@V_1
#@ file: second.s
    .section .data.old,"aw",@progbits
    .globl old
    .type old,@object
old: .long 1
    .symver old, value@V_1
    .section .data.new,"aw",@progbits
    .globl new
    .type new,@object
new: .long 2
    .symver new, value@@V_2
