//! What states hold by value is described, to any depth: behind arrays, tuples, `Option`, `Box`, aliases.
//# data: State voices: Bank, mode: Mode, pair: (f32, Voice), spare: Option<[Voice; 2]>, boxed: Box<Deep>, names: Vec<Unseen>
//# data: Voice phase: f32, envelope: Envelope
//# data: Envelope level: f64
//# data: Mode Off(), Saw(width: f32, next: Option<Box<Mode>>), Pair(0: u8, 1: Kind)
//# data: Kind A(), B()
//# data: Deep 0: [[u16; 3]; 2]
//# data: Old a: f32
//# function: migrate fn(&Old) -> State

pub struct State {
    voices: Bank,
    mode: Mode,
    pair: (f32, Voice),
    spare: Option<[Voice; 2]>,
    boxed: Box<Deep>,
    names: Vec<Unseen>,
}
type Bank = [Voice; 8];
#[derive(Default, Clone, Copy)]
pub struct Voice {
    phase: f32,
    envelope: inner::Envelope,
}
mod inner {
    #[derive(Default, Clone, Copy)]
    pub struct Envelope {
        pub level: f64,
    }
}
#[derive(Default)]
enum Mode {
    #[default]
    Off,
    Saw {
        width: f32,
        next: Option<Box<Mode>>,
    },
    #[cfg(windows)]
    Absent,
    Pair(u8, Kind),
}
// It has no `Default`, and a value of it is carried all the same.
enum Kind {
    A,
    r#B,
}
#[derive(Default)]
struct Deep([[u16; 3]; 2]);
#[derive(Default)]
struct Unseen;
pub struct Old {
    a: f32,
}
#[expect(non_upper_case_globals)]
static x: f32 = 0.0;

impl Default for State {
    fn default() -> State {
        let voices = [Voice::default(); 8];
        let (mode, pair, spare) = (Mode::default(), (x, voices[0]), None);
        State { voices, mode, pair, spare, boxed: Box::default(), names: Vec::new() }
    }
}
fn migrate(old: &Old) -> State {
    let mut state = State::default();
    state.pair.0 = old.a;
    state
}
pub fn process(state: &mut State) {
    state.pair.0 += state.voices.len() as f32;
    if let Mode::Pair(0, Kind::A) = state.mode {
        state.mode = Mode::Pair(1, Kind::B);
    }
}
