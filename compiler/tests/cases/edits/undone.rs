struct Level(u8);
fn get(level: &Level) -> u64 { u64::from(level.0) }
fn list() -> Vec<u64> { vec![get(&Level(2)), get(&Level(3))] }
fn text() -> String { format!("{:?}-{}", list(), "a") }
pub fn answer() -> u64 { text().len() as u64 * 100 + list().iter().sum::<u64>() }
//# gives: 805
//# edit: u64::from(level.0) => u64::from(level.0) * 100
//# gives: 1700
//# edit: "a" => "bcd"
//# gives: 1900
//# edit: u64::from(level.0) * 100 => u64::from(level.0)
//# gives: 1005
//# edit: struct Level(u8); => struct Level(u16);
//# gives: 1005
//# edit: struct Level(u16); => struct Level(u8);
//# gives: 1005
