// R_AARCH64_GOTPCREL32: G + A - P.
//@ renumber: 261 = 315
//@ define: host = 0x7000_0000_0000
//@ bytes live_f: c0 03 5f d6 00 02 20 00
//@ check: u64(live_f + i32(live_f+4)) = host
    .section .text.live_f,"ax",%progbits
    .globl live_f
    .type live_f,%function
live_f:
    ret
    .word 0
    .reloc 4, R_AARCH64_PREL32, host+4
