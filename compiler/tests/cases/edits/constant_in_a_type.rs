const N: usize = 2;
const fn length() -> usize { N + 1 }
struct List { all: [u8; length()] }
fn list() -> List { List { all: [3; length()] } }
fn total() -> u64 { list().all.iter().map(|x| *x as u64).sum() }
pub fn answer() -> u64 { total() * 10 + size_of::<List>() as u64 }
//# gives: 93
//# edit: N + 1 => N + 4
//# gives: 186
//# edit: usize = 2; => usize = 1;
//# gives: 155
