fn numbers() -> impl Iterator<Item = u32> { 0..4_u32 }
fn sum() -> u64 { numbers().map(u64::from).sum() }
fn begin() -> u64 { let mut all = numbers(); all.next().map_or(0, u64::from) }
pub fn answer() -> u64 { sum() * 100 + begin() }
//# gives: 600
//# edit: { 0..4_u32 } => { [7, 8, 9_u32].into_iter().skip(1).chain(Some(5)).take(2) }
//# gives: 1708
