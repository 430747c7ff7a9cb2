// R_AARCH64_LD64_GOT_LO12_NC: the low 12 bits of G(S + A): the addend is inside the entry.
//@ define: host = 0x7000_0000_0000
//@ bytes live_f: 0d 10 00 90 ae 01 41 f9 c0 03 5f d6
//@ check: u64(adrp(live_f) + ldr(live_f+4)) = host + 24
    .section .text.live_f,"ax",%progbits
    .globl live_f
    .type live_f,%function
live_f:
    adrp x13, :got:host+24
    ldr x14, [x13, :got_lo12:host+24]
    ret
