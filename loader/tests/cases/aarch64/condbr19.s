// R_AARCH64_CONDBR19: S + A - P.
//@ define: host = 0x100F_FFFC
//@ bytes live_f: e1 ff 7f 54 83 ff 7f b4 c0 03 5f d6
    .section .text.live_f,"ax",%progbits
    .globl live_f
    .type live_f,%function
live_f:
    b.ne host
    cbz x3, host-8
    ret
