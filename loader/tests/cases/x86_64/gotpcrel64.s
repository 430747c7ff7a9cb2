# R_X86_64_GOTPCREL64: G + A - P.
#@ define: host = 0x7000_0000_0000
#@ bytes live_f: c3 ff 01 20 00 00 00 00 00
#@ check: u64(live_f + 1 + i64(live_f+1)) = host
    .section .text.live_f,"ax",@progbits
    .globl live_f
    .type live_f,@function
live_f:
    ret
    .quad host@GOTPCREL
