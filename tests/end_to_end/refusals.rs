//! Bad input: each gets a clear error, and what was live stays live.

use crate::song::{Song, block, wait_for};
use segue::{
    Error, ErrorKind, Event, Program,
    audio::Block,
    runtime::compiler::{self, Cancel, Compiled, Compiler, Rustc, Source},
};

fn refused(text: &str) -> Error {
    match Song::new(text).try_open() {
        Err(error) => error,
        Ok(program) => program.closure::<Block>("process").expect_err("it is refused"),
    }
}

fn check(text: &str, kind: ErrorKind, parts: &[&str]) {
    let error = refused(&format!("use prelude::*;\n{text}"));
    assert_eq!(error.kind(), kind, "{error}");
    for part in parts {
        assert!(error.to_string().contains(part), "`{part}` is not in: {error}");
    }
}

const STATE: &str = "#[derive(Default)] pub struct State { x: f32 }\n";

#[test]
fn a_file_without_process_says_what_was_expected() {
    let expected = "pub fn process(state: &mut State, block: &mut Block)";
    check("pub fn other() {}", ErrorKind::NoSuchFunction, &["no function `process`", expected]);
}

#[test]
fn a_wrong_signature_names_both() {
    let text = format!("{STATE}pub fn process(state: &mut State, out: &mut [f32]) {{}}");
    check(
        &text,
        ErrorKind::Signature,
        &["fn(&mut State, &mut [f32])", "block: &mut Block", "line 3"],
    );
    let text = format!("{STATE}pub fn process(block: &mut Block) {{}}");
    check(&text, ErrorKind::Signature, &["fn(&mut Block)", "expected"]);
}

#[test]
fn a_state_without_default_is_refused_by_name() {
    let text =
        "pub struct State { x: f32 }\npub fn process(state: &mut State, block: &mut Block) {}";
    check(text, ErrorKind::State, &["State", "Default"]);
}

#[test]
fn a_state_that_is_not_send_is_refused_in_our_words() {
    let text = "#[derive(Default)] pub struct State { x: Option<std::rc::Rc<u8>> }\n\
                pub fn process(state: &mut State, block: &mut Block) {}";
    check(text, ErrorKind::Rejected, &["State", "Send"]);
}

#[test]
fn a_default_that_panics_is_an_error_with_its_place() {
    let text = "pub struct State;\nimpl Default for State { fn default() -> State { panic!(\"no notes\") } }\n\
                pub fn process(state: &mut State, block: &mut Block) {}";
    check(text, ErrorKind::State, &["no notes", "song.rs:3:"]);
}

#[test]
fn a_missing_file_and_a_directory_are_told_apart() {
    let song = Song::new("");
    let missing = segue::Program::open(song.sibling("missing.rs")).expect_err("missing");
    assert_eq!(missing.kind(), ErrorKind::File);
    assert!(missing.to_string().contains("missing.rs"), "{missing}");
    let directory = segue::Program::open(song.sibling("")).expect_err("a directory");
    assert!(directory.to_string().contains("directory"), "{directory}");
}

#[test]
fn an_edit_that_breaks_process_changes_nothing() {
    let good = format!(
        "use prelude::*;\n{STATE}pub fn process(state: &mut State, block: &mut Block) \
         {{ block.set(0, 0.5, 0.5); }}"
    );
    let song = Song::new(&good);
    let program = song.open();
    let mut closure = program.closure::<Block>("process").expect("a closure");
    for (bad, kind) in [
        (good.replace("fn process", "fn progress"), ErrorKind::NoSuchFunction),
        (good.replace("block: &mut Block", "block: &mut Block, n: u8"), ErrorKind::Signature),
        (good.replace("#[derive(Default)]", ""), ErrorKind::State),
        (good.replace("0.5);", "0.5"), ErrorKind::Rejected),
    ] {
        let error = program.apply(&bad).expect_err("it is refused");
        assert_eq!(error.kind(), kind, "{error}");
        let (samples, call) = block(&mut closure, 0);
        assert_eq!((samples[0], call.generation, call.swapped), (0.5, 1, false));
    }
    program.apply(&good.replace("0.5, 0.5", "0.25, 0.5")).expect("live");
    assert_eq!(block(&mut closure, 0).0[0], 0.25);
}

#[test]
fn a_redefined_block_is_refused() {
    let text = "pub struct Block { x: u8 }\n#[derive(Default)] pub struct State;\n\
                pub fn process(state: &mut State, block: &mut Block) {}";
    let song = Song::new(text);
    let program = segue::Program::open(song.path()).expect("a file of its own right");
    let error = program.closure::<Block>("process").expect_err("not the host's Block");
    assert_eq!(error.kind(), ErrorKind::State);
    assert!(error.to_string().contains("belongs to the host"), "{error}");
}

/// A compiler with a defect: it panics over some texts, and whenever it is to optimise.
struct Defective(Rustc);

impl Compiler for Defective {
    fn compile(&self, source: &Source, cancel: &Cancel) -> Result<Compiled, compiler::Error> {
        assert!(!source.text.contains("defect"), "it has a defect");
        let compiled = self.0.compile(source, cancel)?;
        Ok(Compiled { is_final: false, ..compiled })
    }

    fn compile_optimised(&self, _: &Source, _: &Cancel) -> Result<Compiled, compiler::Error> {
        panic!("another defect")
    }
}

#[test]
fn a_compiler_that_panics_refuses_one_text_and_goes_on() {
    let song = Song::new("pub fn probe(x: i64) -> i64 { x + 1 }");
    let compiler = Defective(Rustc::find().expect("rustc is on the machine"));
    let program = Program::builder(song.path()).compiler(compiler).watch(false).open();
    let program = program.expect("the song opens");
    let me = program.participant();
    let probe = program.bind::<fn(i64) -> i64>("probe").expect("a handle");
    for generation in 1..3 {
        let not_optimised = wait_for(&program, |event| matches!(event, Event::NotOptimised { .. }));
        let told = not_optimised.to_string();
        assert!(told.contains("another defect"), "{told}");
        let error = program.apply("pub fn probe(x: i64) -> i64 { x /* defect */ }");
        let error = error.expect_err("it is refused").to_string();
        assert!(error.contains("song.rs") && error.contains("it has a defect"), "{error}");
        assert_eq!(
            (probe.pin(&me).call(1), program.generation()),
            (1 + generation, generation as u64)
        );
        let next = format!("pub fn probe(x: i64) -> i64 {{ x + {} }}", generation + 1);
        program.apply(&next).expect("the next edit is live");
    }
    assert_eq!(probe.pin(&me).call(1), 4);
}
