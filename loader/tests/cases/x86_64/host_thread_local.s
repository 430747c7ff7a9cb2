# The host's thread-locals, in every model but descriptors: one distance from the thread pointer, one module.
# The host's block has 24 bytes, its alignment is 16: it starts 32 below the thread pointer.
#@ executable: host.s
#@ check: u64(pc(live_initial+3)) = 16-32
#@ check: i32(live_exec+3) = 16-32
#@ check: u64(pc(live_general+4)) = 1
#@ check: u64(pc(live_general+4)+8) = 16
#@ check: u64(pc(live_local+3)) = 1
#@ check: u64(pc(live_local+3)+8) = 0
#@ check: i32(live_local+15) = 16
#@ bytes live_exec: 48 8d 80 f0 ff ff ff
    .macro function name
    .section .text.\name,"ax",@progbits
    .globl \name
    .type \name,@function
\name:
    .endm

    function live_initial
    mov counter@gottpoff(%rip), %rax
    ret
    function live_exec
    lea counter@tpoff(%rax), %rax
    ret
    function live_general
    .byte 0x66
    lea counter@tlsgd(%rip), %rdi
    .value 0x6666
    rex64
    call __tls_get_addr@PLT
    ret
    function live_local
    lea counter@tlsld(%rip), %rdi
    call __tls_get_addr@PLT
    lea counter@dtpoff(%rax), %rax
    ret
#@ file: host.s
    .section .tdata,"awT",@progbits
    .balign 16
    .quad 1, 2
    .globl counter
    .type counter,@object
counter: .quad 3
    .text
    .globl __tls_get_addr
    .type __tls_get_addr,@function
__tls_get_addr: ret
