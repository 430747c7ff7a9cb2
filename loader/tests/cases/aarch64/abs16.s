// R_AARCH64_ABS16: S + A, of either sign.
//@ define: host = 0xFEDC
//@ bytes live_f: c0 03 5f d6 dd fe
//@ check: u16(live_f+4) = host + 1
    .section .text.live_f,"ax",%progbits
    .globl live_f
    .type live_f,%function
live_f:
    ret
    .hword host+1
