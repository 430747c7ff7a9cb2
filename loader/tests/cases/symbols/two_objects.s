# A variable of one object is the other's too; the live function of the other is called through its slot.
#@ check: pc(live_get+2) = count
#@ check: u32(count) = 7
#@ check: pc(live_both+2) = slot(live_get)
#@ check: pc(live_both+8) = count
    .section .text.live_get,"ax",@progbits
    .globl live_get
    .type live_get,@function
live_get:
    mov count(%rip), %eax
    ret
    .section .data.count,"aw",@progbits
    .globl count
    .type count,@object
count: .long 7
#@ file: second.s
    .section .text.live_both,"ax",@progbits
    .globl live_both
    .type live_both,@function
live_both:
    call *live_get@GOTPCREL(%rip)
    add count(%rip), %eax
    ret
