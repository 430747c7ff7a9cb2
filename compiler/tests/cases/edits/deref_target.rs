use std::ops::Deref;
struct Low { level: u64 }
struct High { pad: u8, level: u64 }
struct Both { low: Low, high: High }
impl Deref for Both {
    type Target = Low;
    fn deref(&self) -> &Self::Target { self.part() }
}
impl Both {
    fn part(&self) -> &Low { &self.low }
}
fn both() -> Both { Both { low: Low { level: 4 }, high: High { pad: 2, level: 7 } } }
fn field() -> u64 { both().level }
fn through(both: &Both) -> u64 { let part = &**both; part.level }
pub fn answer() -> u64 { field() * 10 + through(&both()) + u64::from(both().high.pad) * 100 }
//# gives: 244
//# edit: type Target = Low; => type Target = High;
//# edit: fn part(&self) -> &Low { &self.low } => fn part(&self) -> &High { &self.high }
//# gives: 277
