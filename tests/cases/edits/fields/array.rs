//! A field becomes an array, then a longer one.
//# probe: 2 32 62 152
struct Note { pitch: i32, gain: i32 }
#[inline(never)] fn make(x: i64) -> &'static Note { host::keep(Note { pitch: x as i32 * 3, gain: 2 }) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { note.pitch as i64 * 10 + note.gain as i64 }
//# after
//# expect: live, changed fold make
//# probe: 5 35 65 155
//# flight: old
struct Note { pitch: i32, gain: [i32; 2] }
#[inline(never)] fn make(x: i64) -> &'static Note { host::keep(Note { pitch: x as i32 * 3, gain: [2, 3] }) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { note.pitch as i64 * 10 + note.gain.iter().sum::<i32>() as i64 }
//# after
//# expect: live, changed fold make
//# probe: 5 36 67 160
//# flight: old
struct Note { pitch: i32, gain: [i32; 3] }
#[inline(never)] fn make(x: i64) -> &'static Note { host::keep(Note { pitch: x as i32 * 3, gain: [2, 3, x as i32] }) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { note.pitch as i64 * 10 + note.gain.iter().sum::<i32>() as i64 }
