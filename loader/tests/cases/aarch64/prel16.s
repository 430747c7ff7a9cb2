// R_AARCH64_PREL16: S + A - P.
//@ define: host = 0x1000_7FF0
//@ bytes live_f: c0 03 5f d6 ed 7f
//@ check: live_f + 4 + i16(live_f+4) = host + 1
    .section .text.live_f,"ax",%progbits
    .globl live_f
    .type live_f,%function
live_f:
    ret
    .hword host+1-.
