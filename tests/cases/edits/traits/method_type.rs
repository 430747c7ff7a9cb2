//! A method of a trait returns another type.
//# probe: 24 34 33 63
trait Voice { fn pitch(&self) -> i64; fn gain(&self) -> i64; }
struct Sine(i64); struct Saw(i64);
impl Voice for Sine { fn pitch(&self) -> i64 { self.0 + 1 } fn gain(&self) -> i64 { 3 } }
impl Voice for Saw { fn pitch(&self) -> i64 { self.0 + 2 } fn gain(&self) -> i64 { 4 } }
#[inline(never)] fn make(x: i64) -> Box<dyn Voice> { if x > 1 { Box::new(Sine(x)) } else { Box::new(Saw(x)) } }
#[inline(never)] fn fold(voice: Box<dyn Voice>) -> i64 { voice.pitch() * 10 + voice.gain() }
//# after
//# expect: live, changed fold
//# probe: 16 26 27 57
//# flight: old
trait Voice { fn pitch(&self) -> i64; fn gain(&self) -> i8; }
struct Sine(i64); struct Saw(i64);
impl Voice for Sine { fn pitch(&self) -> i64 { self.0 + 1 } fn gain(&self) -> i8 { -3 } }
impl Voice for Saw { fn pitch(&self) -> i64 { self.0 + 2 } fn gain(&self) -> i8 { -4 } }
#[inline(never)] fn make(x: i64) -> Box<dyn Voice> { if x > 1 { Box::new(Sine(x)) } else { Box::new(Saw(x)) } }
#[inline(never)] fn fold(voice: Box<dyn Voice>) -> i64 { voice.pitch() * 10 + voice.gain() as i64 }
