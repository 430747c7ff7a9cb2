//! What a state holds survives edits of its type, to any depth, and the report says so line by line.

mod drops;
mod random;
mod variants;

use crate::song::{SAMPLE, Sample, Song, open_remembering};
use segue::{Closure, Outcome, Program, Report};

/// Below every text: what the state looks like after `step`, as a string that the test takes over.
const SHOW: &str = "
pub fn process(state: &mut State, sample: &mut Sample) {
    step(state);
    sample.place = Box::into_raw(Box::new(format!(\"{state:?}\"))) as usize;
}
";

pub(crate) struct Shown {
    /// Its folder.
    _song: Song,
    pub(crate) program: Program,
    pub(crate) closure: Closure<Sample>,
}

impl Shown {
    pub(crate) fn new(text: &str) -> Shown {
        let song = Song::new(&whole(text));
        let program = open_remembering(&song.path(), 32);
        let closure = program.closure("process").expect("a closure");
        Shown { _song: song, program, closure }
    }

    /// The state after one more call.
    pub(crate) fn show(&mut self) -> String {
        let mut sample = Sample::default();
        let call = self.closure.call(&mut sample);
        assert_ne!(call.outcome, Outcome::Silent);
        // SAFETY: `process` left a boxed string of the same standard library there.
        unsafe { *Box::from_raw(sample.place as *mut String) }
    }

    pub(crate) fn apply(&self, text: &str) -> Report {
        self.program.apply(&whole(text)).expect("the edit is live")
    }
}

pub(crate) fn whole(text: &str) -> String {
    format!("{text}{SHOW}{SAMPLE}")
}

pub(crate) fn lines(report: &Report) -> Vec<String> {
    report.state.iter().map(ToString::to_string).collect()
}

/// The state after `before`, one call and the edit to `after`, with the lines of the report. Then
/// the same with an `after` that panics: what comes back is what was there.
#[track_caller]
fn check(before: &str, after: &str, expected: &str, told: &[&str]) {
    let mut shown = Shown::new(before);
    let first = shown.show();
    let report = shown.apply(after);
    assert_eq!(lines(&report), told);
    assert_eq!(shown.show(), expected, "carried from {first}");

    let mut shown = Shown::new(before);
    let first = shown.show();
    let panics = after.replace("fn step(", "fn step(_: &mut State) { panic!(\"new\") } fn unused(");
    shown.apply(&panics);
    // The old code runs in the very call that panicked.
    let again = shown.show();
    let mut undisturbed = Shown::new(before);
    assert_eq!(undisturbed.show(), first);
    assert_eq!(undisturbed.show(), again, "the panic left the old state as it was");
}

#[test]
fn nested_structs_arrays_and_tuples_are_carried_field_by_field() {
    check(
        "#[derive(Debug, Default)] pub struct State { voices: [Voice; 2], pair: (u32, Filter), names: Vec<String>, table: Table }
         type Table = std::collections::HashMap<String, Vec<u8>>;
         #[derive(Debug, Default)] struct Voice { phase: f32, note: u8 }
         #[derive(Debug, Default)] struct Filter { q: f32, taps: [f32; 2] }
         fn step(state: &mut State) {
             state.voices[0].phase += 0.5; state.voices[1].note += 60; state.pair.0 += 7;
             state.pair.1.q += 0.25; state.pair.1.taps[1] += 3.0; state.names.push(\"a\".into());
             state.table.entry(\"key\".into()).or_default().push(5);
         }",
        "#[derive(Debug)] pub struct State { gain: f32, table: Table, pair: (u64, Filter, bool), voices: [Voice; 3], names: Vec<String> }
         type Table = std::collections::HashMap<String, Vec<u8>>;
         impl Default for State { fn default() -> State {
             State { gain: 0.5, pair: (1, Filter::default(), true), voices: Default::default(), names: vec![\"b\".into()], table: [(\"new\".into(), vec![])].into() } } }
         #[derive(Debug, Default)] struct Voice { note: u8, age: u16, phase: f32 }
         #[derive(Debug, Default)] struct Filter { taps: [f32; 4], q: f32 }
         fn step(_: &mut State) {}",
        "State { gain: 0.5, table: {\"key\": [5]}, pair: (7, Filter { taps: [0.0, 3.0, 0.0, 0.0], q: 0.25 }, true), \
         voices: [Voice { note: 0, age: 0, phase: 0.5 }, Voice { note: 60, age: 0, phase: 0.0 }, \
         Voice { note: 0, age: 0, phase: 0.0 }], names: [\"a\"] }",
        &[
            "gain: f32 is new, starts as its default",
            "table: kept",
            "pair.0: u32 widened to u64",
            "pair.1.taps: [f32; 2] became [f32; 4], 2 carried over",
            "pair.1.q: kept",
            "pair.2: bool is new, starts as its default",
            "voices[].note: kept",
            "voices[].age: u16 is new, starts as its default",
            "voices[].phase: kept",
            "voices: [Voice; 2] became [Voice; 3], 2 carried over",
            "names: kept",
        ],
    );
}

#[test]
fn enums_and_options_keep_their_variant_and_its_fields() {
    check(
        "#[derive(Debug, Default)] pub struct State { mode: Mode, spare: Option<Voice>, none: Option<Voice>, modes: [Mode; 3] }
         #[derive(Debug, Default)] enum Mode { #[default] Off, Saw { width: f32, log: Vec<u8> }, Pulse(u8) }
         #[derive(Debug, Default)] struct Voice { phase: f32, notes: Vec<u8> }
         fn step(state: &mut State) {
             state.mode = Mode::Saw { width: 0.5, log: vec![1, 2] };
             state.spare = Some(Voice { phase: 0.75, notes: vec![9] });
             state.modes[1] = Mode::Pulse(3);
             state.modes[2] = Mode::Saw { width: 0.25, log: vec![] };
         }",
        "#[derive(Debug, Default)] pub struct State { mode: Mode, spare: Option<Voice>, none: Option<Voice>, modes: [Mode; 3] }
         #[derive(Debug, Default)] enum Mode { Saw { log: Vec<u8>, width: f64, sync: bool }, Noise(f32), #[default] Off }
         #[derive(Debug, Default)] struct Voice { notes: Vec<u8>, age: u32, phase: f32 }
         fn step(_: &mut State) {}",
        "State { mode: Saw { log: [1, 2], width: 0.5, sync: false }, \
         spare: Some(Voice { notes: [9], age: 0, phase: 0.75 }), none: None, \
         modes: [Off, Off, Saw { log: [], width: 0.25, sync: false }] }",
        &[
            "mode::Saw.log: kept",
            "mode::Saw.width: f32 widened to f64",
            "mode::Saw.sync: bool is new, starts as its default",
            "mode::Pulse dropped",
            "mode::Noise is new",
            "spare?.notes: kept",
            "spare?.age: u32 is new, starts as its default",
            "spare?.phase: kept",
            "none?.notes: kept",
            "none?.age: u32 is new, starts as its default",
            "none?.phase: kept",
            "modes[]::Saw.log: kept",
            "modes[]::Saw.width: f32 widened to f64",
            "modes[]::Saw.sync: bool is new, starts as its default",
            "modes[]::Pulse dropped",
            "modes[]::Noise is new",
        ],
    );
}

#[test]
fn fields_variants_and_types_are_found_by_their_former_names() {
    check(
        "#[derive(Debug, Default)] pub struct State { freq: f32, filter: Lowpass, mode: Mode, other: Plain }
         #[derive(Debug, Default)] struct Lowpass { res: f32 }
         #[derive(Debug, Default)] struct Plain { x: f32 }
         #[derive(Debug, Default)] enum Mode { #[default] Off, Sawtooth(Box<f32>) }
         fn step(state: &mut State) {
             state.freq += 440.0; state.filter.res += 0.5; state.other.x += 1.0;
             state.mode = Mode::Sawtooth(Box::new(2.5));
         }",
        "#[derive(Debug, Default)] pub struct State {
             #[doc(alias = \"freq\")] frequency: f32, filter: Svf, mode: Mode, other: Other }
         #[doc(alias = \"Lowpass\")] #[derive(Debug, Default)] struct Svf { #[doc(alias = \"res\")] q: f64 }
         #[derive(Debug, Default)] struct Other { x: f32 }
         #[derive(Debug, Default)] enum Mode { #[default] Off, #[doc(alias(\"Saw1\", \"Sawtooth\"))] Saw(Box<f32>) }
         fn step(_: &mut State) {}",
        "State { frequency: 440.0, filter: Svf { q: 0.5 }, mode: Saw(2.5), other: Other { x: 0.0 } }",
        &[
            "frequency: kept (was `freq`)",
            "filter.q: f32 widened to f64 (was `filter.res`)",
            "mode::Saw.0: kept (was `mode::Sawtooth.0`)",
            "other: Plain became Other, starts as its default",
        ],
    );
}

#[test]
fn what_cannot_be_carried_says_why() {
    check(
        "#[derive(Debug, Default)] pub struct State { bank: Vec<Voice>, knob: Option<Knob>, node: Node, w: Wrap<f32>, n: f64, p: Packed }
         #[derive(Debug, Default)] struct Voice { phase: f32 }
         #[derive(Debug)] struct Knob { x: f32 }
         #[derive(Debug, Default)] struct Node { value: f32, next: Option<Box<Node>> }
         #[derive(Debug, Default)] struct Wrap<T> { t: T }
         #[repr(C, packed)] #[derive(Debug, Default, Clone, Copy)] struct Packed { a: u8, mode: Mode }
         #[derive(Debug, Default, Clone, Copy)] #[repr(u32)] enum Mode { #[default] A, B }
         fn step(state: &mut State) {
             state.bank.push(Voice::default()); state.knob = Some(Knob { x: 1.0 });
             state.node = Node { value: 1.0, next: Some(Box::default()) };
             state.n = 1.0; state.w.t = 1.0; state.p.a = 5; state.p.mode = Mode::B;
         }",
        "#[derive(Debug, Default)] pub struct State { bank: Vec<Voice>, knob: Option<Knob>, node: Node, w: Wrap<f32>, n: f32, p: Packed }
         #[derive(Debug, Default)] struct Voice { phase: f32, age: u8 }
         #[derive(Debug)] struct Knob { x: f32, y: f32 }
         #[derive(Debug, Default)] struct Node { value: f32, next: Option<Box<Node>>, n: u8 }
         #[derive(Debug, Default)] struct Wrap<T> { t: T, u: u8 }
         #[repr(C, packed)] #[derive(Debug, Default, Clone, Copy)] struct Packed { a: u8, mode: Mode }
         #[derive(Debug, Default, Clone, Copy)] #[repr(u32)] enum Mode { B, #[default] A }
         fn step(_: &mut State) {}",
        "State { bank: [], knob: None, node: Node { value: 1.0, next: Some(Node { value: 0.0, next: None, n: 0 }), n: 0 }, \
         w: Wrap { t: 0.0, u: 0 }, n: 0.0, p: Packed { a: 5, mode: A } }",
        &[
            "bank: Vec<Voice> starts as its default: a type in it was redefined, and nobody but its own \
             code can look inside: write `fn migrate(old: &Old) -> State`",
            "knob?: Knob starts as its default: `Knob` has no `Default` to start from",
            "node.value: kept",
            "node.next?*: Node starts as its default: it contains itself",
            "node.n: u8 is new, starts as its default",
            "w: Wrap<f32> starts as its default: a type in it was redefined, and nobody but its own \
             code can look inside: write `fn migrate(old: &Old) -> State`",
            "n: f64 became f32, starts as its default",
            "p.a: kept",
            "p.mode: Mode was redefined, starts as its default",
        ],
    );
}
