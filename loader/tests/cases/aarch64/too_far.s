// A field that cannot hold the distance is an error that names place, symbol, distance and limit.
//@ define: host = 0x1010_0000
//@ error: too_far.o: R_AARCH64_LD_PREL_LO19 at .text.live_f+0x0 to host: the target is 0x100000 bytes away, the field reaches +-1 MiB in multiples of 4
    .section .text.live_f,"ax",%progbits
    .globl live_f
    .type live_f,%function
live_f:
    ldr x0, host
    ret
