//! Any sequence of edits, ways through the history, handles, addresses and closures: whatever can be called
//! is there, and returns what some generation of its signature returns.
//!
//! The sequences are random and always the same (but for the moment at which optimised code comes, where
//! there are two compilers); the runtime of a debug build audits every commit.

use std::sync::Arc;

use segue::{Closure, Commit, Event, Live, Outcome, Participant, Program, runtime::loader::Config};

use crate::{
    alone,
    song::{SAMPLE, Sample, Song, reclaim_all, remembering},
    tiers::{Gate, tiers},
};

/// Steps with each seed.
const STEPS: usize = 200;

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

/// One of 96 kinds of texts, in one of three editions. Whatever it is, functions return their argument
/// times ten, and the edition.
fn text(kind: usize, n: usize) -> String {
    let types = ["u8", "u16", "u32"][kind % 3];
    let more = kind / 3 % 4;
    let extra = match more {
        // A function that is there now and then, whose address is kept.
        1 => "sample.place = extra as fn(u64) -> u64 as usize;",
        // One that panics now and then.
        2 => "if sample.value == 7.0 { sample.value = 0.0; panic!(\"no\") }",
        // A table of functions.
        3 => "sample.place = std::hint::black_box(&TABLE)[1] as usize;",
        _ => "state.hook.map(|hook| hook(1));",
    };
    let state = ["", "wide: u64,"][kind / 12 % 2];
    let chain = ["u64", "u32"][kind / 24 % 2];
    let life = ["", "<'a>"][kind / 48 % 2];
    format!(
        "{SAMPLE}pub struct T {{ a: {types} }}
#[derive(Default)] pub struct State {{ calls: u32, {state} hook: Option<fn(u64) -> u64> }}
impl Drop for State {{ fn drop(&mut self) {{ self.calls = leaf(1) as u32; }} }}
static TABLE: [fn(u64) -> u64; 2] = [leaf, tabled];
#[inline(never)] pub fn leaf(x: u64) -> u64 {{ std::hint::black_box(x) * 10 + {n} }}
#[inline(never)] fn tabled(x: u64) -> u64 {{ std::hint::black_box(leaf(x)) / 10 * 10 + {n} }}
#[inline(never)] fn extra(x: u64) -> u64 {{ std::hint::black_box(middle(x)) }}
#[inline(never)] fn middle(x: u64) -> u64 {{ std::hint::black_box(leaf(x)) }}
pub fn chain(x: {chain}) -> u64 {{ std::hint::black_box(middle(x as u64)) }}
pub fn named() -> usize {{ let f: fn(u64) -> u64 = leaf; f as usize }}
pub fn process{life}(state: &mut State, sample: &mut Sample) {{
    state.calls += 1;
    {extra}
    if {more} == 1 {{ state.hook = Some(extra); }}
    sample.number = middle(state.hook.map_or(3, |hook| hook(3) / 10)) as u32;
}}
"
    )
}

type Narrow = Live<fn(u32) -> u64>;
type Wide = Live<fn(u64) -> u64>;

/// A program, and whatever can call it.
struct Run {
    program: Program,
    me: Option<Participant>,
    closures: Vec<Closure<Sample>>,
    narrow: Vec<Narrow>,
    wide: Vec<Wide>,
    addresses: Vec<usize>,
    /// With two compilers: where the slower one waits, and whether it does.
    gate: Option<Arc<Gate>>,
    is_pending: bool,
}

#[track_caller]
fn check(answer: u64, x: u64) {
    assert!(answer / 10 == x, "not what any generation returns for {x}: {answer}");
}

impl Run {
    /// Does something, and says what.
    fn step(&mut self, random: &mut Random, kinds: &[usize]) -> String {
        match random.below(24) {
            0..=6 => {
                let (kind, n) = (kinds[random.below(kinds.len())], random.below(3));
                let text = text(kind, n);
                // A closure refuses that.
                let is_fit = random.below(8) != 0;
                let text = if is_fit { text } else { text.replace("fn process", "fn progress") };
                let is_live = self.program.apply(&text).is_ok();
                self.is_pending = is_live;
                format!("apply {kind} {n} {is_fit}: {is_live}")
            }
            7..=8 => format!("undo: {}", self.program.undo().is_ok()),
            9 => format!("redo: {}", self.program.redo().is_ok()),
            10..=13 => {
                let all = self.program.history();
                let number = all[random.below(all.len())].number;
                match random.below(4) {
                    0 => format!("keep {number}: {}", self.program.keep(number).is_ok()),
                    1 => format!("release {number}: {}", self.program.release(number).is_ok()),
                    _ => format!("go to {number}: {}", self.program.go_to(number).is_ok()),
                }
            }
            14 => {
                self.narrow.extend(self.program.bind("chain").ok());
                self.wide.extend(["chain", "leaf"].iter().flat_map(|path| self.program.bind(path)));
                "bind".to_owned()
            }
            15 => {
                self.narrow.drain(..self.narrow.len().min(1));
                self.wide.drain(..self.wide.len().min(2));
                "drop handles".to_owned()
            }
            16 => self.open_or_drop(random),
            17 => {
                reclaim_all(&self.program);
                "reclaim".to_owned()
            }
            18..=19 if let Some(gate) = &self.gate => {
                if std::mem::take(&mut self.is_pending) {
                    gate.pass();
                }
                "optimise".to_owned()
            }
            _ => self.call([0.0, 7.0][random.below(2)]),
        }
    }

    fn open_or_drop(&mut self, random: &mut Random) -> String {
        let most = if self.me.is_some() { 2 } else { 1 };
        if self.closures.len() == most || random.below(2) == 0 {
            self.closures.drain(..self.closures.len().min(1));
            return "drop a closure".to_owned();
        }
        let opened = self.program.closure("process");
        self.closures.extend(opened.ok());
        format!("open a closure: {}", self.closures.len())
    }

    fn call(&mut self, value: f32) -> String {
        let Some(closure) = self.closures.last_mut() else { return "no closure".to_owned() };
        let mut sample = Sample { value, ..Sample::default() };
        let call = closure.call(&mut sample);
        if call.outcome != Outcome::Silent {
            check(u64::from(sample.number), 3);
        }
        if sample.place != 0 && self.addresses.len() < 20 {
            self.addresses.push(sample.place);
        }
        format!("call: {call:?}")
    }

    fn check(&mut self) {
        let Some(me) = &self.me else { return };
        let _scope = me.pin();
        self.narrow.iter().for_each(|each| check(each.pin(me).call(5), 5));
        self.wide.iter().for_each(|each| check(each.pin(me).call(5), 5));
        for address in &self.addresses {
            // SAFETY: whoever has an address may call it as long as the program lives.
            let named = unsafe { std::mem::transmute::<usize, fn(u64) -> u64>(*address) };
            check(named(5), 5);
        }
    }
}

fn run(seed: u64, commit: Commit, several: bool, tiered: bool) {
    let mut random = Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
    let kinds: Vec<usize> = (0..5).map(|_| random.below(96)).collect();
    let song = Song::new(&text(kinds[0], 0));
    let memory = Config { poison: true, ..Config::default() };
    let options = remembering(&song.path(), 1 + random.below(3)).memory(memory).commit(commit);
    let (tiers, gate) = tiers();
    let options = if tiered { options.compiler(tiers) } else { options };
    let program = options.watch(false).open().expect("the file opens");
    let me = several.then(|| program.participant());
    let (closures, narrow, wide, addresses) = Default::default();
    let gate = tiered.then_some(gate);
    let mut run = Run { program, me, closures, narrow, wide, addresses, gate, is_pending: true };
    let mut optimised = 0;
    for step in 0..STEPS {
        if step == STEPS / 4 * 3 && run.me.is_none() {
            run.me = Some(run.program.participant());
        }
        // Seen when it fails.
        println!("{seed}, {step}: {}", run.step(&mut random, &kinds));
        run.check();
        let is_optimised = |event: &Event| matches!(event, Event::Optimised(_));
        optimised += run.program.events().try_iter().filter(is_optimised).count();
    }
    assert_eq!(optimised > 0, tiered, "the slower compiler had its say");
    run.closures.clear();
    reclaim_all(&run.program);
    run.check();
}

#[test]
fn whatever_can_be_called_is_there() {
    alone::survives(|| {
        let seeds = std::env::var("SEGUE_OWNERS_SEEDS").ok().and_then(|seeds| seeds.parse().ok());
        for seed in 1..=seeds.unwrap_or(1_u64) {
            for tiered in [false, true] {
                run(seed, Commit::Immediate, false, tiered);
                run(seed, Commit::Immediate, true, tiered);
                run(seed, Commit::Snapshot, true, tiered);
            }
        }
    });
}
