// The address of a live function is its stub in every form, and calls go there. The middle of one belongs to
// one generation and is reached directly, by itself only.
//@ check: branch(live_f) = stub(live_g)
//@ check: branch(live_f+4) = stub(live_g)
//@ check: adrp(live_f+8) + add(live_f+12) = stub(live_g)
//@ check: u64(adrp(live_f+16) + ldr(live_f+20)) = stub(live_g)
//@ check: u64(live_f+24) = stub(live_g)
//@ check: branch(live_f+32) = live_f + 4
//@ check: adrp(stub(live_g)+4) + ldr(stub(live_g)+8) = slot(live_g)
//@ check: u32(stub(live_g)) = 0xD503_245F
//@ check: u32(stub(live_g)+12) = 0xD61F_0200
    .section .text.live_f,"ax",%progbits
    .globl live_f
    .type live_f,%function
live_f:
    bl live_g
    b live_g
    adrp x0, live_g
    add x0, x0, :lo12:live_g
    adrp x0, :got:live_g
    ldr x0, [x0, :got_lo12:live_g]
    .xword live_g
    .reloc 32, R_AARCH64_JUMP26, .text.live_f+4
    b .

    .section .text.live_g,"ax",%progbits
    .globl live_g
    .type live_g,%function
live_g:
    ret
