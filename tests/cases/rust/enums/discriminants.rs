//! Explicit discriminants, negative, with gaps, of every repr, and computed ones.
#[repr(i8)]
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Small { Min = -128, A, Zero = 0, B, Max = 127 }
#[repr(u64)]
#[derive(Clone, Copy)]
enum Wide { A = 1 << 40, B = u64::MAX, C = BASE * 2 }
const BASE: u64 = 21;
#[derive(Clone, Copy)]
enum Plain { A, B = 5, C, D = 3 }
#[repr(u16)]
enum WithData { A(u8) = 500, B { x: u64 } = 7 }
impl WithData {
    fn tag(&self) -> u16 {
        match self { WithData::A(n) => 500 + *n as u16, WithData::B { x } => 7 + *x as u16 }
    }
}
pub fn run(input: u64) -> u64 {
    let small = [Small::Min, Small::A, Small::Zero, Small::B, Small::Max][input as usize % 5];
    let wide = match input { 0 => Wide::A, 1 => Wide::B, _ => Wide::C };
    let plain = match input { 0 => Plain::A, 1 => Plain::B, 2 => Plain::C, _ => Plain::D };
    let data = if input == 1 { WithData::A(3) } else { WithData::B { x: input } };
    let order = (small < Small::Zero) as u64 + (small.max(Small::B) as i8 as u8 as u64) * 2;
    (small as i8 as u64) ^ (wide as u64).rotate_left(8) ^ (plain as u64) << 30 ^ (data.tag() as u64) << 34 ^ order << 50
}
