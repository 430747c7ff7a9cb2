# A missing name: the error says who wanted it, where, and which names are near.
#@ define: counter_of_all = 0x40_1000
#@ define: counter = 0x40_1008
#@ error: R_X86_64_PC32 at .text.live_f+0x2 to countr: undefined symbol `countr`
#@ error: counter
    .section .text.live_f,"ax",@progbits
    .globl live_f
    .type live_f,@function
live_f:
    mov countr(%rip), %eax
    ret
