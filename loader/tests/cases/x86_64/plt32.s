# R_X86_64_PLT32: L + A - P: the target itself where the field reaches it, and a stub where it does not.
#@ define: host = 0x4000_0000
#@ define: far = 0x7000_0000_0000
#@ bytes live_f: e8 fb ff ff 2f e9 36 00 00 00 e8 41 00 00 00
#@ check: pc(live_f+1) = host
#@ check: u64(pc(pc(live_f+6) + 6)) = far
#@ check: u64(pc(pc(live_f+11) + 6)) = far + 8
    .section .text.live_f,"ax",@progbits
    .globl live_f
    .type live_f,@function
live_f:
    call host
    jmp far
    call far+8
