macro_rules! sum { ($($x:expr),*) => { 0 $(+ $x)* }; }
macro_rules! voice { ($name:ident, $level:expr) => { struct $name; impl $name { fn level(&self) -> u64 { $level } } }; }
voice!(Kick, 3);
fn total() -> u64 { sum!(1, 2, 3) }
fn local() -> u64 { voice!(Snare, 8); Snare.level() }
pub fn answer() -> u64 { total() * 100 + Kick.level() * 10 + local() }
//# gives: 638
//# edit: sum!(1, 2, 3) => sum!(1, 2, 3, 4)
//# gives: 1038
//# edit: voice!(Kick, 3) => voice!(Kick, 4)
//# gives: 1048
//# edit: voice!(Snare, 8) => voice!(Snare, 9)
//# gives: 1049
//# edit: { 0 $(+ $x)* } => { 1 $(+ $x)* }
//# gives: 1149
