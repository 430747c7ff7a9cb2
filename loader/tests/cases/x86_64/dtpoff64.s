# R_X86_64_DTPOFF64: the offset of S + A in its module's block.
#@ executable: host.s
#@ bytes live_f: 48 b8 44 23 01 00 00 00 00 00 c3
#@ check: u64(live_f+2) = 0x12344
    .section .text.live_f,"ax",@progbits
    .globl live_f
    .type live_f,@function
live_f:
    movabs $counter@dtpoff+4, %rax
    ret
#@ file: host.s
    .section .tbss,"awT",@nobits
    .balign 16
    .zero 0x12340
    .globl counter
    .type counter,@object
counter:
    .zero 0x20
