//! An array as long as an included text.
//# probe: 2 62 122 302
const N: usize = include_str!("words.txt").len();
struct Note { all: [i32; N], gain: i32 }
#[inline(never)] fn make(x: i64) -> &'static Note { host::keep(Note { all: [x as i32; N], gain: 2 }) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { note.all.iter().sum::<i32>() as i64 * 10 + note.gain as i64 }
//# file: words.txt
words
//# after
//# expect: live, changed fold make
//# probe: 2 162 322 802
//# flight: old
const N: usize = include_str!("words.txt").len();
struct Note { all: [i32; N], gain: i32 }
#[inline(never)] fn make(x: i64) -> &'static Note { host::keep(Note { all: [x as i32; N], gain: 2 }) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { note.all.iter().sum::<i32>() as i64 * 10 + note.gain as i64 }
//# file: words.txt
some more words
