# The size of what only the host defines is not known.
#@ define: host = 0x40_1000
#@ error: R_X86_64_SIZE32 at .text.live_f+0x1 to host: the size of a symbol that the objects of this link do not define
    .section .text.live_f,"ax",@progbits
    .globl live_f
    .type live_f,@function
live_f:
    mov $host@SIZE, %eax
    ret
