// R_AARCH64_LD64_GOTPAGE_LO15: G(S + A) - Page(GOT), below 32 KiB.
//@ define: host = 0x7000_0000_0000
//@ bytes live_f: 0d 10 00 b0 ae 01 40 f9 af 05 40 f9 c0 03 5f d6
//@ check: u64(adrp(live_f) + ldr(live_f+4)) = host
//@ check: u64(adrp(live_f) + ldr(live_f+8)) = host + 8
    .section .text.live_f,"ax",%progbits
    .globl live_f
    .type live_f,%function
live_f:
    adrp x13, _GLOBAL_OFFSET_TABLE_
    ldr x14, [x13, :gotpage_lo15:host]
    ldr x15, [x13, :gotpage_lo15:host+8]
    ret
