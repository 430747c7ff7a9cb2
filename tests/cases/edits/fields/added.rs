//! A field is added in front of the one that a call in flight holds.
//# probe: 1 4 7 16
struct Note { pitch: i64 }
#[inline(never)] fn make(x: i64) -> &'static Note { host::keep(Note { pitch: x * 3 }) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { note.pitch + 1 }
//# after
//# expect: live, changed fold make
//# probe: 101 104 107 116
//# flight: old
struct Note { gain: i64, pitch: i64 }
#[inline(never)] fn make(x: i64) -> &'static Note { host::keep(Note { gain: 100, pitch: x * 3 }) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { note.gain + note.pitch + 1 }
