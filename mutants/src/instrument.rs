//! Mutants into text: each function with mutants becomes one whose body is chosen at run time.
//!
//! Phase: discover says what may be changed, this phase writes the changed files' text, build compiles it and says
//! which mutants rustc rejects; then the text is made again without them. Nothing here touches a disk but to read.
//!
//! A file's text is changed by splices only, each of which is one line: what is not changed stays byte for byte,
//! and the original's statements keep their line numbers, for panics and `line!()`.

mod calls;
mod emit;
mod plan;
mod site;
mod splice;
mod support;
mod survey;
mod switch;

pub(crate) use plan::{Plan, Standing};
#[cfg(test)]
pub(crate) use splice::{Edits, Patch};
pub(crate) use splice::{Mark, Spliced, one_line};
pub(crate) use survey::{Claim, Survey};
