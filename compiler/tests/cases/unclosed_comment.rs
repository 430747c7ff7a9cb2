//! A text without its end.
//# error: 3:1 unterminated block comment
/* pub fn process() -> f32 {
    1.0
}
