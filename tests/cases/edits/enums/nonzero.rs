//! A number that is never zero gives an Option of the same size.
//# probe: -1 1 2 5
use std::num::NonZeroI32;
struct Note { pitch: Option<i32> }
#[inline(never)] fn make(x: i64) -> &'static Note { host::keep(Note { pitch: Some(x as i32).filter(|&x| x != 0) }) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { note.pitch.map_or(-1, i64::from) }
//# after
//# expect: live, changed fold make
//# probe: -1 2 4 10
//# flight: old
use std::num::NonZeroI32;
struct Note { pitch: Option<NonZeroI32> }
#[inline(never)] fn make(x: i64) -> &'static Note { host::keep(Note { pitch: NonZeroI32::new(x as i32 * 2) }) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { note.pitch.map_or(-1, |x| x.get().into()) }
