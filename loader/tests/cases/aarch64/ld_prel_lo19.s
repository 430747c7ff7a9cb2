// R_AARCH64_LD_PREL_LO19: S + A - P.
//@ define: host = 0x0FF0_0008
//@ bytes live_f: 45 00 80 58 45 00 80 18 c0 03 5f d6
    .section .text.live_f,"ax",%progbits
    .globl live_f
    .type live_f,%function
live_f:
    ldr x5, host
    ldr w5, host+4
    ret
