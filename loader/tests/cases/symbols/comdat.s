# Of COMDAT groups with one name the first counts, functions and variables; the other object calls into it.
#@ check: pc(live_second+1) = pc(live_first+1)
#@ check: u8(pc(live_second+1)+1) = 1
#@ check: pc(live_second+7) = pc(live_first+7)
    .section .text.live_first,"ax",@progbits
    .globl live_first
    .type live_first,@function
live_first:
    call shared
    mov value(%rip), %eax
    ret
    .section .text.shared,"axG",@progbits,shared,comdat
    .globl shared
    .type shared,@function
shared:
    mov $1, %eax
    ret
    .section .data.value,"awG",@progbits,value,comdat
    .globl value
    .type value,@object
value: .long 5
#@ file: second.s
    .section .text.live_second,"ax",@progbits
    .globl live_second
    .type live_second,@function
live_second:
    call shared
    mov value(%rip), %eax
    ret
    .section .text.shared,"axG",@progbits,shared,comdat
    .globl shared
    .type shared,@function
shared:
    mov $2, %eax
    ret
    .section .data.value,"awG",@progbits,value,comdat
    .globl value
    .type value,@object
value: .long 6
