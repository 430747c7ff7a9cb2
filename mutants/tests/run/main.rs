//! Runs a small instrumented program whose mutants misbehave: what becomes of each, what stays behind (nothing),
//! and what is said of tests that cannot judge.

mod again;
mod baseline;
mod isolation;
mod package;
mod prefix;
mod remember;
mod verdicts;
