//! Values at which functions of numbers go wrong first. This text is part of each program that is made up here,
//! and of the test, so that both count alike.

/// Arguments: `x` is the one that an input chooses.
#[derive(Clone, Copy)]
pub(crate) struct Edge<T> {
    pub(crate) x: T,
    pub(crate) y: T,
    pub(crate) z: T,
    pub(crate) n: i32,
}

/// What comes out, as one number. Which NaN an operation gives is left open by Rust.
pub(crate) trait Number {
    fn number(self) -> u64;
}

impl Number for f32 {
    fn number(self) -> u64 {
        if self.is_nan() { 1 } else { self.to_bits() as u64 }
    }
}

impl Number for f64 {
    fn number(self) -> u64 {
        if self.is_nan() { 1 } else { self.to_bits() }
    }
}

impl Number for i32 {
    fn number(self) -> u64 {
        self as u32 as u64
    }
}

impl<A: Number, B: Number> Number for (A, B) {
    fn number(self) -> u64 {
        self.0.number().rotate_left(17) ^ self.1.number()
    }
}

const SINGLE: [u32; 40] = [
    0x0000_0000,
    0x8000_0000,
    0x0000_0001,
    0x807f_ffff,
    0x0080_0000,
    0x3380_0000,
    0x3900_0000,
    0xb980_0000,
    0x3c80_0000,
    0x3e80_0000,
    0xbe99_999a,
    0x3eff_ffff,
    0x3f00_0000,
    0x3f00_0001,
    0x3f35_04f3,
    0xbf40_0000,
    0x3f7f_ffff,
    0x3f80_0000,
    0xbf80_0000,
    0x3f80_0001,
    0x3fc9_0fdb,
    0x4000_0000,
    0xc02d_f854,
    0x4049_0fdb,
    0x40a0_0000,
    0xc0ea_6666,
    0x4128_0000,
    0x4180_0000,
    0x41f0_0000,
    0xc22a_0000,
    0x42b1_7218,
    0xc2cf_f1b5,
    0x4316_0000,
    0x4480_0000,
    0x4b00_0001,
    0xcb80_0000,
    0x4f00_0000,
    0x7f7f_ffff,
    0x7f80_0000,
    0x7fc0_0000,
];

const DOUBLE: [f64; 28] = [
    0.0,
    -0.0,
    1e-310,
    -5e-324,
    2.2250738585072014e-308,
    1e-20,
    -3e-9,
    0.00021,
    0.3,
    -0.4999999999999999,
    0.5,
    std::f64::consts::FRAC_1_SQRT_2,
    -0.9999999999999999,
    1.0,
    1.0000000000000002,
    -std::f64::consts::FRAC_PI_2,
    2.0,
    std::f64::consts::E,
    -7.25,
    16.5,
    39.0,
    -100.3,
    709.782712893384,
    -745.2,
    4503599627370497.5,
    -1e300,
    f64::INFINITY,
    f64::NAN,
];

const INTEGERS: [i32; 8] = [0, 1, -1, 2, 31, -200, 1100, i32::MIN];

fn hash(sum: u64, number: u64) -> u64 {
    (sum ^ number).wrapping_mul(0x100_0000_01b3).rotate_left(23)
}

/// What `call` gives with the single-precision number that `input` chooses, and all others beside it.
pub(crate) fn singles<R: Number>(input: u64, call: impl Fn(Edge<f32>) -> R) -> u64 {
    let mut sum = 0;
    for (index, y) in SINGLE.iter().enumerate() {
        let x = f32::from_bits(SINGLE[input as usize % SINGLE.len()]);
        let z = f32::from_bits(SINGLE[(index * 7 + 3) % SINGLE.len()]);
        let edge = Edge { x, y: f32::from_bits(*y), z, n: INTEGERS[index % INTEGERS.len()] };
        sum = hash(sum, call(edge).number());
    }
    sum
}

/// The same with double precision.
pub(crate) fn doubles<R: Number>(input: u64, call: impl Fn(Edge<f64>) -> R) -> u64 {
    let mut sum = 0;
    for (index, y) in DOUBLE.iter().enumerate() {
        let (x, z) =
            (DOUBLE[input as usize % DOUBLE.len()], DOUBLE[(index * 11 + 5) % DOUBLE.len()]);
        let edge = Edge { x, y: *y, z, n: INTEGERS[index % INTEGERS.len()] };
        sum = hash(sum, call(edge).number());
    }
    sum
}
