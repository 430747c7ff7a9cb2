//! When is a function the same function?

use std::collections::{BTreeMap, BTreeSet};

use super::Digest;
use crate::blocks::BlockId;
use crate::object::Object;
use crate::split::split;
use crate::testing::{assemble, is_live, rust};

/// Digests of the live functions of an object, by name.
fn digests(object: Vec<u8>) -> BTreeMap<String, u128> {
    let split = split(Object::parse("live.o", object).unwrap(), &is_live).unwrap();
    split.modules().iter().map(|it| (it.name.clone(), it.digest.0)).collect()
}

/// The names of live functions whose digests differ between two Rust sources.
fn changed(before: &str, after: &str) -> Vec<String> {
    let (before, after) = (digests(rust(before)), digests(rust(after)));
    let names = before.keys().chain(after.keys()).collect::<BTreeSet<_>>();
    names.into_iter().filter(|name| before.get(*name) != after.get(*name)).cloned().collect()
}

const SONG: &str = r#"
    use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
    static COUNT: AtomicU32 = AtomicU32::new(3);
    #[inline(never)] fn wave(x: f32) -> f32 { (x * 0.37).sin() }
    #[inline(never)] fn even(n: u32) -> bool { n == 0 || odd(std::hint::black_box(n - 1)) }
    #[inline(never)] fn odd(n: u32) -> bool { n != 0 && even(std::hint::black_box(n - 1)) }
    #[unsafe(no_mangle)] pub extern "C-unwind" fn live_voice(x: f32) -> f32 { wave(x) + wave(x * 2.0) }
    #[unsafe(no_mangle)] pub extern "C-unwind" fn live_count(k: u32) -> u32 {
        match k { 0 => panic!("no zero: {k}"), 1 => COUNT.fetch_add(1, Relaxed), 2 => even(k) as u32, 3 => k * 77, 4 => 1 << k, 5 => odd(k) as u32 + 3, _ => k / 3 } }
    #[unsafe(no_mangle)] pub extern "C-unwind" fn live_text(out: &mut String) { out.push_str(&format!("{} and {}", COUNT.load(Relaxed), "words")); }
"#;

#[test]
fn the_same_source_has_the_same_digests() {
    assert_eq!(changed(SONG, SONG), [""; 0]);
}

#[test]
fn comments_that_do_not_move_lines_and_order_do_not_count() {
    let commented = SONG.replace("{ wave(x) + wave", "{ /* two */ wave(x) + wave");
    assert_eq!(changed(SONG, &commented), [""; 0]);
    let mut lines: Vec<&str> = SONG.lines().collect();
    // Exchange the two private functions: one line each, without panics in them.
    let at = lines.iter().position(|line| line.contains("fn even")).unwrap();
    lines.swap(at, at + 1);
    assert_eq!(changed(SONG, &lines.join("\n")), [""; 0]);
}

#[test]
fn unrelated_functions_and_strings_do_not_count() {
    let more = format!(
        "{SONG}\n#[unsafe(no_mangle)] pub extern \"C-unwind\" fn live_new(out: &mut String) \
         {{ out.push_str(\"a string that shifts the others\"); out.push_str(&1.5f32.to_string()); }}"
    );
    assert_eq!(changed(SONG, &more), ["live_new"]);
}

#[test]
fn a_private_function_counts_for_its_callers_only() {
    assert_eq!(changed(SONG, &SONG.replace("0.37", "0.38")), ["live_voice"]);
}

#[test]
fn recursive_private_functions_count_for_their_callers() {
    let edited = SONG.replace("n != 0 && even", "n > 1 && even");
    assert_eq!(changed(SONG, &edited), ["live_count"]);
}

#[test]
fn jump_tables_strings_and_literals_count() {
    for (from, to) in [("k * 77", "k * 78"), ("no zero", "not zero"), ("1 << k", "2 << k")] {
        assert_eq!(changed(SONG, &SONG.replace(from, to)), ["live_count"], "{from} to {to}");
    }
    assert_eq!(changed(SONG, &SONG.replace("words", "sword")), ["live_text"]);
}

#[test]
fn a_statics_layout_counts_but_not_its_initial_value() {
    let value = SONG.replace("AtomicU32::new(3)", "AtomicU32::new(4)");
    assert_eq!(changed(SONG, &value), [""; 0]);
}

#[test]
fn calls_to_live_functions_count_by_name() {
    let source = |callee: &str, body: &str| {
        format!(
            "#[unsafe(no_mangle)] #[inline(never)] pub extern \"C-unwind\" fn {callee}(x: u32) -> u32 {{ {body} }}
             #[unsafe(no_mangle)] pub extern \"C-unwind\" fn live_root(x: u32) -> u32 {{ {callee}(x) + 1 }}"
        )
    };
    let before = source("live_a", "std::hint::black_box(x)");
    assert_eq!(changed(&before, &source("live_a", "std::hint::black_box(x + 1)")), ["live_a"]);
    let other = source("live_b", "std::hint::black_box(x)");
    assert_eq!(changed(&before, &other), ["live_a", "live_b", "live_root"]);
}

/// Two private functions that jump to each other, told apart by one constant each.
fn ring(first: u32, second: u32) -> Vec<u8> {
    assemble(&format!(
        r#"
        .macro function name
        .section .text.\name,"ax",@progbits
        .type \name,@function
        \name:
        .endm
        function first
            mov ${first}, %eax
            jmp second
        function second
            mov ${second}, %ecx
            jmp first
        .globl live_f
        function live_f
            call first@PLT
            ret
        "#
    ))
}

#[test]
fn cycles_are_compared_by_what_they_do() {
    let digest = |object| digests(object)["live_f"];
    assert_eq!(digest(ring(1, 2)), digest(ring(1, 2)));
    assert_ne!(digest(ring(1, 2)), digest(ring(1, 3)), "behind the first jump");
    assert_ne!(digest(ring(1, 2)), digest(ring(2, 1)));
    assert_ne!(digest(ring(1, 1)), digest(ring(1, 2)));
}

#[test]
fn long_chains_need_no_stack() {
    use std::fmt::Write;
    let mut source = String::from(
        ".section .text.live_f,\"ax\",@progbits\n.globl live_f\n.type live_f,@function\n\
         live_f: lea link0(%rip), %rax\nret\n",
    );
    const LINKS: usize = 20_000;
    for index in 0..LINKS {
        let next = (index + 1) % LINKS;
        let section = if index % 100 == 99 { "rodata" } else { "data.rel.ro" };
        writeln!(
            source,
            ".section .{section}.link{index},\"aw\",@progbits\nlink{index}: .quad link{next}, {index}"
        )
        .unwrap();
    }
    let source = source.replace(".rodata.link", ".data.rel.ro.local.link");
    assert_eq!(digests(assemble(&source)).len(), 1);
}

#[test]
fn unwind_information_counts() {
    let source = |cfi: &str| {
        assemble(&format!(
            ".section .text.live_f,\"ax\",@progbits\n.globl live_f\n.type live_f,@function\n\
             live_f: .cfi_startproc\nnop\n{cfi}\nret\n.cfi_endproc\n"
        ))
    };
    assert_ne!(digests(source("")), digests(source(".cfi_def_cfa_offset 32")));
    assert_eq!(digests(source("")), digests(source("")));
}

#[test]
fn many_references_to_a_bound_once_hashed_the_section_for_each() {
    let object = |entry: u32| {
        assemble(&format!(
            ".section entries,\"a\"\n.rept 0x100000\n.byte {entry}\n.endr\n\
             .section .text.live_f,\"ax\"\n.globl live_f\n.type live_f,@function\n\
             live_f: .rept 50000\n.quad __start_entries\n.endr\n ret\n"
        ))
    };
    let first = digests(object(1));
    assert_eq!(first, digests(object(1)));
    assert_ne!(first["live_f"], digests(object(2))["live_f"]);
}

/// `live_f`, and a ring of private functions, of which one is different.
fn long_ring(members: usize, different: &str) -> Vec<u8> {
    let mut source = String::from(
        ".macro function name\n.section .text.\\name,\"ax\",@progbits\n.type \\name,@function\n\
         \\name:\n.endm\n.globl live_f\nfunction live_f\n jmp f0\n",
    );
    for member in 0..members {
        let more = if member == members / 2 { different } else { "" };
        let next = (member + 1) % members;
        source.push_str(&format!("function f{member}\n {more}\n jmp f{next}\n"));
    }
    assemble(&source)
}

#[test]
fn a_ring_of_functions_of_which_one_differs_once_took_a_round_for_each() {
    let members = 6000;
    let object = long_ring(members, "nop");
    let split = split(Object::parse("live.o", object.clone()).unwrap(), &is_live).unwrap();
    // None is taken for another, since each is at another distance from the one that differs.
    let blocks = 0..split.units.blocks.blocks.len() as u32;
    let mut found: BTreeSet<_> = blocks.map(|it| split.units.unit(BlockId(it)).digest).collect();
    found.remove(&Digest(0)); // Of blocks that nothing reaches.
    assert_eq!(found.len(), members + 1);
    assert_eq!(digests(object.clone()), digests(object));
    assert_ne!(digests(long_ring(100, "nop")), digests(long_ring(100, "int3")));
    assert_ne!(digests(long_ring(100, "nop")), digests(long_ring(101, "nop")));
}
