# Among live definitions the last wins, which is a swap: the caller goes through the slot both times.
#@ link: live_last.s
#@ link: second.s
#@ bytes live_g: b8 02 00 00 00 c3
#@ check: pc(live_f+2) = slot(live_g)
    .section .text.live_f,"ax",@progbits
    .globl live_f
    .type live_f,@function
live_f:
    call *live_g@GOTPCREL(%rip)
    ret
    .section .text.live_g,"ax",@progbits
    .globl live_g
    .type live_g,@function
live_g:
    mov $1, %eax
    ret
#@ file: second.s
    .section .text.live_g,"ax",@progbits
    .globl live_g
    .type live_g,@function
live_g:
    mov $2, %eax
    ret
