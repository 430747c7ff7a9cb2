trait Size { const N: usize; fn list() -> [u8; 2] { [1, 2] } }
struct Small;
impl Size for Small { const N: usize = 3; }
fn array() -> [u8; Small::N] { [2; Small::N] }
fn sum() -> u64 { array().iter().map(|x| u64::from(*x)).sum() }
fn twice<S: Size>() -> usize { S::N * 2 }
pub fn answer() -> u64 { sum() * 100 + twice::<Small>() as u64 }
//# gives: 606
//# edit: const N: usize = 3; => const N: usize = 5;
//# gives: 1010
