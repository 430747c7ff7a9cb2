# What finds no room in a window is named, with its object, section and offset.
#@ code: 0x1000
#@ error: code_window_full.o: live_f at .text.live_f+0x0: the Code window has no free range of 5000 bytes
    .section .text.live_f,"ax",@progbits
    .globl live_f
    .type live_f,@function
live_f:
    ret
    .zero 4999
