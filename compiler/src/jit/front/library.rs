//! The text of `core` as programs see it: the files of `compiler/core/src/`, kept in this executable.

/// Paths below `compiler/core/src/`, and what stands there; the crate's root first.
pub(crate) const FILES: &[(&str, &str)] = &[("lib.rs", include_str!("../../../core/src/lib.rs"))];

#[cfg(test)]
mod tests;
