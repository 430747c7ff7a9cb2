# Thread-locals of live code in the room of another process: in every model the same distance from the
# thread pointer. The room is aligned to 64, so it starts 64 above it. `second`, which has a value, is met
# first; `first`, which is zero, follows its 8 bytes.
#@ thread-locals: 64
#@ check: add(live_exec+4) = 0
#@ check: add(live_exec+8) = 64+8
#@ check: add(live_exec+12) = 64
#@ check: u64(adrp(live_initial)+ldr(live_initial+4)) = 64
#@ check: u64(adrp(live_general)+add(live_general+4)) = 1
#@ check: u64(adrp(live_general)+add(live_general+4)+8) = 0
#@ check: u64(adrp(live_descriptor)+ldr(live_descriptor+4)+8) = 64
#@ check: adrp(live_descriptor)+add(live_descriptor+8) = adrp(live_descriptor)+ldr(live_descriptor+4)
#@ check: u64(second) = 0x1122
#@ define: __tls_get_addr = 0x1000_8000
    .macro function name
    .section .text.\name,"ax",%progbits
    .globl \name
    .type \name,%function
\name:
    .endm

    function live_exec
    mrs x0, tpidr_el0
    add x0, x0, #:tprel_hi12:first
    add x1, x0, #:tprel_lo12_nc:first
    add x2, x0, #:tprel_lo12_nc:second
    ret
    function live_initial
    adrp x0, :gottprel:second
    ldr x0, [x0, #:gottprel_lo12:second]
    ret
    function live_general
    adrp x0, :tlsgd:second
    add x0, x0, #:tlsgd_lo12:second
    bl __tls_get_addr
    nop
    ret
    function live_descriptor
    adrp x0, :tlsdesc:second
    ldr x1, [x0, #:tlsdesc_lo12:second]
    add x0, x0, #:tlsdesc_lo12:second
    .tlsdesccall second
    blr x1
    ret
    .section .tbss.first,"awT",%nobits
    .type first,%object
first: .skip 12
    .section .tdata.second,"awT",%progbits
    .balign 16
    .type second,%object
second: .quad 0x1122
