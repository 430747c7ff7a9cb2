# A pointer to the fourth byte of a string: assemblers write it as section and offset, where other references name the symbol. Both mean one copy.
#@ check: pc(live_f+10) = pc(live_f+3) + 4
#@ check: u32(pc(live_f+3)) = 0x7478_6574
    .section .text.live_f,"ax",@progbits
    .globl live_f
    .type live_f,@function
live_f:
    lea .Ltext(%rip), %rax
    .byte 0x48, 0x8d, 0x0d
    .reloc ., R_X86_64_PC32, .rodata.str1.1+7
    .long 0
    ret
    .section .rodata.str1.1,"aMS",@progbits,1
    .asciz "before"
.Ltext: .asciz "text"
    .asciz "after"
