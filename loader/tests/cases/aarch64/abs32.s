// R_AARCH64_ABS32: S + A, of either sign.
//@ define: host = 0xFEDC_BA98
//@ bytes live_f: c0 03 5f d6 99 ba dc fe
//@ check: u32(live_f+4) = host + 1
    .section .text.live_f,"ax",%progbits
    .globl live_f
    .type live_f,%function
live_f:
    ret
    .word host+1
