mod parts {
    pub fn scale(x: u32) -> u32 { x * 3 }
    pub struct Gain { pub level: u32 }
    impl Gain { pub fn of(&self, x: u32) -> u32 { x * self.level } }
}
use parts::{Gain, scale};
fn one() -> u64 { u64::from(scale(2)) }
fn two() -> u64 { u64::from(Gain { level: 4 }.of(scale(1).into())) }
pub fn answer() -> u64 { one() * 100 + two() }
//# gives: 612
//# edit: scale(x: u32) -> u32 { x * 3 } => scale(x: u16) -> u16 { x * 5 }
//# gives: 1020
//# edit: fn of(&self, x: u32) => fn of(self, x: u32)
//# gives: 1020
//# edit: level: 4 => level: 2
//# gives: 1010
