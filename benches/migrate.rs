//! What it costs to carry a million values into a changed type.
//!
//! Each kind has 1,000,000 instances, and an edit that adds something to each of them, back and forth:
//! `fields` structs behind a `Box`; `nested` the same in an array of arrays; `tuples` tuples with a struct in each;
//! `variants` enums of plain data; `owning` enums of which one variant has a `Vec`; `boxes` the same with a `Box`, so
//! that each default has memory of its own; `made` enums whose payload has a `Default` of its own; `options` `Option`s of structs; `function` a `Vec` that the
//! file's `migrate` makes anew.
//!
//! Of each: the commit without the compiler (on the program's thread: linking, the new state's
//! `Default`), the block in which it is taken (on the calling thread, beside an ordinary one), both, and `plain`: a
//! `Vec` of the old type made into one of the new by a loop in this very program.

mod measure;

use std::{
    error::Error,
    hint::black_box,
    time::{Duration, Instant},
};

use measure::{Outcome, figure, live::LiveFile};
use segue::{Closure, Program, Report, Shared};

const ROUNDS: usize = 20;

/// What the files are called with.
#[repr(C)]
#[derive(Default)]
struct Sum {
    value: f64,
}

const SUM: &str = "#[repr(C)] pub struct Sum { pub value: f64 }\n";

// SAFETY: `SOURCE` defines the type above, which is `repr(C)` over a primitive type.
unsafe impl Shared for Sum {
    const NAME: &'static str = "Sum";
    const SOURCE: &'static str = SUM;
}

/// Instances of each kind.
const COUNT: usize = 1_000_000;

/// Two texts, and the sum that both give.
struct Case {
    name: &'static str,
    texts: [String; 2],
    /// The same work without a program.
    plain: fn() -> Duration,
}

fn main() -> Outcome {
    let structs = [fields(), nested(), tuples(), function()];
    let enums = [variants(), owning(), boxes(), made(), options()];
    for case in structs.into_iter().chain(enums) {
        measure(&case)?;
    }
    Ok(())
}

fn measure(case: &Case) -> Outcome {
    let file = LiveFile::new(&case.texts[0])?;
    let program = file.remembering()?.history(2).open()?;
    let mut closure = program.closure::<Sum>("process")?;
    let mut expected = Sum::default();
    closure.call(&mut expected);
    // Every text once, so that the compiler is known to be out of what follows.
    for text in case.texts.iter().rev() {
        swap(&program, &mut closure, text)?;
    }
    let (mut commit, mut block, mut whole, mut plain) = (vec![], vec![], vec![], vec![]);
    let mut by_hand = vec![];
    for round in 0..ROUNDS {
        let swapped = swap(&program, &mut closure, &case.texts[(round + 1) % 2])?;
        if swapped.sum != expected.value {
            let message = format!("{} instead of {}", swapped.sum, expected.value);
            return Err(message.into());
        }
        commit.push(millis(swapped.commit));
        block.push(millis(swapped.block));
        whole.push(millis(swapped.commit + swapped.block));
        let start = Instant::now();
        closure.call(&mut Sum::default());
        plain.push(millis(start.elapsed()));
        by_hand.push(millis((case.plain)()));
    }
    figure(&format!("migrate.{}", case.name), "ms", &whole);
    figure(&format!("migrate.{}.commit", case.name), "ms", &commit);
    figure(&format!("migrate.{}.block", case.name), "ms", &block);
    figure(&format!("migrate.{}.block_without", case.name), "ms", &plain);
    figure(&format!("migrate.{}.plain", case.name), "ms", &by_hand);
    Ok(())
}

struct Swapped {
    commit: Duration,
    block: Duration,
    sum: f64,
}

fn swap(
    program: &Program,
    closure: &mut Closure<Sum>,
    text: &str,
) -> Result<Swapped, Box<dyn Error>> {
    let start = Instant::now();
    let report: Report = program.apply(text)?;
    let commit = start.elapsed();
    let mut sum = Sum::default();
    let start = Instant::now();
    let call = closure.call(&mut sum);
    let block = start.elapsed();
    if !call.swapped || report.state.is_empty() {
        return Err("the state's type did not change".into());
    }
    Ok(Swapped { commit, block, sum: sum.value })
}

/// Makes values of the old type, and then, which is measured, others of them.
fn plain<A, B>(make: impl Fn(usize) -> A, convert: impl Fn(A) -> B) -> Duration {
    let old: Vec<A> = (0..COUNT).map(make).collect();
    let start = Instant::now();
    let new: Vec<B> = black_box(old).into_iter().map(convert).collect();
    let time = start.elapsed();
    drop(black_box(new));
    time
}

/// What all texts have: a state of a million, of which every thousandth is looked at in a block.
fn text(types: &str, state: &str, default: &str, value: &str) -> String {
    let flat = if state.contains("[[") { ".flatten()" } else { "" };
    format!(
        "{SUM}{types}
pub struct State {{ all: {state} }}
impl Default for State {{ fn default() -> State {{ State {{ all: {default} }} }} }}
pub fn process(state: &mut State, sum: &mut Sum) {{
    if !SET.swap(true, std::sync::atomic::Ordering::Relaxed) {{
        for (n, each) in state.all.iter_mut(){flat}.enumerate() {{ set(n, each); }}
    }}
    sum.value = state.all.iter(){flat}.step_by(1_000).map(|each| {value}).sum();
}}
static SET: std::sync::atomic::AtomicBool = std::sync::atomic::AtomicBool::new(false);
"
    )
}

const BOXED: &str = "vec![Default::default(); 1_000_000].into_boxed_slice().try_into().unwrap()";

/// A struct, and the same with one more field.
#[derive(Clone, Copy, Default)]
struct Particle {
    at: [f32; 3],
    speed: [f32; 3],
}

#[expect(dead_code, reason = "made to be compared with, not to be read")]
struct Older {
    age: u32,
    at: [f32; 3],
    speed: [f32; 3],
}

impl Older {
    fn of(particle: Particle) -> Older {
        Older { age: 0, at: particle.at, speed: particle.speed }
    }
}

fn particle(field: &str) -> String {
    format!(
        "#[derive(Clone, Copy, Debug, Default)] pub struct Particle {{ {field} at: [f32; 3], speed: [f32; 3] }}\n"
    )
}

fn fields() -> Case {
    let of = |field: &str| {
        let types =
            particle(field) + "fn set(n: usize, each: &mut Particle) { each.at[1] = n as f32; }";
        text(&types, "Box<[Particle; 1_000_000]>", BOXED, "f64::from(each.at[1])")
    };
    let plain = || plain(|_| Particle::default(), Older::of);
    Case { name: "fields", texts: [of(""), of("age: u32,")], plain }
}

fn nested() -> Case {
    let of = |field: &str| {
        let types =
            particle(field) + "fn set(n: usize, each: &mut Particle) { each.at[1] = n as f32; }";
        let default =
            "vec![[Default::default(); 1_000]; 1_000].into_boxed_slice().try_into().unwrap()";
        text(&types, "Box<[[Particle; 1_000]; 1_000]>", default, "f64::from(each.at[1])")
    };
    let plain = || plain(|_| Particle::default(), Older::of);
    Case { name: "nested", texts: [of(""), of("age: u32,")], plain }
}

fn tuples() -> Case {
    let of = |field: &str| {
        let types = particle(field)
            + "fn set(n: usize, each: &mut (u8, Particle, f32)) { each.1.at[1] = n as f32; }";
        text(&types, "Box<[(u8, Particle, f32); 1_000_000]>", BOXED, "f64::from(each.1.at[1])")
    };
    let plain = || {
        plain(
            |n| (n as u8, Particle::default(), 0_f32),
            |(a, particle, b)| (a, Older::of(particle), b),
        )
    };
    Case { name: "tuples", texts: [of(""), of("age: u32,")], plain }
}

fn variants() -> Case {
    #[derive(Clone, Copy)]
    enum Old {
        Off,
        On(f32),
    }
    #[expect(dead_code, reason = "made to be compared with, not to be read")]
    enum New {
        Off,
        Other(u64),
        On(f32),
    }
    let of = |variant: &str| {
        let types = format!(
            "#[derive(Clone, Copy, Debug, Default)] pub enum Mode {{ #[default] Off, {variant} On(f32), Both {{ a: f32, b: u8 }} }}
             fn set(n: usize, each: &mut Mode) {{ if n % 2 == 0 {{ *each = Mode::On(n as f32); }} }}"
        );
        let value = "match each { Mode::On(x) => f64::from(*x), _ => 0.0 }";
        text(&types, "Box<[Mode; 1_000_000]>", BOXED, value)
    };
    let plain = || {
        let make = |n| if n % 2 == 0 { Old::On(n as f32) } else { Old::Off };
        plain(make, |old| match old {
            Old::Off => New::Off,
            Old::On(x) => New::On(x),
        })
    };
    Case { name: "variants", texts: [of(""), of("New(u64),")], plain }
}

fn owning() -> Case {
    enum Old {
        Off,
        On(f32),
        Log(Vec<u8>),
    }
    #[expect(dead_code, reason = "made to be compared with, not to be read")]
    enum New {
        Off,
        Other(u64),
        On(f32),
        Log { all: Vec<u8>, n: u32 },
    }
    let of = |variant: &str, field: &str, value: &str| {
        let types = format!(
            "#[derive(Clone, Debug, Default)] pub enum Mode {{ #[default] Off, {variant} On(f32), Log {{ {field} all: Vec<u8> }} }}
             fn set(n: usize, each: &mut Mode) {{
                 if n % 2 == 0 {{ *each = Mode::On(n as f32); }}
                 if n % 5 == 0 {{ *each = Mode::Log {{ {value} all: vec![7] }}; }}
             }}"
        );
        let value = "match each { Mode::On(x) => f64::from(*x), Mode::Log { all, .. } => all.len() as f64, _ => 0.0 }";
        text(&types, "Box<[Mode; 1_000_000]>", BOXED, value)
    };
    let plain = || {
        let make = |n| match n % 10 {
            0 | 5 => Old::Log(vec![7]),
            2 | 4 | 6 | 8 => Old::On(n as f32),
            _ => Old::Off,
        };
        plain(make, |old| match old {
            Old::Off => New::Off,
            Old::On(x) => New::On(x),
            Old::Log(all) => New::Log { all, n: 0 },
        })
    };
    Case { name: "owning", texts: [of("", "", ""), of("New(u64),", "n: u32,", "n: 0,")], plain }
}

fn boxes() -> Case {
    #[expect(dead_code, reason = "made to be compared with, not to be read")]
    enum New {
        Off,
        Other(u64),
        On(Box<f32>),
    }
    let of = |variant: &str| {
        let types = format!(
            "#[derive(Clone, Debug, Default)] pub enum Mode {{ #[default] Off, {variant} On(Box<f32>) }}
             fn set(n: usize, each: &mut Mode) {{ if n % 2 == 0 {{ *each = Mode::On(Box::new(n as f32)); }} }}"
        );
        let value = "match each { Mode::On(x) => f64::from(**x), _ => 0.0 }";
        text(&types, "Box<[Mode; 1_000_000]>", BOXED, value)
    };
    let plain = || {
        let make = |n| (n % 2 == 0).then(|| Box::new(n as f32));
        plain(make, |old| old.map_or(New::Off, New::On))
    };
    Case { name: "boxes", texts: [of(""), of("New(u64),")], plain }
}

fn made() -> Case {
    #[expect(dead_code, reason = "made to be compared with, not to be read")]
    struct Tone(f32);
    #[expect(dead_code, reason = "made to be compared with, not to be read")]
    enum New {
        Off,
        Other(u64),
        On(Tone),
    }
    let of = |variant: &str| {
        let types = format!(
            "#[derive(Clone, Copy, Debug)] pub struct Tone(f32);
             impl Default for Tone {{ fn default() -> Tone {{ Tone(440.0) }} }}
             #[derive(Clone, Copy, Debug, Default)] pub enum Mode {{ #[default] Off, {variant} On(Tone) }}
             fn set(n: usize, each: &mut Mode) {{ if n % 2 == 0 {{ *each = Mode::On(Tone(n as f32)); }} }}"
        );
        let value = "match each { Mode::On(x) => f64::from(x.0), _ => 0.0 }";
        text(&types, "Box<[Mode; 1_000_000]>", BOXED, value)
    };
    let plain = || {
        let make = |n| (n % 2 == 0).then_some(Tone(n as f32));
        plain(make, |old| old.map_or(New::Off, New::On))
    };
    Case { name: "made", texts: [of(""), of("New(u64),")], plain }
}

fn options() -> Case {
    let of = |field: &str| {
        let types = particle(field)
            + "fn set(n: usize, each: &mut Option<Particle>) {
                   if n % 2 == 0 { *each = Some(Particle { at: [n as f32; 3], ..Particle::default() }); }
               }";
        let value = "each.map_or(0.0, |each| f64::from(each.at[1]))";
        text(&types, "Box<[Option<Particle>; 1_000_000]>", BOXED, value)
    };
    let plain = || {
        let make = |n| (n % 2 == 0).then(Particle::default);
        plain(make, |old| old.map(Older::of))
    };
    Case { name: "options", texts: [of(""), of("age: u32,")], plain }
}

fn function() -> Case {
    let of = |here: &str, there: &str, age: &str| {
        let types = particle(here)
            + &format!(
                "pub struct OldParticle {{ {there} at: [f32; 3], speed: [f32; 3] }}
             pub struct Old {{ all: Vec<OldParticle> }}
             fn migrate(old: &Old) -> State {{
                 State {{ all: old.all.iter().map(|old| Particle {{ {age} at: old.at, speed: old.speed }}).collect() }}
             }}
             fn set(n: usize, each: &mut Particle) {{ each.at[1] = n as f32; }}"
            );
        let default = "vec![Default::default(); 1_000_000]";
        text(&types, "Vec<Particle>", default, "f64::from(each.at[1])")
    };
    let plain = || plain(|_| Particle::default(), Older::of);
    let texts = [of("", "age: u32,", ""), of("age: u32,", "", "age: 0,")];
    Case { name: "function", texts, plain }
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
