//! The alignment of an argument decides where fields stand.
//# probe: 900 901 902 905
struct Pair<T> { flag: u8, value: T }
#[repr(align(4))] #[derive(Clone, Copy)] struct Word(u8);
#[inline(never)] fn make(x: i64) -> &'static Pair<Word> { host::keep(Pair { flag: 9, value: Word(x as u8) }) }
#[inline(never)] fn fold(pair: &'static Pair<Word>) -> i64 { pair.flag as i64 * 100 + pair.value.0 as i64 }
//# after
//# expect: live, changed fold make
//# probe: 900 901 902 905
//# flight: old
struct Pair<T> { flag: u8, value: T }
#[repr(align(32))] #[derive(Clone, Copy)] struct Word(u8);
#[inline(never)] fn make(x: i64) -> &'static Pair<Word> { host::keep(Pair { flag: 9, value: Word(x as u8) }) }
#[inline(never)] fn fold(pair: &'static Pair<Word>) -> i64 { pair.flag as i64 * 100 + pair.value.0 as i64 }
