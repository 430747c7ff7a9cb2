//! Promise: what a live file lists in `.init_array` runs once, and a swap runs none of it again.

use super::song::Song;

const TEXT: &str = "
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
static STARTS: AtomicU32 = AtomicU32::new(0);
extern \"C\" fn start() { STARTS.fetch_add(1, Relaxed); }
#[used]
#[unsafe(link_section = \".init_array\")]
static START: extern \"C\" fn() = start;
pub fn starts() -> u32 { STARTS.load(Relaxed) * 10 }
";

#[test]
fn a_constructor_of_a_live_file_runs_once() {
    let song = Song::new(TEXT);
    let program = song.open();
    let starts = program.bind::<fn() -> u32>("starts").expect("a handle");
    let participant = program.participant();
    assert_eq!(starts.pin(&participant).call(), 10);
    for factor in [100, 1000] {
        let text = TEXT.replace("* 10", &format!("* {factor}"));
        program.apply(&text).expect("the edit is live");
        assert_eq!(starts.pin(&participant).call(), factor, "the swap ran none");
    }
    let second = TEXT
        .replace("start()", "again()")
        .replace("START:", "AGAIN:")
        .replace("= start", "= again");
    let (_, second) = second.split_once("extern").expect("a second constructor");
    let (second, _) = second.split_once("pub fn").expect("a second constructor");
    program.apply(&format!("{TEXT}extern{second}")).expect("the edit is live");
    assert_eq!(starts.pin(&participant).call(), 20, "the new one ran, the old one did not");
}

/// A file whose constructor calls a function.
fn calling(constructor: &str, weigh: &str, rest: &str) -> String {
    format!(
        "use std::sync::atomic::{{AtomicU32, Ordering::Relaxed}};
static SEEN: AtomicU32 = AtomicU32::new(0);
{constructor}
#[inline(never)]
fn weigh(x: u32) -> u32 {{ {weigh} }}
pub fn seen() -> u32 {{ SEEN.load(Relaxed) {rest} }}
"
    )
}

/// A constructor of this name that does this.
fn constructor(name: &str, body: &str) -> String {
    let list = name.to_uppercase();
    format!(
        "extern \"C-unwind\" fn {name}() {{ {body} }}
#[used]
#[unsafe(link_section = \".init_array\")]
static {list}: extern \"C-unwind\" fn() = {name};"
    )
}

#[test]
fn constructors_run_when_the_save_after_a_refused_one_is_live() {
    let begin = constructor("begin", "SEEN.fetch_add(weigh(std::hint::black_box(3)), Relaxed);");
    // The refused link leaves its slots behind, empty: whoever uses them next publishes them first.
    let missing = "unsafe extern \"C\" { fn nobody_has_this() -> u32; }";
    let text = |constructor: &str, rest: &str| calling(constructor, "x + 5", rest) + missing;
    let song = Song::new(&text("", ""));
    let program = song.open();
    let refused = text(&begin, "+ unsafe { nobody_has_this() }");
    let error = program.apply(&refused).expect_err("a function is missing");
    assert!(error.to_string().contains("nobody_has_this"), "{error}");
    program.apply(&text(&begin, "")).expect("the edit is live");
    let seen = program.bind::<fn() -> u32>("seen").expect("a handle");
    assert_eq!(seen.pin(&program.participant()).call(), 8);
}

#[test]
fn a_panic_in_a_constructor_left_retired_code_in_the_slots_of_a_refused_save() {
    let song = Song::new("pub fn seen() -> u32 { 0 }");
    let program = song.open();
    let begin = |body: &str| constructor("begin", body);
    let broken = calling(
        &begin("SEEN.store(weigh(std::hint::black_box(1)), Relaxed); panic!()"),
        "x + 4",
        "",
    );
    let error = program.apply(&broken).expect_err("its constructor panics");
    assert!(error.to_string().contains("panicked"), "{error}");
    // The repaired file runs it, and a new one beside it, on its own function.
    let both = begin("SEEN.fetch_add(weigh(std::hint::black_box(10)), Relaxed);")
        + &constructor("more", "SEEN.fetch_add(weigh(std::hint::black_box(100)), Relaxed);");
    program.apply(&calling(&both, "x * 7", "")).expect("the edit is live");
    let seen = program.bind::<fn() -> u32>("seen").expect("a handle");
    let participant = program.participant();
    assert_eq!(seen.pin(&participant).call(), 5 + 70 + 700);
    program.apply(&calling(&both, "x * 8", "+ 1")).expect("the edit is live");
    assert_eq!(seen.pin(&participant).call(), 5 + 770 + 1, "now they are known");
}
