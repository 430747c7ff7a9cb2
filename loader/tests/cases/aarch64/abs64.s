// R_AARCH64_ABS64: S + A.
//@ define: host = 0x1122_3344_5566_7788
//@ bytes live_f: c0 03 5f d6 00 00 00 00 89 77 66 55 44 33 22 11
//@ check: u64(live_f+8) = host + 1
    .section .text.live_f,"ax",%progbits
    .globl live_f
    .type live_f,%function
live_f:
    ret
    .word 0
    .xword host+1
