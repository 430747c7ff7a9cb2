# Absolute symbols are numbers, in fields, through the GOT and for other objects.
#@ check: u32(live_f+1) = 0x1234
#@ check: u64(live_f+7) = 0x1235
#@ check: u64(pc(live_other+8)) = 0x1234
#@ check: u32(live_other+1) = 0x1234
    .globl limit
    .set limit, 0x1234
    .section .text.live_f,"ax",@progbits
    .globl live_f
    .type live_f,@function
live_f:
    mov $limit, %eax
    .byte 0x48, 0xb8
    .quad limit+1
    ret
#@ file: second.s
    .section .text.live_other,"ax",@progbits
    .globl live_other
    .type live_other,@function
live_other:
    mov $limit, %eax
    mov limit@GOTPCREL(%rip), %rax
    ret
