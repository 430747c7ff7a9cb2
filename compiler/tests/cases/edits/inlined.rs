// A small function stands inside of its callers; one that leads to a call does not.

pub fn small(x: u64) -> u64 { x + 1 }

pub fn middle(x: u64) -> u64 { small(x) * 2 }

#[inline(never)]
pub fn apart(x: u64) -> u64 { x + 5 }

pub fn answer() -> u64 { middle(3) + small(10) }

//# gives: 19
//# edit: x + 1 => x + 2
//# gives: 22
//# edit: x + 2 => apart(x)
//# gives: 31
//# edit: x + 5 => x + 6
//# gives: 34
//# edit: { apart(x) } => { x }
//# gives: 16
