//! The programs of `tests/cases/crates`, compiled by rustc as modules of this one.

#![allow(
    clippy::all,
    deprecated,
    unreachable_pub,
    reason = "they are programs for compilers, in every style"
)]

#[path = "../../cases/crates/biquad/double_precision.rs"]
mod biquad_double_precision;
#[path = "../../cases/crates/biquad/forms.rs"]
mod biquad_forms;
#[path = "../../cases/crates/fixed/arithmetic.rs"]
mod fixed_arithmetic;
#[path = "../../cases/crates/fixed/as_text.rs"]
mod fixed_as_text;
#[path = "../../cases/crates/fixed/conversions.rs"]
mod fixed_conversions;
#[path = "../../cases/crates/fixed/roots_and_logarithms.rs"]
mod fixed_roots_and_logarithms;
#[path = "../../cases/crates/fixed/rounding.rs"]
mod fixed_rounding;
#[path = "../../cases/crates/heapless/binary_heap.rs"]
mod heapless_binary_heap;
#[path = "../../cases/crates/heapless/deque.rs"]
mod heapless_deque;
#[path = "../../cases/crates/heapless/history.rs"]
mod heapless_history;
#[path = "../../cases/crates/heapless/index_map.rs"]
mod heapless_index_map;
#[path = "../../cases/crates/heapless/linear_map.rs"]
mod heapless_linear_map;
#[path = "../../cases/crates/heapless/queue.rs"]
mod heapless_queue;
#[path = "../../cases/crates/heapless/string.rs"]
mod heapless_string;
#[path = "../../cases/crates/heapless/vec.rs"]
mod heapless_vec;
#[path = "../../cases/crates/micromath/quaternions.rs"]
mod micromath_quaternions;
#[path = "../../cases/crates/micromath/statistics.rs"]
mod micromath_statistics;
#[path = "../../cases/crates/micromath/vectors.rs"]
mod micromath_vectors;
#[path = "../../cases/crates/smallvec/inline.rs"]
mod smallvec_inline;
#[path = "../../cases/crates/smallvec/spilled.rs"]
mod smallvec_spilled;

/// `run` of each, by its name.
pub(super) const RUN: &[(&str, fn(u64) -> u64)] = &[
    ("biquad/double_precision", biquad_double_precision::run),
    ("biquad/forms", biquad_forms::run),
    ("fixed/arithmetic", fixed_arithmetic::run),
    ("fixed/as_text", fixed_as_text::run),
    ("fixed/conversions", fixed_conversions::run),
    ("fixed/roots_and_logarithms", fixed_roots_and_logarithms::run),
    ("fixed/rounding", fixed_rounding::run),
    ("heapless/binary_heap", heapless_binary_heap::run),
    ("heapless/deque", heapless_deque::run),
    ("heapless/history", heapless_history::run),
    ("heapless/index_map", heapless_index_map::run),
    ("heapless/linear_map", heapless_linear_map::run),
    ("heapless/queue", heapless_queue::run),
    ("heapless/string", heapless_string::run),
    ("heapless/vec", heapless_vec::run),
    ("micromath/quaternions", micromath_quaternions::run),
    ("micromath/statistics", micromath_statistics::run),
    ("micromath/vectors", micromath_vectors::run),
    ("smallvec/inline", smallvec_inline::run),
    ("smallvec/spilled", smallvec_spilled::run),
];
