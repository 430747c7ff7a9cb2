// R_AARCH64_GOTREL64: S + A - GOT.
//@ renumber: 257 = 307
//@ define: host = 0x7000_0000_0000
//@ bytes live_f: c0 03 5f d6 00 00 00 00 01 f0 df ef ff 6f 00 00
//@ check: _GLOBAL_OFFSET_TABLE_ + i64(live_f+8) = host + 1
    .section .text.live_f,"ax",%progbits
    .globl live_f
    .type live_f,%function
live_f:
    ret
    .word 0
    .xword host+1
