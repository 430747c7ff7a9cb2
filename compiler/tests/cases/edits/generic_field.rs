struct Pair<T> { one: T, two: u8 }
impl<T> Pair<T> {
    fn size(&self) -> usize { size_of::<Self>() + size_of_val(&self.two) }
}
fn new<T>(one: T) -> Pair<T> { Pair { one, two: 3 } }
fn two() -> usize { let pair = new(1_u8); size_of_val(&pair.two) + pair.size() }
fn used() -> u64 { let pair = new(40_u16); u64::from(pair.one) + u64::from(pair.two) }
pub fn answer() -> u64 { two() as u64 * 100 + used() }
//# gives: 443
//# edit: two: u8 => two: u32
//# gives: 1643
//# edit: one: T, two => pad: [T; 3], one: T, two
//# edit: Pair<T> { Pair { one, two: 3 } } => Pair<T> where T: Copy { Pair { one, pad: [one; 3], two: 3 } }
//# gives: 1643
