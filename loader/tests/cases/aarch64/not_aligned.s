// A load of 8 bytes reaches multiples of 8 only: nothing is rounded.
//@ define: host = 0x1000_0004
//@ error: R_AARCH64_LDST64_ABS_LO12_NC at .text.live_f+0x4 to host: the value is 0x10000004, the field holds any value in multiples of 8
    .section .text.live_f,"ax",%progbits
    .globl live_f
    .type live_f,%function
live_f:
    adrp x0, host
    ldr x0, [x0, :lo12:host]
    ret
