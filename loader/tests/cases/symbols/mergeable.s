# Mergeable strings and constants are one copy for all objects; a reference into the middle of a string stays there.
#@ check: pc(live_second+3) = pc(live_first+3) + 2
#@ bytes pc(live_first+3): 68 65 6c 6c 6f 00
#@ check: u64(pc(live_first+10)) = 0x1122_3344_5566_7788
    .section .text.live_first,"ax",@progbits
    .globl live_first
    .type live_first,@function
live_first:
    lea .Lhello(%rip), %rax
    mov .Lnumber(%rip), %rcx
    ret
    .section .rodata.str1.1,"aMS",@progbits,1
hello:
.Lhello: .asciz "hello"
    .section .rodata.cst8,"aM",@progbits,8
.Lnumber: .quad 0x1122334455667788
#@ file: second.s
    .section .text.live_second,"ax",@progbits
    .globl live_second
    .type live_second,@function
live_second:
    lea hello+2(%rip), %rax
    ret
    .section .rodata.str1.1,"aMS",@progbits,1
    .asciz "before"
hello: .asciz "hello"
