// R_AARCH64_ADR_GOT_PAGE: Page(G(S + A)) - Page(P).
//@ define: host = 0x7000_0000_0000
//@ bytes live_f: 0d 10 00 90 ad 01 41 f9 c0 03 5f d6
//@ check: u64(adrp(live_f) + ldr(live_f+4)) = host
    .section .text.live_f,"ax",%progbits
    .globl live_f
    .type live_f,%function
live_f:
    adrp x13, :got:host
    ldr x13, [x13, :got_lo12:host]
    ret
