//! A number of any value becomes a char.
//# probe: 55296 55297 55298 55301
struct Note { sign: u32 }
#[inline(never)] fn make(x: i64) -> &'static Note { host::keep(Note { sign: 0xD800 + x as u32 }) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { note.sign as i64 }
//# after
//# expect: live, changed fold make
//# probe: 1 1 2 2
//# flight: old
struct Note { sign: char }
#[inline(never)] fn make(x: i64) -> &'static Note { host::keep(Note { sign: if x > 1 { 'ß' } else { 'a' } }) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { note.sign.len_utf8() as i64 }
