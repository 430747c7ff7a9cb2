# An indirect function is used through one word: calls through the GOT load it, direct calls and addresses are a stub that jumps through it.
#@ check: pc(pc(live_f+1)+6) = pc(live_f+7)
#@ check: pc(live_f+14) = pc(live_f+1)
#@ bytes pc(live_f+1): f3 0f 1e fa ff 25
    .section .text.live_f,"ax",@progbits
    .globl live_f
    .type live_f,@function
live_f:
    call chosen@PLT
    call *chosen@GOTPCREL(%rip)
    lea chosen(%rip), %rax
    ret
    .section .text.chosen,"ax",@progbits
    .globl chosen
    .type chosen,@gnu_indirect_function
chosen:
    xor %eax, %eax
    ret
