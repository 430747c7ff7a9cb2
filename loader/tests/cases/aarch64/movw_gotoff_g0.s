// R_AARCH64_MOVW_GOTOFF_G0: bits 0 to 15 of G(S + A) - GOT; such entries are near the GOT's base.
//@ renumber: 263 = 300
//@ define: host = 0x7000_0000_0000
//@ bytes live_f: 00 00 80 d2 c0 03 5f d6
//@ check: u64(_GLOBAL_OFFSET_TABLE_ + mov(live_f)) = host + 8
    .section .text.live_f,"ax",%progbits
    .globl live_f
    .type live_f,%function
live_f:
    movz x0, #:abs_g0:host+8
    ret
