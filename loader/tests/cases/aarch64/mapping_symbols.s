// `$d` and `$x` mark what kind of bytes follow and come before the names of things. They name nothing: `first`
// and `second` are variables, each found by its own name.
//@ check: u64(live_f+8) = first
//@ check: u64(live_f+16) = second + 4
//@ check: u32(first) = 11
//@ check: u32(second) = 22
    .section .text.live_f,"ax",%progbits
    .globl live_f
    .type live_f,%function
live_f:
    ret
    nop
    .xword first
    .xword second + 4
    .data
    .globl first, second
first:
    .word 11
second:
    .word 22, 33
