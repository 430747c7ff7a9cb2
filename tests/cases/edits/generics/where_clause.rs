//! A where clause chooses an associated type, which is the layout.
//# probe: 3 13 23 53
trait Width { type Word: Default + Into<i64> + From<u8>; }
struct Narrow; struct Wide;
impl Width for Narrow { type Word = i32; } impl Width for Wide { type Word = i64; }
struct Note<W> where W: Width { pitch: W::Word, gain: W::Word }
type Used = Narrow;
#[inline(never)] fn make(x: i64) -> Box<Note<Used>> { Box::new(Note { pitch: (x as u8).into(), gain: 3.into() }) }
#[inline(never)] fn fold(note: Box<Note<Used>>) -> i64 { Into::<i64>::into(note.pitch) * 10 + Into::<i64>::into(note.gain) }
//# after
//# expect: live, changed fold make
//# probe: 3 13 23 53
//# flight: old
trait Width { type Word: Default + Into<i64> + From<u8>; }
struct Narrow; struct Wide;
impl Width for Narrow { type Word = i32; } impl Width for Wide { type Word = i64; }
struct Note<W> where W: Width { pitch: W::Word, gain: W::Word }
type Used = Wide;
#[inline(never)] fn make(x: i64) -> Box<Note<Used>> { Box::new(Note { pitch: (x as u8).into(), gain: 3.into() }) }
#[inline(never)] fn fold(note: Box<Note<Used>>) -> i64 { Into::<i64>::into(note.pitch) * 10 + Into::<i64>::into(note.gain) }
