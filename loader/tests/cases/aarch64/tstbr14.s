// R_AARCH64_TSTBR14: S + A - P.
//@ define: host = 0x1000_7FFC
//@ bytes live_f: e3 ff 0b b6 84 ff 0b 37 c0 03 5f d6
    .section .text.live_f,"ax",%progbits
    .globl live_f
    .type live_f,%function
live_f:
    tbz x3, #33, host
    tbnz w4, #1, host-8
    ret
