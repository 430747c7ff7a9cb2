//! A module of the user's takes precedence over the support module of that name.
//# function: process fn() -> f32
pub mod prelude {
    pub const LEVEL: f32 = 0.5;
}

pub fn process() -> f32 {
    prelude::LEVEL
}
