//! Two fields become a tuple.
//# probe: 2 32 62 152
struct Note { pitch: i32, gain: i32 }
#[inline(never)] fn make(x: i64) -> &'static Note { host::keep(Note { pitch: x as i32 * 3, gain: 2 }) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { note.pitch as i64 * 10 + note.gain as i64 }
//# after
//# expect: live, changed fold make
//# probe: 3 33 63 153
//# flight: old
struct Note { both: (i32, i32) }
#[inline(never)] fn make(x: i64) -> &'static Note { host::keep(Note { both: (2, x as i32 * 3) }) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { note.both.1 as i64 * 10 + note.both.0 as i64 + 1 }
