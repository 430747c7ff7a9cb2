// A member of an archive finds the base of the GOT too, as -fpic takes it.
//@ archive: lib.a = member.s
//@ link: got_in_archive.s
//@ define: host = 0x7000_0000_0000
//@ check: branch(live_f) = member
//@ check: u64(adrp(member) + ldr(member+4)) = host
//@ check: adrp(member) = _GLOBAL_OFFSET_TABLE_
    .section .text.live_f,"ax",%progbits
    .globl live_f
    .type live_f,%function
live_f:
    b member
//@ file: member.s
    .section .text.member,"ax",%progbits
    .globl member
    .type member,%function
member:
    adrp x0, _GLOBAL_OFFSET_TABLE_
    ldr x0, [x0, :gotpage_lo15:host]
    ret
