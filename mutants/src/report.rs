//! What a run found, for people and for machines.
//!
//! Phase: report. [`Results`] is one run, complete in itself; everything else here is a way to write it:
//! `mutants.out/` as cargo-mutants does, JSON and a page of mutation-testing-elements, SARIF, JUnit, GitHub's
//! annotations, and the text of the terminal.

mod cargo_mutants;
mod compare;
mod diff;
mod elements;
mod folder;
mod github;
mod junit;
mod results;
mod sarif;
mod text;

pub use cargo_mutants::{list_files, list_json, list_text};
pub use compare::{Comparison, Theirs, compare};
pub use folder::{FOLDER, Folder, ROTATED, already_caught};
pub use github::annotation;
pub use results::{Counts, Ending, Judged, RESULTS_FILE, Results, Times};
pub use text::{finding, seconds, summary};

#[cfg(test)]
pub(crate) mod sample;
