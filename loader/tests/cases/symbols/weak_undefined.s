# A weak name that nobody defines is 0: in data, through the GOT, and as the target of a call, which goes through a word that holds 0.
#@ base: 0x7000_0000_0000
#@ check: u64(live_f+3) = 0
#@ check: u64(pc(live_f+14)) = 0
#@ check: u64(pc(pc(live_f+19)+6)) = 0
#@ bytes pc(live_f+19): f3 0f 1e fa ff 25
    .section .text.live_f,"ax",@progbits
    .globl live_f
    .type live_f,@function
    .weak nobody
live_f:
    .byte 0x90, 0x48, 0xb8
    .quad nobody
    mov nobody@GOTPCREL(%rip), %rax
    call nobody@PLT
    ret
