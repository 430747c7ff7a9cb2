//! The representation of a plain enum changes.
//# probe: 0 111 222 222
#[derive(Clone, Copy)] enum Key { A, B, C }
#[inline(never)] fn make(x: i64) -> &'static [Key; 3] { host::keep(match x { 0 => [Key::A; 3], 1 => [Key::B; 3], _ => [Key::C; 3] }) }
#[inline(never)] fn fold(keys: &'static [Key; 3]) -> i64 { keys.iter().fold(0, |sum, &key| sum * 10 + key as i64) }
//# after
//# expect: live, changed fold make
//# probe: 0 111 222 222
//# flight: old
#[derive(Clone, Copy)] #[repr(u32)] enum Key { A, B, C }
#[inline(never)] fn make(x: i64) -> &'static [Key; 3] { host::keep(match x { 0 => [Key::A; 3], 1 => [Key::B; 3], _ => [Key::C; 3] }) }
#[inline(never)] fn fold(keys: &'static [Key; 3]) -> i64 { keys.iter().fold(0, |sum, &key| sum * 10 + key as i64) }
