// R_AARCH64_PREL32: S + A - P.
//@ define: host = 0x7000_0000
//@ bytes live_f: c0 03 5f d6 fd ff ff 5f
//@ check: live_f + 4 + i32(live_f+4) = host + 1
    .section .text.live_f,"ax",%progbits
    .globl live_f
    .type live_f,%function
live_f:
    ret
    .word host+1-.
