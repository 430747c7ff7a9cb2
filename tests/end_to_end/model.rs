//! A program against a simple model of it: thousands of saves, undos, numbers, faults and calls in any
//! order, and after each of them what is live, what the history lists, what calls return and what
//! the status says are what the model says.
//!
//! The sequences are random and always the same. The texts are few, and compiled once each.

mod expected;

use expected::{Callers, Expected, Text};

use crate::song::{SAMPLE, Sample, Song, open_remembering};
use segue::{
    Closure, ErrorKind, Live, Outcome, Participant, Program,
    runtime::{Reason, Saved},
};

/// Replaced generations that the program keeps.
const LIMIT: usize = 4;

impl Text {
    fn source(self) -> String {
        let n = self.number();
        let base = format!(
            "{SAMPLE}#[derive(Default)] pub struct State {{ calls: u32 }}
pub fn number() -> u32 {{ {n} }}
pub fn process(state: &mut State, sample: &mut Sample) {{
    state.calls += 1; sample.number = state.calls; sample.value = {n}.0;
}}
"
        );
        match self {
            Text::Zero | Text::One => base,
            Text::ZeroRemarked => base + "// the end\n",
            Text::Widened => base.replace("{ calls: u32 }", "{ extra: Vec<u8>, calls: u32 }"),
            Text::Faulty => base.replace("state.calls += 1;", "panic!(\"no\");"),
            Text::More => base + "pub fn extra() -> u32 { 44 }\n",
            Text::Broken => base.replace("u32 { 9 }", "u32 { nine }"),
        }
    }
}

/// Numbers that look random, and are the same in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % end
    }
}

/// A handle on a function of the texts.
type Number = Live<fn() -> u32>;

/// The program, what calls it, and what is expected of it.
struct Run {
    song: Song,
    program: Program,
    closure: Closure<Sample>,
    /// With several callers: another of them.
    other: Option<(Number, Participant)>,
    /// Handles on a function that is there now and then.
    extras: Vec<Number>,
    expected: Expected,
    calls: u32,
}

impl Run {
    fn new(callers: Callers) -> Run {
        let song = Song::new(&Text::Zero.source());
        let program = open_remembering(&song.path(), LIMIT);
        let other = (callers == Callers::Several).then(|| {
            (program.bind::<fn() -> u32>("number").expect("a handle"), program.participant())
        });
        let closure = program.closure("process").expect("a closure");
        let expected = Expected::new(callers, LIMIT);
        Run { song, program, closure, other, extras: Vec::new(), expected, calls: 0 }
    }

    fn step(&mut self, random: &mut Random) {
        match random.below(16) {
            0..=2 => {
                let text = self.text(random);
                self.song.save(&text.source());
                self.expected.write(text);
            }
            3..=5 => {
                let got = self.program.apply_file(self.song.path()).map(|report| report.generation);
                let wanted = self.expected.save();
                assert_eq!(got.as_ref().ok(), wanted.as_ref(), "{got:?}");
            }
            6..=7 => {
                let text = self.text(random);
                let got = self.program.apply(&text.source()).map(|report| report.generation);
                let wanted = self.expected.apply(text);
                assert_eq!(got.as_ref().ok(), wanted.as_ref(), "{got:?}");
            }
            8 => same(self.program.undo(), self.expected.undo()),
            9 => same(self.program.redo(), self.expected.redo()),
            10 => {
                let number = self.some_number(random);
                same(self.program.go_to(number), self.expected.go_to(number));
            }
            11 => {
                let number = self.some_number(random);
                assert_eq!(self.program.keep(number).is_ok(), self.expected.keep(number));
            }
            12 => {
                let number = self.some_number(random);
                assert_eq!(self.program.release(number).is_ok(), self.expected.release(number));
            }
            13 => {
                let got = self.program.bind::<fn() -> u32>("extra");
                assert_eq!(got.is_ok(), self.expected.has_extra());
                self.extras.extend(got);
            }
            _ => self.call(),
        }
        self.check();
    }

    fn text(&self, random: &mut Random) -> Text {
        let texts = [Text::Zero, Text::One, Text::ZeroRemarked, Text::Widened, Text::More];
        match random.below(8) {
            // With several callers a closure that faults is silent, which other tests look at.
            6 if self.other.is_none() => Text::Faulty,
            7 => Text::Broken,
            other => texts[other % texts.len()],
        }
    }

    /// The number of a generation that is there, was there, or never was.
    fn some_number(&self, random: &mut Random) -> u64 {
        let newest = self.expected.newest();
        (newest + 2).saturating_sub(random.below(2 * LIMIT + 2) as u64)
    }

    fn call(&mut self) {
        let mut sample = Sample::default();
        let call = self.closure.call(&mut sample);
        let wanted = self.expected.call();
        self.calls += 1;
        assert_eq!(call.outcome == Outcome::RolledBack, wanted.has_faulted);
        assert_eq!((sample.value, call.generation), (wanted.value as f32, wanted.generation));
        assert_eq!(sample.number, self.calls, "the state counts every call that returned");
    }

    fn check(&mut self) {
        let history = self.program.history();
        let got: Vec<_> = history
            .iter()
            .map(|each| (each.number, each.place, each.is_kept, each.faulted.is_some()))
            .collect();
        assert_eq!(got, self.expected.history());
        assert_eq!(self.program.generation(), self.expected.posted());
        let counted: usize = history.iter().map(|each| each.counted).sum();
        assert!(history.iter().all(|each| each.alone <= each.counted && counted > 0));
        if let Some((number, me)) = &self.other {
            assert_eq!(number.pin(me).call(), self.expected.reached());
            assert!(self.extras.iter().all(|extra| extra.pin(me).call() == 44));
            // Then the closure has taken over its state, and everything runs.
            self.call();
        }
        let status = self.program.status();
        let wanted = self.expected.status();
        assert_eq!(status.is_saved(), wanted.is_none(), "{status}");
        assert_eq!(status.generation, self.expected.running());
        let reason = match status.function("number").map(|number| &number.saved) {
            Some(Saved::Same) => None,
            Some(Saved::Differs(reason)) => Some(expected::Reason::from(reason)),
            None => panic!("every text has it: {status:?}"),
        };
        assert_eq!(reason, wanted, "{status}");
    }
}

impl From<&Reason> for expected::Reason {
    fn from(reason: &Reason) -> expected::Reason {
        match reason {
            Reason::Unread { .. } => expected::Reason::Unread,
            Reason::Refused { .. } => expected::Reason::Refused,
            Reason::Posted { generation } => expected::Reason::Posted(*generation),
            Reason::Left { generation } => expected::Reason::Left(*generation),
            Reason::Faulted { generation, .. } => expected::Reason::Faulted(*generation),
            Reason::Applied => expected::Reason::Applied,
            other => panic!("no such thing was done: {other}"),
        }
    }
}

/// Asserts that both went to the same generation, or neither went.
#[track_caller]
fn same(got: Result<segue::Report, segue::Error>, wanted: Option<u64>) {
    match got {
        Ok(report) => assert_eq!(Some(report.generation), wanted),
        Err(error) => assert_eq!((error.kind(), wanted), (ErrorKind::History, None), "{error}"),
    }
}

fn run(callers: Callers, seed: u64, steps: usize) {
    let mut random = Random(seed);
    let mut run = Run::new(callers);
    run.check();
    for step in 0..steps {
        // Seen when it fails.
        println!("{step}: {:?}", run.expected);
        run.step(&mut random);
    }
}

#[test]
fn with_one_caller_a_program_does_what_the_model_says() {
    run(Callers::One, 0x5E6E, 1500);
}

#[test]
fn with_several_callers_a_program_does_what_the_model_says() {
    run(Callers::Several, 0xA0D10, 500);
}
