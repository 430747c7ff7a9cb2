// A conditional branch to a target out of its reach goes to a stub, as long as that is in reach.
//@ define: far = 0x7000_0000_0000
//@ check: u64(adrp(literal(live_f)+4) + ldr(literal(live_f)+8)) = far
//@ check: literal(live_f+4) = literal(live_f)
    .section .text.live_f,"ax",%progbits
    .globl live_f
    .type live_f,%function
live_f:
    cbz x0, far
    b.ne far
    ret
