// R_AARCH64_CALL26: L + A - P: the target itself where the field reaches it, and a stub where it does not.
//@ define: host = 0x17FF_FFF8
//@ define: far = 0x1800_0004
//@ bytes live_f: fe ff ff 95 0f 00 00 94 12 00 00 94
//@ check: branch(live_f) = host
//@ check: u64(adrp(branch(live_f+4)+4) + ldr(branch(live_f+4)+8)) = far
//@ check: u64(adrp(branch(live_f+8)+4) + ldr(branch(live_f+8)+8)) = far + 8
    .section .text.live_f,"ax",%progbits
    .globl live_f
    .type live_f,%function
live_f:
    bl host
    bl far
    bl far+8
