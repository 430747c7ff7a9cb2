//! What is told where one of two compilers does not take a text.

use super::*;

/// Fails in a way of its own.
struct Failing(fn() -> ErrorKind);

impl Compiler for Failing {
    fn compile(&self, _source: &Source, _cancel: &Cancel) -> Result<Compiled, Error> {
        Err(Error::new(self.0()))
    }
}

/// What is told of a text that the quick one does not support, and the last one does not compile.
fn told(last: fn() -> ErrorKind) -> Error {
    let quick = Failing(|| ErrorKind::Unsupported("song.rs:3:1: no such thing yet".to_owned()));
    let source = Source { path: "/song.rs".into(), text: "".into(), support: Vec::new() };
    let compiled = Tiered::new(quick, Failing(last)).compile(&source, &Cancel::default());
    compiled.map(|compiled| compiled.is_final).expect_err("nobody compiles it")
}

#[test]
fn where_the_last_one_cannot_say_both_reasons_are_told() {
    let error = told(|| ErrorKind::RustcNotFound("PATH".to_owned()));
    let text = error.to_string();
    assert!(matches!(error.kind(), ErrorKind::RustcNotFound(_)), "{text}");
    assert!(text.starts_with("song.rs:3:1: no such thing yet"), "{text}");
    assert!(text.contains("no rustc found"), "{text}");
}

#[test]
fn a_verdict_of_the_last_one_stands_alone() {
    let text = told(|| ErrorKind::Rejected(Vec::new())).to_string();
    assert_eq!(text, "the compiler rejected the text without saying why");
}
