# Thread-locals of live code in the room of another process: in every model the same distance from the
# thread pointer. The room of 64 bytes starts 64 below it. `second`, which has a value, is met first;
# `first`, which is zero, follows its 8 bytes.
#@ thread-locals: 64
#@ check: i32(live_exec+3) = 8-64
#@ check: i32(live_exec+10) = -64
#@ check: u64(pc(live_initial+3)) = -64
#@ check: u64(pc(live_general+4)) = 1
#@ check: u64(pc(live_general+4)+8) = 0
#@ check: u64(pc(live_local+3)) = 1
#@ check: u64(pc(live_local+3)+8) = 0
#@ check: i32(live_local+15) = 0
#@ check: i32(live_local+22) = 8
#@ check: u64(pc(live_descriptor+3)+8) = -64
#@ check: u64(second) = 0x1122
#@ define: __tls_get_addr = 0x40_0000
    .macro function name
    .section .text.\name,"ax",@progbits
    .globl \name
    .type \name,@function
\name:
    .endm

    function live_exec
    lea first@tpoff(%rax), %rcx
    lea second@tpoff(%rax), %rdx
    ret
    function live_initial
    mov second@gottpoff(%rip), %rax
    ret
    function live_general
    .byte 0x66
    lea second@tlsgd(%rip), %rdi
    .value 0x6666
    rex64
    call __tls_get_addr@PLT
    ret
    function live_local
    lea second@tlsld(%rip), %rdi
    call __tls_get_addr@PLT
    lea second@dtpoff(%rax), %rcx
    lea first@dtpoff(%rax), %rdx
    ret
    function live_descriptor
    lea second@tlsdesc(%rip), %rax
    call *second@tlscall(%rax)
    ret
    .section .tbss.first,"awT",@nobits
    .type first,@object
first: .skip 12
    .section .tdata.second,"awT",@progbits
    .balign 16
    .type second,@object
second: .quad 0x1122
