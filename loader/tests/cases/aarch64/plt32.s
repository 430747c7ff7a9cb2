// R_AARCH64_PLT32: L + A - P: the target itself where the field reaches it, and a stub where it does not.
//@ compiler: clang
//@ define: host = 0x7000_0000
//@ define: far = 0x7000_0000_0000
//@ bytes live_f: c0 03 5f d6 fc ff ff 5f 38 00 00 00
//@ check: live_f + 4 + i32(live_f+4) = host
//@ check: u64(adrp(live_f+8+i32(live_f+8)+4) + ldr(live_f+8+i32(live_f+8)+8)) = far
    .section .text.live_f,"ax",%progbits
    .globl live_f
    .type live_f,%function
live_f:
    ret
    .word host@plt - .
    .word far@plt - .
