//! The run: an [`Image`](crate::Image) in, verdicts out.
//!
//! Phase: after build, before report. A server per test binary ([`server`]) forks a child for every pair of a
//! mutant and a test.

pub mod server;
