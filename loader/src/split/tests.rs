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
fn variables_in_one_section_are_told_apart() {
    let source = "int live_f(void) { extern int a, b; return a + b; }\n\
        __asm__(\".data\\n.globl a, b\\n.type a,@object\\n.type b,@object\\na: .long 1\\n.zero 12\\nb: .long 2\\n.text\");";
    let split = split(Object::parse("live.o", c(source, &[])).unwrap(), &is_live).unwrap();
    let found: Vec<_> = split.statics().iter().map(|it| (it.name.as_str(), it.size)).collect();
    assert_eq!(found, [("a", 16), ("b", 4)]);
}

#[test]
fn ambiguous_variables_are_refused() {
    let source = "static int a = 1, b = 2; int live_f(void) { return a++ + b++; }";
    let object = Object::parse("live.o", c(source, &["-fno-data-sections"])).unwrap();
    let error = split(object, &is_live).err().unwrap();
    assert_eq!(error.kind(), ErrorKind::Ambiguous);
    assert!(error.to_string().contains("-fdata-sections"), "{error}");
}

#[test]
fn jumping_into_a_live_function_is_refused() {
    let source = r#"
        .section .text.live_f,"ax",@progbits
        .globl live_f
        .type live_f,@function
        live_f: nop
        inside: ret
        .section .text.live_g,"ax",@progbits
        .globl live_g
        .type live_g,@function
        live_g: jmp other
        .section .text.other,"ax",@progbits
        .type other,@function
        other: jmp inside
        .section .text.live_h,"ax",@progbits
        .globl live_h
        .type live_h,@function
        live_h: jmp other
    "#;
    let error = split(Object::parse("live.o", assemble(source)).unwrap(), &is_live).err().unwrap();
    assert_eq!(error.kind(), ErrorKind::Ambiguous);
}
