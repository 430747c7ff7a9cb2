//! What is told where one of two compilers does not take a text.

use super::*;
use crate::Interface;

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

/// Compiles every text.
struct Making;

impl Compiler for Making {
    fn compile(&self, _source: &Source, _cancel: &Cancel) -> Result<Compiled, Error> {
        Ok(Compiled {
            object: Arc::from([]),
            rest: None,
            interface: Interface::default(),
            warnings: Vec::new(),
            is_final: true,
            files: Vec::new(),
            declined: None,
        })
    }
}

/// Does not support the first line of a text.
struct Picky;

impl Compiler for Picky {
    fn compile(&self, source: &Source, _cancel: &Cancel) -> Result<Compiled, Error> {
        let line = source.text.lines().next().unwrap_or_default().to_owned();
        let rendered = format!("error: no {line}\n --> /song.rs:1:1\n  |\n1 | {line}\n");
        let shown = Diagnostic {
            level: Level::Error,
            rendered_color: rendered.clone(),
            rendered,
            ..Diagnostic::note(&source.path, 1, 1, format!("no {line}"))
        };
        Err(Error::new(ErrorKind::Rejected(vec![shown])))
    }
}

#[test]
fn why_the_quick_one_does_not_take_a_text_is_told_once_with_its_place() {
    let tiers = Tiered::new(Picky, Making);
    let told = |text: &str| {
        let source = Source { path: "/song.rs".into(), text: text.into(), support: Vec::new() };
        tiers.compile(&source, &Cancel::default()).expect("the other one takes all").warnings
    };
    let threads = told("threads\nfirst");
    assert_eq!((threads.len(), threads[0].level), (1, Level::Note));
    let expected =
        "note: left to the slower compiler: no threads\n --> /song.rs:1:1\n  |\n1 | threads\n";
    assert_eq!(threads[0].rendered, expected);
    assert_eq!(told("threads\nsecond"), []);
    assert_eq!(told("files").len(), 1);
}
