# R_X86_64_GOTPC64: GOT + A - P.
#@ bytes live_f: 48 bb 00 00 20 00 00 00 00 00 c3
#@ check: live_f + i64(live_f+2) = _GLOBAL_OFFSET_TABLE_
    .section .text.live_f,"ax",@progbits
    .globl live_f
    .type live_f,@function
live_f:
    movabs $_GLOBAL_OFFSET_TABLE_-., %rbx
    ret
