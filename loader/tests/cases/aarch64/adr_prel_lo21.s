// R_AARCH64_ADR_PREL_LO21: S + A - P.
//@ define: host = 0x100F_FFFD
//@ bytes live_f: e6 ff 7f 30 c6 ff 7f 70 c0 03 5f d6
    .section .text.live_f,"ax",%progbits
    .globl live_f
    .type live_f,%function
live_f:
    adr x6, host
    adr x6, host+2
    ret
