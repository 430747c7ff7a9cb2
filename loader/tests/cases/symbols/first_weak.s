# Of several weak definitions the first counts, for everybody.
#@ check: u32(pc(live_first+2)) = 7
#@ check: pc(live_second+2) = pc(live_first+2)
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
    .weak number
    .type number,@object
number: .long 8
