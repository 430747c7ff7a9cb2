//! `forbid` cannot be lifted for the shims.
#![forbid(unsafe_code)]
//# error: 2:1 use `deny` instead

pub fn process() -> f32 {
    1.0
}
