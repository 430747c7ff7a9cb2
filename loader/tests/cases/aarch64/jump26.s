// R_AARCH64_JUMP26: L + A - P: the target itself where the field reaches it, and a stub where it does not.
//@ define: host = 0x0800_0000
//@ define: far = 0x07FF_FFFC
//@ bytes live_f: 00 00 00 16 0f 00 00 14
//@ check: branch(live_f) = host
//@ check: u64(adrp(branch(live_f+4)+4) + ldr(branch(live_f+4)+8)) = far
    .section .text.live_f,"ax",%progbits
    .globl live_f
    .type live_f,%function
live_f:
    b host
    b far
