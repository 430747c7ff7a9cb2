const BASE: u32 = 10;
static TABLE: [u32; 3] = [BASE, BASE + 1, BASE * 2];
static STEPS: [fn(u32) -> u32; 2] = [one, two];
fn one(x: u32) -> u32 { x + 1 }
fn two(x: u32) -> u32 { x * 2 }
fn steps(x: u32) -> u32 { STEPS.iter().fold(x, |x, step| step(x)) }
pub fn answer() -> u64 { u64::from(TABLE.iter().sum::<u32>()) * 100 + u64::from(steps(3)) }
//# gives: 4108
//# edit: x + 1 => x + 2
//# gives: 4110
//# edit: u32 = 10; => u32 = 20;
//# gives: 8110
//# edit: [one, two] => [two, one]
//# gives: 8108
//# edit: [u32; 3] = [BASE, => [u32; 4] = [5, BASE,
//# gives: 8608
