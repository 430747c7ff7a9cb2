# A field that cannot hold the distance is an error that names place, symbol, distance and limit.
#@ define: host = 0x1_0000_0000
#@ error: too_far.o: R_X86_64_PC32 at .text.live_f+0x3 to host: the target is 0xeffffff9 bytes away, the field reaches +-2 GiB
    .section .text.live_f,"ax",@progbits
    .globl live_f
    .type live_f,@function
live_f:
    lea host(%rip), %rax
    ret
