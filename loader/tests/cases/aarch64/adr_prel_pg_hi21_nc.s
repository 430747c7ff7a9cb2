// R_AARCH64_ADR_PREL_PG_HI21_NC: Page(S + A) - Page(P), unchecked.
//@ define: host = 0x1_1000_0123
//@ bytes live_f: 07 00 80 90 c0 03 5f d6
//@ check: u32(live_f) = 0x90800007
    .section .text.live_f,"ax",%progbits
    .globl live_f
    .type live_f,%function
live_f:
    adrp x7, :pg_hi21_nc:host
    ret
