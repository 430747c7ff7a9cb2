//! What a split reports about an object.

use super::split;
use crate::error::ErrorKind;
use crate::object::Object;
use crate::testing::{assemble, c, is_live, rust};

#[test]
fn modules_list_calls_and_statics_through_private_code() {
    let source = r#"
        use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
        static COUNT: AtomicU64 = AtomicU64::new(3);
        static UNUSED: AtomicU64 = AtomicU64::new(4);
        #[unsafe(no_mangle)] #[inline(never)] pub extern "C-unwind" fn live_leaf(x: u64) -> u64 { std::hint::black_box(x) }
        #[inline(never)] fn private(x: u64) -> u64 { COUNT.fetch_add(live_leaf(x), Relaxed) }
        #[unsafe(no_mangle)] pub extern "C-unwind" fn live_root(x: u64) -> u64 { private(x) + private(x + 1) }
    "#;
    let split = split(Object::parse("live.o", rust(source)).unwrap(), &is_live).unwrap();
    let names: Vec<_> = split.modules().iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["live_leaf", "live_root"]);
    let root = &split.modules()[split.find("live_root").unwrap()];
    assert_eq!(root.calls, ["live_leaf"]);
    assert_eq!(root.statics.len(), 1);
    assert!(root.size > 0 && root.statics[0].contains("COUNT"));
    assert_eq!(split.modules()[0].calls, [""; 0]);
    let [count] = split.statics() else { panic!("UNUSED is pruned: {:?}", split.statics()) };
    assert_eq!((count.size, count.align), (8, 8));
    assert_eq!(count.name, root.statics[0]);
}

#[test]
fn addresses_are_told_from_calls_and_found_behind_statics() {
    let source = r#"
        use std::sync::atomic::{AtomicPtr, Ordering::Relaxed};
        #[unsafe(no_mangle)] #[inline(never)] pub extern "C-unwind" fn live_called(x: u64) -> u64 { std::hint::black_box(x) }
        #[unsafe(no_mangle)] #[inline(never)] pub extern "C-unwind" fn live_stored(x: u64) -> u64 { std::hint::black_box(x) + 1 }
        #[unsafe(no_mangle)] #[inline(never)] pub extern "C-unwind" fn live_passed(x: u64) -> u64 { std::hint::black_box(x) + 2 }
        static TABLE: AtomicPtr<()> = AtomicPtr::new(live_stored as *mut ());
        #[unsafe(no_mangle)] pub extern "C-unwind" fn live_root(x: u64) -> u64 {
            let passed: extern "C-unwind" fn(u64) -> u64 = std::hint::black_box(live_passed);
            live_called(x) + passed(x) + TABLE.load(Relaxed) as u64
        }
    "#;
    let split = split(Object::parse("live.o", rust(source)).unwrap(), &is_live).unwrap();
    let root = &split.modules()[split.find("live_root").unwrap()];
    assert_eq!(root.calls, ["live_called", "live_passed", "live_stored"]);
    assert_eq!(root.addresses, ["live_passed", "live_stored"]);
}

#[test]
fn variables_in_one_section_are_told_apart() {
    let source = "int live_f(void) { extern int a, b; return a + b; }\n\
        __asm__(\".data\\n.globl a, b\\n.type a,@object\\n.type b,@object\\na: .long 1\\n.zero 12\\nb: .long 2\\n.text\");";
    let split = split(Object::parse("live.o", c(source, &[])).unwrap(), &is_live).unwrap();
    let found: Vec<_> = split.statics().iter().map(|it| (it.name.as_str(), it.size)).collect();
    assert_eq!(found, [("a", 16), ("b", 4)]);
}

#[test]
fn variables_that_nothing_tells_apart_stay_together() {
    let source = "static int a = 1, b = 2; int live_f(void) { return a++ + b++; }";
    let object = Object::parse("live.o", c(source, &["-fno-data-sections"])).unwrap();
    let split = split(object, &is_live).unwrap();
    let found: Vec<_> = split.statics().iter().map(|it| it.size).collect();
    assert_eq!(found, [8]);
}

/// Two live functions, the second with this body, and what else is said.
fn beside_live_f(body: &str, more: &str) -> Result<super::Split, crate::Error> {
    let source = format!(
        r#"
        .macro function name
        .section .text.\name,"ax",@progbits
        .globl \name
        .type \name,@function
        \name:
        .endm
        function live_f
        nop
        inside: ret
        function live_g
        {body}
        ret
        {more}
        "#
    );
    split(Object::parse("live.o", assemble(&source)).unwrap(), &is_live)
}

#[test]
fn references_into_a_live_function_are_refused() {
    let shared = "function other\n jmp inside\n function live_h\n jmp other";
    let pointer = ".section .data.pointer,\"aw\"\n pointer: .quad live_f + 1";
    for (body, more) in [
        ("jmp inside", ""),
        ("lea live_f+1(%rip), %rax", ""),
        ("lea live_undefined+1(%rip), %rax", ""),
        ("jmp other", shared),
        ("mov pointer(%rip), %rax", pointer),
        ("mov inside@GOTPCREL(%rip), %rax", ""),
    ] {
        let error = beside_live_f(body, more).err().unwrap_or_else(|| panic!("{body} was taken"));
        assert_eq!(error.kind(), ErrorKind::Ambiguous, "{body}: {error}");
    }
}

#[test]
fn references_to_a_live_function_itself_are_fine() {
    let pointer = ".section .data.rel.ro.pointer,\"aw\"\n.quad 0\n pointer: .quad live_f\n\
        .long 0, live_f - ., live_undefined - .";
    for (body, more) in [
        ("jmp live_f", ""),
        ("lea live_f(%rip), %rax", ""),
        ("call live_undefined@PLT", ""),
        ("cmpq $0, live_undefined@GOTPCREL(%rip)", ""),
        ("mov pointer(%rip), %rax", pointer),
    ] {
        let split = beside_live_f(body, more).unwrap_or_else(|error| panic!("{body}: {error}"));
        let calls = &split.modules()[split.find("live_g").unwrap()].calls;
        assert!(
            !calls.is_empty() && calls.iter().all(|name| name.starts_with("live_")),
            "{calls:?}"
        );
    }
}

/// A destructor that a thread runs at its end called a live function that had been reclaimed.
#[test]
fn what_escaping_private_code_calls_counts_as_addressed() {
    let private = "function direct\n call live_a@PLT\n ret\n function pointed\n call live_b@PLT\n ret\n\
        function first\n call second\n ret\n function second\n call live_c@PLT\n lea first(%rip), %rax\n ret\n\
        .section .data.rel.ro.table,\"aw\"\n table: .quad pointed";
    let addresses = |body: &str| {
        let split = beside_live_f(body, private).unwrap();
        let module = &split.modules()[split.find("live_g").unwrap()];
        assert_eq!(module.calls.len(), 1, "{body}");
        module.addresses.clone()
    };
    assert!(addresses("call direct").is_empty());
    assert_eq!(addresses("lea direct(%rip), %rax"), ["live_a"]);
    assert_eq!(addresses("lea table(%rip), %rax"), ["live_b"]);
    assert_eq!(addresses("call first"), ["live_c"], "the address is taken inside the recursion");
}

#[test]
fn many_references_into_one_long_string_once_looked_for_its_ends_each_time() {
    let source = ".section .rodata.str,\"aMS\",@progbits,1\n.byte 65, 0\nlong: .rept 0x100000\n\
        .byte 65\n.endr\nmiddle: .rept 0x100000\n.byte 65\n.endr\n.byte 0\nlast: .asciz \"A\"\n\
        .section .text.live_f,\"ax\"\n.globl live_f\n.type live_f,@function\n\
        live_f: .rept 10000\n.quad middle, long, last\n.endr\n ret\n";
    let split = split(Object::parse("live.o", assemble(source)).unwrap(), &is_live).unwrap();
    let blocks = &split.units.blocks;
    let found: Vec<_> = blocks.pieces.values().map(|id| blocks.block(*id)).collect();
    let found: Vec<_> = found.iter().map(|block| (block.start, block.end)).collect();
    assert_eq!(found, [(2, 0x20_0003), (0x20_0003, 0x20_0005)]);
}

/// `live_f`, which calls a chain of private functions with the variables that `variable` names.
fn chain(length: usize, variable: impl Fn(usize) -> usize) -> Result<super::Split, crate::Error> {
    let mut source = String::from(
        ".macro function name\n.section .text.\\name,\"ax\",@progbits\n.type \\name,@function\n\
         \\name:\n.endm\n.globl live_f\nfunction live_f\n call f0\n ret\n",
    );
    for index in 0..length {
        let (next, variable) = ((index + 1).min(length - 1), variable(index));
        source.push_str(&format!("function f{index}\n call f{next}\n incl v{variable}(%rip)\n"));
    }
    for index in 0..length {
        source.push_str(&format!(
            ".section .data.v{index},\"aw\"\n.type v{index},@object\n.size v{index}, 8\nv{index}: .quad {index}\n"
        ));
    }
    split(Object::parse("live.o", assemble(&source)).unwrap(), &is_live)
}

#[test]
fn a_long_chain_of_functions_with_a_variable_each_once_took_memory_with_its_square() {
    let error = chain(2000, |index| index).err().unwrap();
    assert_eq!(error.kind(), ErrorKind::Unsupported);
    assert!(error.to_string().contains("divide the object"), "{error}");
    // Usual lengths, and lists that are the same, are no matter.
    let found = |chain: super::Split| chain.modules()[0].statics.len();
    assert_eq!(found(chain(1000, |index| index).unwrap()), 1000);
    assert_eq!(found(chain(4000, |index| index % 2).unwrap()), 2);
}

/// Every entry looked through all relocations of its section.
#[test]
fn a_hundred_thousand_constructors_are_listed_at_once() {
    let list = ".section .init_array,\"aw\"\n .rept 100000\n .quad live_f\n .endr";
    assert_eq!(beside_live_f("ret", list).unwrap().startup.len(), 100_000);
}
