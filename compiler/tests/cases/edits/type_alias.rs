type Sample = u16;
trait Zero { fn zero() -> Self; fn size(&self) -> usize where Self: Sized { size_of_val(self) } }
impl Zero for u16 { fn zero() -> u16 { 0 } }
impl Zero for u64 { fn zero() -> u64 { 0 } }
fn one() -> usize { Sample::zero().size() }
fn list() -> [Sample; 4] { [Zero::zero(); 4] }
fn two() -> usize { let all = list(); size_of_val(&all) }
pub fn answer() -> u64 { (one() * 100 + two()) as u64 }
//# gives: 208
//# edit: type Sample = u16; => type Sample = u64;
//# gives: 832
