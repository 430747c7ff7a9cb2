#[derive(Clone, Copy, PartialEq)]
enum Step { Rest, Note(u8) }
fn level(step: Step) -> u64 {
    match step { Step::Rest => 1, Step::Note(pitch) => u64::from(pitch) }
}
fn all() -> [Step; 2] { [Step::Rest, Step::Note(3)] }
fn rests() -> u64 { all().iter().filter(|step| **step == Step::Rest).count() as u64 }
pub fn answer() -> u64 { all().iter().map(|step| level(*step)).sum::<u64>() * 100 + rests() * 10 + size_of::<Step>() as u64 }
//# gives: 412
//# edit: enum Step { => enum Step { Tied(u32),
//# edit: match step { => match step { Step::Tied(long) => u64::from(long),
//# gives: 418
//# edit: [Step::Rest, Step::Note(3)] => [Step::Tied(3), Step::Note(3)]
//# gives: 608
//# edit: 1, Step::Note => 2, Step::Note
//# gives: 608
