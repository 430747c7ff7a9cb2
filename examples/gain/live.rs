//! The live file of the example `gain`: change a number and save.

/// Half as loud.
pub fn gain(x: f32) -> f32 {
    x * 0.5
}
