# A variable that finds no room in its window is named, with its object, section and offset.
#@ data: 0x1000
#@ error: data_window_full.o: large at .data.both+0x8: the Data window has no free range of 5000 bytes
    .section .text.live_f,"ax",@progbits
    .globl live_f
    .type live_f,@function
live_f:
    mov large(%rip), %eax
    mov small(%rip), %eax
    ret
    .section .data.both,"aw",@progbits
    .globl small, large
    .type small,@object
    .size small, 8
    .type large,@object
    .size large, 5000
small: .quad 1
large: .zero 5000
