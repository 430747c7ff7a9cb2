// R_AARCH64_GOTREL32: S + A - GOT.
//@ renumber: 258 = 308
//@ define: host = 0x7000_0000
//@ bytes live_f: c0 03 5f d6 01 f0 df 5f
//@ check: _GLOBAL_OFFSET_TABLE_ + i32(live_f+4) = host + 1
    .section .text.live_f,"ax",%progbits
    .globl live_f
    .type live_f,%function
live_f:
    ret
    .word host+1
