# A GOT entry holds the address of a host function; loads and calls through it are left as they are.
#@ define: host = 0x40_1000
#@ bytes live_f: ff 15 fa 01 20 00 48 8b 05 f3 01 20 00 c3
#@ check: u64(pc(live_f+2)) = host
#@ check: pc(live_f+9) = pc(live_f+2)
    .section .text.live_f,"ax",@progbits
    .globl live_f
    .type live_f,@function
live_f:
    call *host@GOTPCREL(%rip)
    mov host@GOTPCREL(%rip), %rax
    ret
