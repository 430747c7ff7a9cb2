//! Warnings are the user's own only.
//# warning: 5:9 unused variable: `unused`
//# function: process fn() -> f32
pub fn process() -> f32 {
    let unused = 1.0;
    2.0
}
