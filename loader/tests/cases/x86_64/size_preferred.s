# The size is that of the definition that counts: a weak one yields to another object's.
#@ file: second.s
    .data
    .globl sized
    .type sized,@object
    .size sized, 24
sized:
    .zero 24
#@ file: first.s
    .section .text.live_f,"ax",@progbits
    .globl live_f
    .type live_f,@function
live_f:
    # Assemblers know the size of what they define: they have to be asked for a relocation.
    mov $0, %eax
    .reloc 1, R_X86_64_SIZE32, sized
    mov $elsewhere@SIZE, %eax
    ret
    .section .data.sized,"aw",@progbits
    .weak sized
    .type sized,@object
    .size sized, 8
sized:
    .quad 0
#@ file: third.s
    .section .data.elsewhere,"aw",@progbits
    .globl elsewhere
    .type elsewhere,@object
    .size elsewhere, 40
elsewhere:
    .zero 40
#@ link: first.s second.s third.s
#@ check: u32(live_f+1) = 24
#@ check: u32(live_f+6) = 40
