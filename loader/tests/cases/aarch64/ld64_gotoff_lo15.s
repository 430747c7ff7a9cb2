// R_AARCH64_LD64_GOTOFF_LO15: G(S + A) - GOT, below 32 KiB.
//@ define: host = 0x7000_0000_0000
//@ bytes live_f: 0d 10 00 b0 ad 01 00 91 ae 01 40 f9 c0 03 5f d6
//@ check: adrp(live_f) + add(live_f+4) = _GLOBAL_OFFSET_TABLE_
//@ check: u64(_GLOBAL_OFFSET_TABLE_ + ldr(live_f+8)) = host
    .section .text.live_f,"ax",%progbits
    .globl live_f
    .type live_f,%function
live_f:
    adrp x13, _GLOBAL_OFFSET_TABLE_
    add x13, x13, :lo12:_GLOBAL_OFFSET_TABLE_
    ldr x14, [x13, :gotoff_lo15:host]
    ret
