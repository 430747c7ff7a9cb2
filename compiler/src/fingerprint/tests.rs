//! Which edits change which fingerprints.

use super::*;
use crate::interface::Interface;
use crate::source::Support;

const BASE: &str = "
use prelude::*;

const TAPS: usize = 4;
const LEVEL: f32 = 0.5;
static COUNT: Counter = Counter(0);

macro_rules! louder { ($x:expr) => { $x * 2.0 } }
macro_rules! made { ($name:ident) => { pub struct $name { pub a: f32 } } }
made!(Made);

#[derive(Default)]
pub struct State {
    /// Where it is.
    phase: f32,
    delay: Delay,
    mode: Mode,
    osc: Sine,
    extra: Option<Made>,
}

#[derive(Default)]
struct Delay {
    taps: [f32; TAPS],
    gain: Gain,
}

type Gain = f32;

#[derive(Default)]
enum Mode { #[default] Off, On(u32) }

struct Counter(u32);
struct Unrelated { x: f32 }

trait Source { type Out; const N: usize; fn pull(&mut self) -> Self::Out; fn twice(&self) -> u32 { 2 } }
impl Source for Unrelated { type Out = f32; const N: usize = 3; fn pull(&mut self) -> f32 { self.x } }

pub fn process(state: &mut State, block: &mut Block) {
    state.phase += LEVEL;
    block.rate = louder!(state.phase);
}

fn hidden() -> impl Iterator<Item = f32> { (0..3).map(|x| x as f32) }

impl State {
    fn tick(&mut self, x: f32) -> f32 { self.phase + x }
}
";

const PRELUDE: &str = "
pub struct Block { pub rate: f32, pub frames: Frames }
pub struct Frames(pub Vec<f32>);
#[derive(Default)] pub struct Sine { phase: f32 }
pub fn helper(x: f32) -> f32 { x }
";

/// The fingerprints of `text` with `prelude`.
fn interface(text: &str, prelude: &str) -> Interface {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("prelude.rs");
    std::fs::write(&path, prelude).unwrap();
    let source = Source {
        path: directory.path().join("song.rs"),
        text: text.into(),
        support: vec![Support { name: "prelude".to_owned(), path }],
    };
    Interface::read(&source).unwrap()
}

/// Applies one edit to the song or to the prelude, and says which fingerprints differ from before:
/// `types`, `process`, `State`, a field of State as `.name`, the static `COUNT`, and `Block`.
fn changed(from: &str, to: &str) -> Vec<String> {
    let edit = |text: &str| text.replacen(from, to, 1);
    assert!(BASE.contains(from) || PRELUDE.contains(from), "{from}");
    let before = interface(BASE, PRELUDE);
    let after = interface(&edit(BASE), &edit(PRELUDE));
    let mut changed = Vec::new();
    let mut compare = |what: &str, same: bool| {
        if !same {
            changed.push(what.to_owned());
        }
    };
    compare("types", before.types == after.types);
    compare("process", before.functions[0].fingerprint == after.functions[0].fingerprint);
    compare("State", before.states[0].fingerprint == after.states[0].fingerprint);
    for field in &before.data[0].variants[0].fields {
        let now = after.data[0].variants[0].fields.iter().find(|now| now.name == field.name);
        let same = now.is_none_or(|now| now.part.fingerprint == field.part.fingerprint);
        compare(&format!(".{}", field.name), same);
    }
    compare("COUNT", before.statics[0].1 == after.statics[0].1);
    compare("Block", before.type_fingerprint("Block") == after.type_fingerprint("Block"));
    changed
}

fn check(from: &str, to: &str, expected: &str) {
    let expected: Vec<&str> = expected.split_whitespace().collect();
    assert_eq!(changed(from, to), expected, "`{from}` -> `{to}`");
}

#[test]
fn what_has_no_influence_changes_nothing() {
    check("state.phase += LEVEL;", "state.phase -= 3.0 * LEVEL; let x = [0; 7];", "");
    check("/// Where it is.", "/* here */ #[allow(dead_code)]", "");
    check("struct Delay {\n    taps: [f32; TAPS],\n", "struct Delay { taps : [ f32;TAPS ] ,", "");
    check("gain: Gain,\n}", "gain: Gain }", "");
    check("    phase: f32,", "    pub(crate) phase: f32,", "");
    check("LEVEL: f32 = 0.5", "LEVEL: f32 = 0.7", "");
    check("$x * 2.0", "$x * 3.0", "");
    check("{ self.x }", "{ self.x * 2.0 }", "");
    check("fn twice(&self) -> u32 { 2 }", "fn twice(&self) -> u32 { 3 }", "");
    check("Counter(0)", "Counter(1)", "");
    check("(state: &mut State, block: &mut Block)", "(s: &mut State, block: &mut Block,)", "");
    check("{ x }\n", "{ x * 2.0 }\n", "");
    check("const LEVEL", "use prelude::Sine;\nconst LEVEL", "");
    check("const LEVEL", "use std::f32::consts::*;\nconst LEVEL", "");
    check("#[derive(Default)]\nstruct Delay", "#[derive(Default, Clone)]\nstruct Delay", "");
}

#[test]
fn a_definition_counts_for_all_that_reach_it() {
    check("mode: Mode,", "", "types process State");
    check("phase: f32,\n    delay", "phase: f64,\n    delay", "types process State .phase");
    check("TAPS: usize = 4", "TAPS: usize = 8", "types process State .delay");
    check("type Gain = f32", "type Gain = f64", "types process State .delay");
    check("On(u32)", "On(u64)", "types process State .mode");
    check("Off, On", "On, Off", "types process State .mode");
    check("enum Mode", "#[repr(u16)] enum Mode", "types process State .mode");
    check("struct Sine { phase: f32 }", "struct Sine { phase: f64 }", "types process State .osc");
    check("pub a: f32", "pub a: f64", "types process State .extra");
    check("struct Counter(u32)", "struct Counter(u64)", "types COUNT");
    check("Frames(pub Vec<f32>)", "Frames(pub Vec<f64>)", "types process Block");
    check("struct Unrelated { x: f32 }", "struct Unrelated { x: f64 }", "types");
}

#[test]
fn signatures_count_and_so_do_bodies_that_decide_types() {
    check("block: &mut Block)", "block: &mut Block, x: f32)", "types process");
    check("fn tick(&mut self, x: f32)", "fn tick(&mut self, x: f64)", "types");
    check("fn helper(x: f32)", "fn helper(x: f64)", "types");
    check("(0..3).map", "(0..4).map", "types");
    check("type Out = f32", "type Out = f64", "types");
    check("fn twice(&self) -> u32 {", "fn twice(&self) -> u64 {", "types");
}

#[test]
fn a_name_that_comes_to_mean_another_type_is_noticed() {
    let before = "use a::B; mod a { pub struct B(f32); } mod c { pub struct B(f64); }
                  #[derive(Default)] pub struct State { b: Option<B> }
                  pub fn process(state: &mut State) {}";
    for after in [
        before.replace("use a::B", "use c::B"),
        before.replace("use a::B", "use c::*"),
        before.replace("use a::B", "use std::sync::Arc as B"),
    ] {
        let before = interface(before, PRELUDE);
        let after = interface(&after, PRELUDE);
        assert_ne!(before.types, after.types);
        assert_ne!(before.states[0].fingerprint, after.states[0].fingerprint);
        assert_ne!(before.functions[0].fingerprint, after.functions[0].fingerprint);
    }
    let weak = |import: &str| {
        let text = format!(
            "{import} #[derive(Default)] pub struct State {{ w: Weak<f32> }}
                            pub fn process(state: &mut State) {{}}"
        );
        interface(&text, PRELUDE).data[0].variants[0].fields[0].part.fingerprint
    };
    assert_ne!(weak("use std::rc::Weak;"), weak("use std::sync::Weak;"));
    assert_ne!(weak("use std::rc::*;"), weak("use std::sync::*;"));
}

#[test]
fn a_constant_may_be_computed() {
    let song = |expression: &str, body: &str| {
        let text = format!(
            "const N: usize = {expression}; const fn size(x: usize) -> usize {{ {body} }}
             pub struct State {{ a: [f32; N] }} pub fn process(state: &mut State) {{}}"
        );
        interface(&text, PRELUDE).states[0].fingerprint
    };
    assert_ne!(song("size(1)", "x"), song("size(2)", "x"));
    assert_ne!(song("size(1)", "x"), song("size(1)", "x + 1"));
    assert_eq!(song("3", "x"), song("3", "x + 1"));
}

#[test]
fn types_inside_of_functions_count() {
    let song = |ty: &str| {
        let text = format!(
            "pub fn process() {{ struct Local({ty}); fn inner(x: &Local) {{}} static A: Local = Local(0 as {ty}); }}"
        );
        interface(&text, PRELUDE)
    };
    assert_ne!(song("f32").types, song("f64").types);
    assert_eq!(song("f32").statics[0].0, "process::A");
    assert_ne!(song("f32").statics[0].1, song("f64").statics[0].1);
}

#[test]
fn thread_locals_count_by_their_own_types() {
    let song = |ty: &str, value: &str, more: &str| {
        let text = format!(
            "{more} pub struct Note({ty}); thread_local! {{ pub static ONE: Cell<Note> = const {{ {value} }};
             #[allow(unused)] static TWO: u8 = 2 }} pub fn f() {{ std::thread_local!(static IN: u8 = 1;); }}"
        );
        interface(&text, PRELUDE)
    };
    let symbol =
        |name: &str| format!("{name}::{{constant#0}}::{{closure#1}}::__RUST_STD_INTERNAL_VAL");
    let of = |interface: &Interface, name: &str| interface.static_fingerprint(&symbol(name));
    let (base, edited) = (song("f32", "a", ""), song("f32", "b", ""));
    assert_eq!(base.types, edited.types, "an initial value is no part of the ABI");
    let grown = song("f32", "a", "pub fn g(x: u8) {}");
    let retyped = song("f64", "a", "");
    for name in ["ONE", "TWO", "f::IN"] {
        assert_ne!(of(&base, name), base.types, "{name} is known by its path");
        assert_eq!(of(&base, name), of(&grown, name), "{name}");
        assert_eq!(of(&base, name) == of(&retyped, name), name != "ONE", "{name}");
    }
    assert_ne!(base.types, retyped.types);
    let own = "macro_rules! thread_local { ($($t:tt)*) => {} }";
    assert!(song("f32", "a", own).statics.is_empty(), "the file's own macro is another");
}

#[test]
fn the_order_of_items_is_free() {
    let forward = "pub struct A(f32); pub struct B(A); pub fn f(b: &B) {} pub fn g() {}";
    let backward = "pub fn g() {} pub fn f(b: &B) {} pub struct B(A); pub struct A(f32);";
    assert_eq!(interface(forward, PRELUDE).types, interface(backward, PRELUDE).types);
}

#[test]
fn a_shared_type_does_not_depend_on_the_song() {
    let of_text = type_fingerprint(PRELUDE, "Block").unwrap();
    let song = "pub struct Frames(u8); macro_rules! m { ($f:ident) => { Vec } } pub fn f() {}";
    assert_eq!(interface(song, PRELUDE).type_fingerprint("Block"), Some(of_text));
    let error = type_fingerprint(PRELUDE, "Missing").unwrap_err();
    assert!(error.to_string().contains("no type `Missing`"), "{error}");
    assert!(type_fingerprint("struct {", "A").is_err());
}

#[test]
fn fingerprints_do_not_change_between_runs() {
    assert_eq!(
        type_fingerprint("struct A { x: f32 }", "A").unwrap().to_string(),
        type_fingerprint("pub struct A{/* c */x:f32,}", "A").unwrap().to_string(),
    );
}

/// Whether all types together count as changed between two texts.
fn differ(before: &str, after: &str) -> bool {
    interface(before, PRELUDE).types != interface(after, PRELUDE).types
}

#[test]
fn what_two_modules_exchange_counts() {
    let song = |a: &str, b: &str| {
        format!("mod a {{ pub struct L({a}); }} mod b {{ pub struct L({b}); }} pub fn f() {{}}")
    };
    assert!(differ(&song("i32", "i64"), &song("i64", "i32")));
    let song = |a: &str, b: &str| {
        format!(
            "mod one {{ pub struct L(i32); }} mod two {{ pub struct L(i64); }}
             mod a {{ use crate::{a}::L; pub struct S(L); }} mod b {{ use crate::{b}::L; pub struct S(L); }}"
        )
    };
    assert!(differ(&song("one", "two"), &song("two", "one")));
    let song = |blocks: [&str; 2]| {
        let block = |ty| format!("{{ struct L({ty}); fn g(l: &L) {{}} }}");
        format!("pub fn f() {{ {} {} }}", block(blocks[0]), block(blocks[1]))
    };
    assert!(differ(&song(["i32", "i64"]), &song(["i64", "i32"])));
}

#[test]
fn a_field_whose_type_moves_is_the_same_unless_names_are_ambiguous() {
    let song = |module: &str, more: &str| {
        format!(
            "mod {module} {{ #[derive(Default)] pub struct Osc {{ phase: f32 }} }} use {module}::Osc; {more}
             #[derive(Default)] pub struct State {{ osc: Osc }} pub fn process(state: &mut State) {{}}"
        )
    };
    let osc = |text: &str| interface(text, PRELUDE).data[0].variants[0].fields[0].part.fingerprint;
    assert_eq!(osc(&song("a", "")), osc(&song("b", "")));
    let other = "mod c { pub struct Osc(u32); }";
    assert_ne!(osc(&song("a", other)), osc(&song("b", other)));
}

#[test]
fn where_something_stands_counts_only_for_those_that_ask() {
    for here in ["line!()", "column!()", "module_path!().len() as u32", "Location::caller().line()"]
    {
        let song = format!(
            "use std::panic::Location; const N: usize = {here} as usize; struct A([u8; N]);"
        );
        assert!(differ(&song, &format!("\n {song}")), "{here}");
        let unasked = format!("use std::panic::Location; pub fn f() -> u32 {{ {here} }}");
        assert!(!differ(&unasked, &format!("\n {unasked}")), "{here}");
    }
    let hidden = "macro_rules! here { () => { line!() } } const N: u32 = here!(); struct A([u8; N as usize]);";
    assert!(differ(hidden, &hidden.replace("const", "\nconst")));
}

#[test]
fn macros_inside_of_functions_count_when_they_could_define_items() {
    let song = |ty: &str, size: &str| {
        format!(
            "pub fn f() {{ outer!({ty}); }}
             macro_rules! outer {{ ($t:ty) => {{ size!(); items!($t); }} }}
             macro_rules! items {{ ($t:ty) => {{ struct L($t, [u8; N]); fn g(l: &L) {{}} }} }}
             macro_rules! size {{ () => {{ const N: usize = {size}; }} }}"
        )
    };
    assert!(differ(&song("i32", "1"), &song("i64", "1")));
    assert!(differ(&song("i32", "1"), &song("i32", "2")));
    let plain =
        |by: &str| format!("macro_rules! by {{ () => {{ {by} }} }} pub fn f() -> u8 {{ by!() }}");
    assert!(!differ(&plain("1"), &plain("2")));
}

#[test]
fn what_may_hold_any_type_counts_by_all_types() {
    for holder in ["Box<dyn Any + Send>", "Box<dyn std::error::Error>", "Vec<TypeId>"] {
        let song = |ty: &str| {
            let text = format!(
                "use std::any::{{Any, TypeId}}; pub struct Note({ty}); static KEPT: Mutex<Option<{holder}>> = x;"
            );
            interface(&text, PRELUDE).statics[0].1
        };
        assert_ne!(song("i32"), song("f32"), "{holder}");
    }
}

#[test]
fn attributes_that_add_parameters_count() {
    assert!(differ("fn f() {}", "#[track_caller] fn f() {}"));
    assert!(differ(
        "struct A; impl A { fn f() {} }",
        "struct A; impl A { #[track_caller] fn f() {} }"
    ));
    assert!(!differ("fn f() {}", "#[inline(never)] #[cold] fn f() {}"));
}

#[test]
fn initial_values_count_with_what_they_are_computed_from() {
    let song = |value: &str, body: &str| {
        let text = format!(
            "static A: i64 = {value}; const fn size() -> i64 {{ {body} }}
             thread_local! {{ static B: i64 = const {{ {value} }}; }}"
        );
        let values = interface(&text, PRELUDE).initial_values;
        assert!(values["B"].is_thread_local && !values["A"].is_thread_local);
        [values["A"].fingerprint, values["B"].fingerprint]
    };
    for (after, is_same) in
        [(song("size()", "2"), false), (song("3", "1"), false), (song("size()", "1"), true)]
    {
        let before = song("size()", "1");
        assert_eq!([before[0] == after[0], before[1] == after[1]], [is_same; 2]);
    }
}
