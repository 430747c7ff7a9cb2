//! Rust objects, linked and called: arithmetic to panics, calls through slots, statics.

mod common;

use common::{Program, rust};

#[test]
fn arithmetic_and_literals() {
    let mut program = Program::new();
    program.swap(rust(
        r#"#[unsafe(no_mangle)] pub extern "C-unwind" fn live_gain(x: f32) -> f32 { x * 0.37 + 1.5 }"#,
    ));
    assert_eq!(call!(program, "live_gain", fn(f32) -> f32, 2.0), 2.0 * 0.37 + 1.5);
}
