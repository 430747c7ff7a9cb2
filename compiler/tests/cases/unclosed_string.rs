//! A text without its end.
//# error: 4:5 unterminated double quote string
pub fn process() -> &str {
    "never
}
