# R_X86_64_REX_GOTPCRELX: G + A - P; never relaxed, although the target is near.
#@ define: host = 0x1000_0040
#@ bytes live_f: 48 8b 05 f9 01 20 00 c3
#@ check: u64(pc(live_f+3)) = host
    .section .text.live_f,"ax",@progbits
    .globl live_f
    .type live_f,@function
live_f:
    mov host@GOTPCREL(%rip), %rax
    ret
