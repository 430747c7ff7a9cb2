//! The compilers under test, by name.

use segue::{
    Program,
    runtime::{Builder, compiler::Rustc},
};

/// A compiler under test.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Named {
    /// As in `SEGUE_COMPILER`, and in marks of refusals.
    pub(crate) name: &'static str,
    /// Gives a builder its compiler.
    pub(crate) of: fn(Builder) -> Builder,
}

/// All of them.
const COMPILERS: [Named; 1] = [Named { name: "rustc", of: rustc }];

/// Whole files, with the semantics of the ordinary programs.
fn rustc(builder: Builder) -> Builder {
    let rustc = Rustc::find().expect("rustc is on the machine");
    builder.compiler(rustc.with_opt_level(1).with_checks())
}

/// Those that `SEGUE_COMPILER` names, or all.
pub(crate) fn asked_for() -> Vec<Named> {
    let only = std::env::var("SEGUE_COMPILER").unwrap_or_default();
    let is_asked = |named: &&Named| only.is_empty() || only.split(',').any(|it| it == named.name);
    let asked: Vec<Named> = COMPILERS.iter().filter(is_asked).copied().collect();
    assert!(!asked.is_empty(), "SEGUE_COMPILER={only}: there are {COMPILERS:?}");
    asked
}

/// The one of this name.
pub(crate) fn named(name: &str) -> Named {
    *COMPILERS.iter().find(|named| named.name == name).expect("the parent knows the same ones")
}

/// Opens the file at `path` as a program of `compiler`'s.
pub(crate) fn open(compiler: Named, path: &std::path::Path) -> Result<Program, segue::Error> {
    (compiler.of)(Program::builder(path)).watch(false).open()
}
