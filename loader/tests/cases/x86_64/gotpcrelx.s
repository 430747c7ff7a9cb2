# R_X86_64_GOTPCRELX: G + A - P; never relaxed, although the target is near.
#@ define: host = 0x1000_0040
#@ bytes live_f: ff 15 fa 01 20 00 c3
#@ check: u64(pc(live_f+2)) = host
    .section .text.live_f,"ax",@progbits
    .globl live_f
    .type live_f,@function
live_f:
    call *host@GOTPCREL(%rip)
    ret
