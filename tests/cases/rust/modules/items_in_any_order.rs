//! Items used before they are defined, impls far from types, types inside of functions, constants in terms of later ones.
//# rustc-function refuses: compiled with the whole file
pub fn run(input: u64) -> u64 {
    let a = late::Thing::new(input).grown();
    let b = helper(a.size());
    fn helper(n: u64) -> u64 { n * FACTOR + inner() }
    const FACTOR: u64 = late::BASE + EXTRA;
    fn inner() -> u64 { struct Hidden(u64); impl Hidden { const SEVEN: Hidden = Hidden(7); } Hidden::SEVEN.0 + OUTSIDE }
    use late::*;
    let c: Alias = Size::size(&b);
    enum Local { One, Two }
    impl From<u64> for Local { fn from(n: u64) -> Local { if n > 1 { Local::Two } else { Local::One } } }
    b * 100 + c + match Local::from(input) { Local::One => 1, Local::Two => 2 }
}
const EXTRA: u64 = OUTSIDE / 2;
type Alias = u64;
mod late {
    impl Thing { pub fn grown(mut self) -> Thing { self.0 += super::OUTSIDE; self } }
    impl Size for Thing { fn size(&self) -> u64 { self.0 * 2 } }
    impl Size for u64 { fn size(&self) -> u64 { *self % 10 } }
    pub trait Size { fn size(&self) -> u64; }
    pub struct Thing(u64);
    impl Thing { pub fn new(n: u64) -> Thing { Thing(n + BASE) } }
    pub const BASE: u64 = 3;
}
static OUTSIDE: u64 = 8;
