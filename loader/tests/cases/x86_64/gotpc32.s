# R_X86_64_GOTPC32: GOT + A - P.
#@ bytes live_f: 48 8d 1d f9 ff 1f 00 c3
#@ check: pc(live_f+3) = _GLOBAL_OFFSET_TABLE_
    .section .text.live_f,"ax",@progbits
    .globl live_f
    .type live_f,@function
live_f:
    lea _GLOBAL_OFFSET_TABLE_(%rip), %rbx
    ret
