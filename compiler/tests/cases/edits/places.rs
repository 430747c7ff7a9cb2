use std::panic::Location;
#[track_caller]
fn here() -> u64 { u64::from(Location::caller().line()) }
fn first() -> u64 { here() }
fn second() -> u64 {
    here()
}
fn generic<T>(_: T) -> u64 { [1].iter().map(|_| here()).sum() }
pub fn answer() -> u64 { first() * 10_000 + second() * 100 + generic(1_u8) }
//# gives: 40608
//# edit: fn first() -> u64 { here() } => fn first() -> u64 {\n    here()\n}
//# gives: 50810
//# edit: #[track_caller] => // A comment.\n\n#[track_caller]
//# gives: 71012
//# edit: fn second() -> u64 { => fn second() -> u64 {\n    let _unused = 3;\n
//# gives: 71214
