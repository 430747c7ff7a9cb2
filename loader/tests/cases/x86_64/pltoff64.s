# R_X86_64_PLTOFF64: L + A - GOT.
#@ define: host = 0x4000_0000
#@ bytes live_f: 48 b8 00 00 e0 2f 00 00 00 00 c3
#@ check: _GLOBAL_OFFSET_TABLE_ + i64(live_f+2) = host
    .section .text.live_f,"ax",@progbits
    .globl live_f
    .type live_f,@function
live_f:
    movabs $host@PLTOFF, %rax
    ret
