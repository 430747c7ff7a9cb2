# A number that does not fit is an error too: 32 bits that the processor zero-extends.
#@ define: host = 0x1_0000_0000
#@ error: R_X86_64_32 at .text.live_f+0x1 to host: the value is 0x100000000, the field holds 0 to 4 GiB
    .section .text.live_f,"ax",@progbits
    .globl live_f
    .type live_f,@function
live_f:
    mov $host, %eax
    ret
