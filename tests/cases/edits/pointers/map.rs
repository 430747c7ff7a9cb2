//! A map whose value type changes.
//# probe: 1 12 33 156
use std::collections::BTreeMap;
#[repr(C)] struct Note { pitch: i32, gain: i32 }
#[inline(never)] fn make(x: i64) -> BTreeMap<i64, Note> { (0..x + 1).map(|k| (k, Note { pitch: k as i32, gain: 1 })).collect() }
#[inline(never)] fn fold(map: BTreeMap<i64, Note>) -> i64 { map.values().map(|note| note.pitch as i64 * 10 + note.gain as i64).sum() }
//# after
//# expect: live
//# probe: 1 12 33 156
//# flight: old
use std::collections::BTreeMap;
#[repr(C)] struct Note { gain: i32, pitch: i32 }
#[inline(never)] fn make(x: i64) -> BTreeMap<i64, Note> { (0..x + 1).map(|k| (k, Note { pitch: k as i32, gain: 1 })).collect() }
#[inline(never)] fn fold(map: BTreeMap<i64, Note>) -> i64 { map.values().map(|note| note.pitch as i64 * 10 + note.gain as i64).sum() }
