//! Tuple structs, enums, unit structs, packed and raw fields; a Default written by hand.
//# state: Tuple 0: f32, 1: Vec<u8>
//# state: Mode Off(), On(0: f32)
//# state: Unit 
//# state: Packed a: u8, b: f64
//# state: Raw type: f32
//# state: Manual buffer: [f32; SIZE]
//# function: raw fn(&mut Raw)
//# absent: Borrowed

const SIZE: usize = 8;

#[derive(Default)]
pub struct Tuple(f32, Vec<u8>);

#[derive(Default)]
pub enum Mode {
    #[default]
    Off,
    On(f32),
}

#[derive(Default)]
pub struct Unit;

#[derive(Default)]
#[repr(C, packed)]
pub struct Packed {
    a: u8,
    b: f64,
}

#[derive(Default)]
pub struct Raw {
    r#type: f32,
    #[cfg(windows)]
    absent: f32,
}

pub struct Manual {
    buffer: [f32; SIZE],
}

impl Default for Manual {
    fn default() -> Self {
        Manual { buffer: [1.0; SIZE] }
    }
}

pub struct Borrowed<'a>(&'a f32);

pub fn tuple(state: &mut Tuple) {
    state.0 += state.1.len() as f32;
}
pub fn mode(state: &mut Mode, other: f32) {
    *state = match state {
        Mode::Off => Mode::On(other),
        Mode::On(x) => Mode::On(*x + 1.0),
    };
}
pub fn unit(_: &mut Unit) {}
pub fn packed(state: &mut Packed) {
    state.b += f64::from(state.a);
}
pub fn raw(state: &mut Raw) {
    state.r#type += 1.0;
}
pub fn manual(state: &mut Manual) {
    state.buffer[0] += 1.0;
}
pub fn borrowed(state: &mut Borrowed<'_>, x: &'static f32) {
    if *state.0 < *x {
        state.0 = x;
    }
}
