// The page of an address is within 4 GiB, or an error.
//@ define: host = 0x1_1000_0000
//@ error: R_AARCH64_ADR_PREL_PG_HI21 at .text.live_f+0x0 to host: the target's page is 0x100000000 bytes away, the field reaches +-4 GiB
    .section .text.live_f,"ax",%progbits
    .globl live_f
    .type live_f,%function
live_f:
    adrp x0, host
    ret
