//! A field of a struct within a struct is widened: two levels below the call.
//# probe: 39 139 239 539
struct Tone { pitch: i32, gain: i32 }
struct Note { tone: Tone, length: i32 }
#[inline(never)] fn make(x: i64) -> &'static Note { host::keep(Note { tone: Tone { pitch: x as i32, gain: 3 }, length: 9 }) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { (note.tone.pitch as i64 * 10 + note.tone.gain as i64) * 10 + note.length as i64 }
//# after
//# expect: live, changed fold make
//# probe: 139 239 339 639
//# flight: old
struct Tone { pitch: i64, gain: i32 }
struct Note { tone: Tone, length: i32 }
#[inline(never)] fn make(x: i64) -> &'static Note { host::keep(Note { tone: Tone { pitch: x + 1, gain: 3 }, length: 9 }) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { (note.tone.pitch as i64 * 10 + note.tone.gain as i64) * 10 + note.length as i64 }
