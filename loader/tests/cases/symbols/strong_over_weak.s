# A strong definition wins over a weak one, in the object of the weak one too; order does not matter.
#@ bytes live_first: 8b 05
#@ check: pc(live_first+2) = pc(live_second+2)
#@ check: u32(pc(live_first+2)) = 8
    .section .text.live_first,"ax",@progbits
    .globl live_first
    .type live_first,@function
live_first:
    mov number(%rip), %eax
    ret
    .section .data.number,"aw",@progbits
    .weak number
    .type number,@object
number: .long 7
#@ file: second.s
    .section .text.live_second,"ax",@progbits
    .globl live_second
    .type live_second,@function
live_second:
    mov number(%rip), %eax
    ret
    .section .data.number,"aw",@progbits
    .globl number
    .type number,@object
number: .long 8
