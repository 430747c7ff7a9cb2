//! The end of a text is its last character.
//# error: 5:3 this file contains an unclosed delimiter
pub fn process() -> f32 {
    if true { 1.0
}
