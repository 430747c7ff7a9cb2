// R_AARCH64_ADR_PREL_PG_HI21: Page(S + A) - Page(P).
//@ define: host = 0x1_0F12_3FFF
//@ bytes live_f: 07 89 7f f0 27 89 7f 90 c0 03 5f d6
//@ check: adrp(live_f) = page(host)
//@ check: adrp(live_f+4) = page(host + 1)
    .section .text.live_f,"ax",%progbits
    .globl live_f
    .type live_f,%function
live_f:
    adrp x7, host
    adrp x7, host+1
    ret
