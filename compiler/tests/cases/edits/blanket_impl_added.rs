struct Plain;
trait Named { fn name(&self) -> u64 { 1 } }
trait Level { fn level(self) -> u64; }
impl Level for &&Plain { fn level(self) -> u64 { 2 } }
fn first() -> u64 { (&&Plain).level() }
fn second() -> u64 { let plain = &&Plain; plain.level() }
pub fn answer() -> u64 { first() * 10 + second() }
//# gives: 22
//# edit: fn first() => impl<T: Named> Level for &T { fn level(self) -> u64 { self.name() + 4 } }\nimpl Named for Plain {}\nfn first()
//# gives: 22
//# edit: impl Level for &&Plain { fn level(self) -> u64 { 2 } } => impl Level for &u8 { fn level(self) -> u64 { 2 } }
//# gives: 55
