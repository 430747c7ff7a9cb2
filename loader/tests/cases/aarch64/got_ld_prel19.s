// R_AARCH64_GOT_LD_PREL19: G(S + A) - P; the GOT is near only in small windows.
//@ code: 0x1000
//@ read-only: 0x1000
//@ data: 0x10000
//@ define: host = 0x7000_0000_0000
//@ bytes live_f: 10 10 01 58 c0 03 5f d6
//@ check: u64(literal(live_f)) = host
    .section .text.live_f,"ax",%progbits
    .globl live_f
    .type live_f,%function
live_f:
    ldr x16, :got:host
    ret
