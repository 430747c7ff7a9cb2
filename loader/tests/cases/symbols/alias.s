# An alias of a live function is its slot; an alias of a private function or variable is that function or variable, also for other objects.
#@ check: pc(live_f+2) = slot(live_g)
#@ check: pc(live_f+7) = pc(live_f+12)
#@ check: pc(live_f+18) = pc(live_f+24)
#@ check: pc(live_other+1) = pc(live_f+7)
    .section .text.live_f,"ax",@progbits
    .globl live_f
    .type live_f,@function
live_f:
    call *other_g@GOTPCREL(%rip)
    call private
    call other_private
    mov value(%rip), %eax
    mov other_value(%rip), %eax
    ret
    .section .text.live_g,"ax",@progbits
    .globl live_g, other_g
    .type live_g,@function
    .type other_g,@function
live_g: ret
    .set other_g, live_g
    .section .text.private,"ax",@progbits
    .globl other_private
    .type private,@function
    .type other_private,@function
private: ret
    .set other_private, private
    .section .data.value,"aw",@progbits
    .globl value
    .type value,@object
value: .long 5
    .set other_value, value
#@ file: second.s
    .section .text.live_other,"ax",@progbits
    .globl live_other
    .type live_other,@function
live_other:
    call other_private
    ret
