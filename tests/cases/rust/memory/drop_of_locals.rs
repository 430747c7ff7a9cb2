//! Drop of locals, temporaries, fields, moved and replaced values, in their order, without heap.
use std::cell::Cell;
struct Mark<'a>(&'a Cell<u64>, u64);
impl Drop for Mark<'_> { fn drop(&mut self) { self.0.set(self.0.get() * 10 + self.1); } }
struct Two<'a> { _first: Mark<'a>, second: Mark<'a> }
fn give<'a>(mark: Mark<'a>, back: bool) -> Option<Mark<'a>> { if back { Some(mark) } else { None } }
fn peek(mark: &Mark) -> u64 { mark.1 }
pub fn run(input: u64) -> u64 {
    let log = Cell::new(0);
    {
        let _a = Mark(&log, 1);
        let mut b = Mark(&log, 2);
        let _ = Mark(&log, 3);
        b = Mark(&log, 4);
        let two = Two { _first: Mark(&log, 5), second: Mark(&log, 6) };
        if input > 1 { drop(two.second); }
        let seen = peek(&Mark(&log, 7));
        let _kept = give(Mark(&log, 8), input % 2 == 0);
        log.set(log.get() + seen - 7);
        let _ = &b;
    }
    let array = [Mark(&log, 1), Mark(&log, 2)];
    let [first, _] = array;
    drop(first);
    match Some(Mark(&log, 3)) { Some(ref mark) if mark.1 > 5 => {} Some(_mark) => {} None => {} }
    log.get()
}
