# Of an archive only the member that defines a name is linked, and of it only what is needed. Definitions of the program come first.
#@ archive: x.a = first.s second.s
#@ link: archive.s
#@ check: u32(pc(live_f+2)) = 7
#@ check: u32(pc(live_f+8)) = 1
    .section .text.live_f,"ax",@progbits
    .globl live_f
    .type live_f,@function
live_f:
    mov from_archive(%rip), %eax
    mov own(%rip), %eax
    ret
    .section .data.own,"aw",@progbits
    .globl own
    .type own,@object
own: .long 1
#@ file: first.s
    .section .data.own,"aw",@progbits
    .globl own
    .type own,@object
own: .long 2
    .quad nobody_has_this
#@ file: second.s
    .section .data.from_archive,"aw",@progbits
    .globl from_archive
    .type from_archive,@object
from_archive: .long 7
    .section .data.unneeded,"aw",@progbits
    .globl unneeded
    .type unneeded,@object
unneeded: .quad nobody_has_this
