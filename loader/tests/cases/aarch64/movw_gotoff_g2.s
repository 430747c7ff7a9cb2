// R_AARCH64_MOVW_GOTOFF_G2: bits 32 to 47 of G(S + A) - GOT.
//@ renumber: 267 = 304
//@ renumber: 266 = 303
//@ renumber: 264 = 301
//@ define: host = 0x7000_0000_0000
//@ bytes live_f: 00 00 c0 92 e0 ff bf f2 00 40 9e f2 c0 03 5f d6
//@ check: u64(_GLOBAL_OFFSET_TABLE_ + mov(live_f) - 0xFFFF_FFFF + mov(live_f+4) + mov(live_f+8)) = host + 8
    .section .text.live_f,"ax",%progbits
    .globl live_f
    .type live_f,%function
live_f:
    movz x0, #:abs_g2:host+8
    movk x0, #:abs_g1_nc:host+8
    movk x0, #:abs_g0_nc:host+8
    ret
