//! A field is added behind the others; the old ones stay where they were.
//# probe: 2 32 62 152
struct Note { pitch: i32, gain: i32 }
#[inline(never)] fn make(x: i64) -> &'static Note { host::keep(Note { pitch: x as i32 * 3, gain: 2 }) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { note.pitch as i64 * 10 + note.gain as i64 }
//# after
//# expect: live, changed fold make
//# probe: 7 37 67 157
//# flight: old
struct Note { pitch: i32, gain: i32, length: [i32; 9] }
#[inline(never)] fn make(x: i64) -> &'static Note { host::keep(Note { pitch: x as i32 * 3, gain: 2, length: [7; 9] }) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { note.pitch as i64 * 10 + note.length[8] as i64 }
