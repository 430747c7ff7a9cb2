# The same in a string of three letters, where the fourth byte is the next string's: nothing tells which is meant, so all of the section stays together.
#@ check: pc(live_f+10) = pc(live_f+3) + 4
#@ check: u32(pc(live_f+3)) = 0x0065_6e6f
    .section .text.live_f,"ax",@progbits
    .globl live_f
    .type live_f,@function
live_f:
    lea .Lone(%rip), %rax
    .byte 0x48, 0x8d, 0x0d
    .reloc ., R_X86_64_PC32, .rodata.str1.1+7
    .long 0
    ret
    .section .rodata.str1.1,"aMS",@progbits,1
    .asciz "before"
.Lone: .asciz "one"
    .asciz "after"
