# R_X86_64_GOTPCREL: G + A - P.
#@ define: host = 0x7000_0000_0000
#@ bytes live_f: ff 35 fa 01 20 00 c3
#@ check: u64(pc(live_f+2)) = host
    .section .text.live_f,"ax",@progbits
    .globl live_f
    .type live_f,@function
live_f:
    push host@GOTPCREL(%rip)
    ret
