# The address of a live function is its stub in every form; calls through the GOT use the slot itself.
#@ check: pc(live_f+1) = stub(live_g)
#@ check: pc(live_f+8) = stub(live_g)
#@ check: u64(pc(live_f+15)) = stub(live_g)
#@ check: u64(live_f+21) = stub(live_g)
#@ check: pc(live_f+31) = slot(live_g)
#@ check: pc(live_f+37) = slot(live_g)
#@ check: u32(stub(live_g)) = 0xFA1E_0FF3
#@ check: u16(stub(live_g)+4) = 0x25FF
#@ check: pc(stub(live_g)+6) = slot(live_g)
    .section .text.live_f,"ax",@progbits
    .globl live_f
    .type live_f,@function
live_f:
    call live_g
    lea live_g(%rip), %rax
    mov live_g@GOTPCREL(%rip), %rax
    movabs $live_g, %rax
    call *live_g@GOTPCREL(%rip)
    jmp *live_g@GOTPCREL(%rip)

    .section .text.live_g,"ax",@progbits
    .globl live_g
    .type live_g,@function
live_g:
    ret
