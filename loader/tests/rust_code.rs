//! Rust objects, linked and called: arithmetic to panics, calls through slots, statics.

mod common;

use common::{Program, rust};

fn program(source: &str) -> Program {
    let mut program = Program::with_std();
    program.swap(rust(source));
    program
}

#[test]
fn arithmetic_and_literals() {
    let program = program(
        r#"#[unsafe(no_mangle)] pub extern "C-unwind" fn live_gain(x: f32) -> f32 { x * 0.37 + 1.5 }"#,
    );
    assert_eq!(call!(program, "live_gain", fn(f32) -> f32, 2.0), 2.0 * 0.37 + 1.5);
}

#[test]
fn jump_tables() {
    let program = program(
        r#"
        #[inline(never)] fn log(x: u32) -> u32 { std::hint::black_box(x) }
        #[unsafe(no_mangle)] pub extern "C-unwind" fn live_pick(k: u32) -> u32 {
            match k { 0 => log(11), 1 => log(k) * 3 + 5, 2 => log(log(9)), 3 => k << 7,
                      4 => log(k ^ 0x55), 5 => log(1) + log(2), 6 => 77 - log(k), _ => 1000 }
        }"#,
    );
    let expected = [11, 8, 9, 3 << 7, 4 ^ 0x55, 3, 71, 1000];
    for (k, expected) in expected.into_iter().enumerate() {
        assert_eq!(call!(program, "live_pick", fn(u32) -> u32, k as u32), expected, "k = {k}");
    }
}

#[test]
fn tables_of_relative_references_to_strings() {
    let program = program(
        r#"
        #[inline(never)] fn name(k: u32) -> &'static str {
            match k { 0 => "aaaaaaaa", 1 => "bbbbbbbb", 2 => "cccccccc", 3 => "dddddddd", 4 => "eeeeeeee", _ => "ffffffff" }
        }
        #[unsafe(no_mangle)] pub extern "C-unwind" fn live_letter(k: u32) -> u32 {
            u32::from(name(k).as_bytes()[std::hint::black_box(7)])
        }"#,
    );
    for (k, letter) in ('a'..='f').enumerate() {
        let found = call!(program, "live_letter", fn(u32) -> u32, k as u32);
        assert_eq!(found, letter as u32, "k = {k}");
    }
}

#[test]
fn strings_collections_and_formatting() {
    let program = program(
        r#"
        use std::collections::HashMap;
        #[unsafe(no_mangle)] pub extern "C-unwind" fn live_text(n: u32, out: &mut String) {
            let mut words: HashMap<u32, String> = HashMap::new();
            for i in 0..n { words.insert(i, format!("w{i}-{:.2}", i as f32 / 3.0)); }
            let mut list: Vec<&String> = words.values().collect();
            list.sort();
            for word in list { out.push_str(word); out.push(' '); }
            println!("printed by live code: {out}");
        }"#,
    );
    let mut out = String::new();
    call!(program, "live_text", fn(u32, &mut String), 4, &mut out);
    assert_eq!(out, "w0-0.00 w1-0.33 w2-0.67 w3-1.00 ");
}

#[test]
fn trait_objects_and_function_pointers_escape_safely() {
    let mut program = program(
        r#"
        trait Voice { fn next(&mut self) -> f32; }
        struct Saw(f32); struct Square { high: bool, name: String }
        impl Voice for Saw { fn next(&mut self) -> f32 { self.0 += 0.25; self.0 } }
        impl Voice for Square { fn next(&mut self) -> f32 { self.high = !self.high; if self.high { self.name.len() as f32 } else { -1.0 } } }
        pub struct Rack(Vec<Box<dyn Voice>>);
        #[unsafe(no_mangle)] pub extern "C-unwind" fn live_make() -> *mut Rack {
            Box::into_raw(Box::new(Rack(vec![Box::new(Saw(1.0)), Box::new(Square { high: false, name: "abc".repeat(3) })])))
        }
        #[unsafe(no_mangle)] pub extern "C-unwind" fn live_run(rack: &mut Rack) -> f32 { rack.0.iter_mut().map(|v| v.next()).sum() }
        #[unsafe(no_mangle)] pub extern "C-unwind" fn live_drop(rack: *mut Rack) { drop(unsafe { Box::from_raw(rack) }) }
        "#,
    );
    let rack = call!(program, "live_make", fn() -> usize,);
    assert_eq!(call!(program, "live_run", fn(usize) -> f32, rack), 1.25 + 9.0);
    // The generation that made the objects goes; their vtables and methods must stay.
    program.swap(rust(
        r#"
        trait Voice { fn next(&mut self) -> f32; }
        pub struct Rack(Vec<Box<dyn Voice>>);
        #[unsafe(no_mangle)] pub extern "C-unwind" fn live_make() -> *mut Rack { std::ptr::null_mut() }
        #[unsafe(no_mangle)] pub extern "C-unwind" fn live_run(rack: &mut Rack) -> f32 { rack.0.iter_mut().map(|v| 2.0 * v.next()).sum() }
        #[unsafe(no_mangle)] pub extern "C-unwind" fn live_drop(rack: *mut Rack) { drop(unsafe { Box::from_raw(rack) }) }
        "#,
    ));
    assert_eq!(call!(program, "live_run", fn(usize) -> f32, rack), 2.0 * (1.5 - 1.0));
    call!(program, "live_drop", fn(usize), rack);
}

#[test]
fn statics_survive_edits_of_the_code_around_them() {
    let source = |step: u32| {
        format!(
            r#"
            use std::sync::atomic::{{AtomicU32, Ordering::Relaxed}};
            static COUNT: AtomicU32 = AtomicU32::new(40);
            static NAMES: std::sync::Mutex<Vec<String>> = std::sync::Mutex::new(Vec::new());
            #[unsafe(no_mangle)] pub extern "C-unwind" fn live_count() -> u32 {{
                NAMES.lock().unwrap().push(format!("{{}}", {step}));
                COUNT.fetch_add({step}, Relaxed) + NAMES.lock().unwrap().len() as u32 * 1000
            }}"#
        )
    };
    let mut program = program(&source(1));
    assert_eq!(call!(program, "live_count", fn() -> u32,), 1040);
    assert_eq!(call!(program, "live_count", fn() -> u32,), 2041);
    program.swap(rust(&source(5)));
    assert_eq!(call!(program, "live_count", fn() -> u32,), 3042);
    assert_eq!(call!(program, "live_count", fn() -> u32,), 4047);
    let count: Vec<_> = program.linker.statics().filter(|it| it.0.contains("COUNT")).collect();
    assert_eq!(count.len(), 1, "one COUNT: {count:?}");
    assert_eq!(count[0].2, 4);
    // A type that changed makes a new variable with its initial value.
    program.table.fingerprint = 1;
    program.swap(rust(&source(5)));
    assert_eq!(call!(program, "live_count", fn() -> u32,), 1040);
}

const CALLS: &str = r#"
    #[unsafe(no_mangle)] #[inline(never)] pub extern "C-unwind" fn live_leaf(x: u32) -> u32 { x + 1 }
    #[inline(never)] fn private(x: u32) -> u32 { live_leaf(std::hint::black_box(x)) * 10 }
    #[unsafe(no_mangle)] #[inline(never)] pub extern "C-unwind" fn live_root(x: u32) -> u32 { private(x) + live_leaf(x) }
    #[unsafe(no_mangle)] pub extern "C-unwind" fn live_address() -> extern "C-unwind" fn(u32) -> u32 { live_leaf }
    #[unsafe(no_mangle)] pub extern "C-unwind" fn live_factorial(x: u64) -> u64 { if x < 2 { 1 } else { x.wrapping_mul(std::hint::black_box(live_factorial as extern "C-unwind" fn(u64) -> u64)(x - 1)) } }
    "#;

#[test]
fn calls_between_live_functions_go_through_the_slot() {
    let mut program = program(CALLS);
    assert_eq!(call!(program, "live_root", fn(u32) -> u32, 4), 55);
    program.swap(rust(
        r#"#[unsafe(no_mangle)] pub extern "C-unwind" fn live_leaf(x: u32) -> u32 { x + 2 }"#,
    ));
    assert_eq!(call!(program, "live_root", fn(u32) -> u32, 4), 66, "root was not relinked");
}

#[test]
fn the_address_of_a_live_function_is_its_stub() {
    let mut program = program(CALLS);
    let slot = program.table.index("live_leaf");
    let stub = program.linker.stub(slot).unwrap();
    assert_eq!(call!(program, "live_address", fn() -> usize,), stub);
    assert_eq!(call!(program, "live_factorial", fn(u64) -> u64, 10), 3_628_800);
    let before = stub;
    program.swap(rust(CALLS));
    assert_eq!(call!(program, "live_address", fn() -> usize,), before);
}

#[test]
fn private_code_is_shared_and_reclaimed_with_its_last_user() {
    let mut program = program(CALLS);
    let usage = program.memory.usage();
    for _ in 0..3 {
        program.swap(rust(CALLS));
    }
    assert_eq!(program.memory.usage().code, usage.code, "nothing accumulates");
    let stubs = 512;
    program.live.clear();
    assert_eq!(program.memory.usage().code, stubs, "all but the block of stubs was given back");
}

#[test]
fn a_changed_slot_gives_private_code_of_its_own() {
    let mut program = program(CALLS);
    let old =
        (program.live.remove("live_root").unwrap(), program.live.remove("live_leaf").unwrap());
    program.table.renew("live_leaf");
    program.swap(rust(&CALLS.replace("x + 1", "x + 3")));
    assert_eq!(call!(program, "live_root", fn(u32) -> u32, 4), 77);
    // SAFETY: `old` still owns the code and what it calls; the signature is the source's.
    let old_root: extern "C-unwind" fn(u32) -> u32 =
        unsafe { std::mem::transmute::<usize, _>(old.0.entry()) };
    assert_eq!(old_root(4), 55, "old callers go on calling old code, through private code too");
}

#[test]
fn panics_pass_through_live_frames() {
    let program = program(
        r#"
        struct Note<'a>(&'a mut u32);
        impl Drop for Note<'_> { fn drop(&mut self) { *self.0 += 100; } }
        #[unsafe(no_mangle)] #[inline(never)] pub extern "C-unwind" fn live_leaf(x: u32) -> u32 { if x > 3 { panic!("too much: {x}") } x }
        #[unsafe(no_mangle)] pub extern "C-unwind" fn live_root(x: u32, drops: &mut u32) -> u32 {
            let note = Note(drops); let y = live_leaf(x); *note.0 += 1; y }
        #[unsafe(no_mangle)] pub extern "C-unwind" fn live_catch(x: u32) -> u32 {
            std::panic::catch_unwind(|| live_leaf(x)).unwrap_or(99) }
        "#,
    );
    let mut drops = 0;
    assert_eq!(call!(program, "live_root", fn(u32, &mut u32) -> u32, 2, &mut drops), 2);
    assert_eq!(drops, 101);
    let caught = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        call!(program, "live_root", fn(u32, &mut u32) -> u32, 7, &mut drops)
    }));
    let message = *caught.unwrap_err().downcast::<String>().unwrap();
    assert_eq!((message.as_str(), drops), ("too much: 7", 201));
    assert_eq!(call!(program, "live_catch", fn(u32) -> u32, 8), 99);
    assert_eq!(call!(program, "live_catch", fn(u32) -> u32, 1), 1);
}

#[test]
fn unwinding_survives_reuse_of_ranges() {
    let source = |tag: u32| {
        format!(
            r#"#[unsafe(no_mangle)] pub extern "C-unwind" fn live_panic(x: u32) -> u32 {{
                let kept = vec![x; {tag}]; if x > 3 {{ panic!("{tag} at {{x}}") }} kept[0] + {tag} }}
            #[unsafe(no_mangle)] pub extern "C-unwind" fn live_other(x: u32) -> u32 {{
                let kept = vec![x; 3]; if x > 3 {{ panic!("other {tag} at {{x}}") }} kept[0] }}"#
        )
    };
    let mut program = program(&source(1));
    for tag in 1..20 {
        program.swap(rust(&source(tag)));
        for (name, who) in [("live_panic", ""), ("live_other", "other ")] {
            let caught = std::panic::catch_unwind(|| call!(program, name, fn(u32) -> u32, 9));
            let message = *caught.unwrap_err().downcast::<String>().unwrap();
            assert_eq!(message, format!("{who}{tag} at 9"));
        }
    }
}

#[test]
fn backtraces_walk_through_live_frames() {
    let program = program(
        r#"
        #[unsafe(no_mangle)] #[inline(never)] pub extern "C-unwind" fn live_inner(f: extern "C-unwind" fn() -> u32) -> u32 { f() + 1 }
        #[unsafe(no_mangle)] pub extern "C-unwind" fn live_outer(f: extern "C-unwind" fn() -> u32) -> u32 { live_inner(f) + 1 }
        "#,
    );
    #[inline(never)]
    extern "C-unwind" fn count_frames() -> u32 {
        let text = std::backtrace::Backtrace::force_capture().to_string();
        u32::from(text.contains("backtraces_walk_through_live_frames")) * 100
    }
    type Callback = extern "C-unwind" fn() -> u32;
    assert_eq!(call!(program, "live_outer", fn(Callback) -> u32, count_frames), 102);
}

#[test]
fn parts_of_std_that_the_host_lacks_come_from_archives() {
    let source = r#"
        #[unsafe(no_mangle)] pub extern "C-unwind" fn live_utf16(out: &mut String) {
            let units: Vec<u16> = "größer 𝄞".encode_utf16().collect();
            out.push_str(&String::from_utf16_lossy(&units));
            out.push_str(&out.clone().to_uppercase());
        }
        #[unsafe(no_mangle)] pub extern "C-unwind" fn live_address(out: &mut String) {
            let address: std::net::Ipv6Addr = "2001:db8::17".parse().unwrap();
            out.push_str(&format!("{address:?} {:?}", "::g".parse::<std::net::Ipv6Addr>().is_err()));
        }
        #[unsafe(no_mangle)] pub extern "C-unwind" fn live_float(text: &str) -> f64 { text.parse().unwrap_or(-1.0) }
        "#;
    let host_only = Program::with(segue_loader::Symbols::of_process().unwrap(), Default::default());
    let mut host_only = host_only;
    let missing = host_only.link(rust(source)).unwrap_err();
    assert_eq!(missing.kind(), segue_loader::ErrorKind::Undefined, "else this tests nothing");
    let program = program(source);
    let mut out = String::new();
    call!(program, "live_utf16", fn(&mut String), &mut out);
    assert_eq!(out, "größer 𝄞GRÖSSER 𝄞");
    out.clear();
    call!(program, "live_address", fn(&mut String), &mut out);
    assert_eq!(out, "2001:db8::17 true");
    assert_eq!(call!(program, "live_float", fn(&str) -> f64, "3.25e2"), 325.0);
}
