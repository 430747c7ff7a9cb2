//! A field becomes uninitialised memory.
//# probe: 0 2 4 10
use std::mem::MaybeUninit;
struct Note { all: [i32; 4], used: usize }
#[inline(never)] fn make(x: i64) -> &'static Note { host::keep(Note { all: [x as i32; 4], used: 2 }) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { note.all[..note.used].iter().sum::<i32>() as i64 }
#[allow(dead_code)] fn unused(_: MaybeUninit<i32>) {}
//# after
//# expect: live, changed fold
//# probe: 0 4 8 20
//# flight: old
use std::mem::MaybeUninit;
struct Note { all: [MaybeUninit<i32>; 4], used: usize }
#[inline(never)] fn make(x: i64) -> &'static Note { host::keep(Note { all: [MaybeUninit::new(x as i32); 4], used: 2 }) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { note.all[..note.used].iter().map(|x| unsafe { x.assume_init() } as i64 * 2).sum::<i64>() }
#[allow(dead_code)] fn unused(_: MaybeUninit<i32>) {}
