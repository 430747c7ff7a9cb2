//! What it costs to carry a million values into a changed type.
//!
//! `migrate.fields` adds a field to each of 1,000,000 structs behind a `Box`, back and forth; `migrate.variants`
//! adds a variant to each of 1,000,000 enums with payload; `migrate.function` makes a `Vec` of 1,000,000 anew by the
//! file's `migrate`. Of each: the commit without the compiler (on the program's thread: linking, the new state's
//! `Default`), the block in which it is taken (on the calling thread, beside an ordinary one), and both.

mod measure;

use std::{
    error::Error,
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

/// Two texts, and the sum that both give.
struct Case {
    name: &'static str,
    texts: [String; 2],
}

fn main() -> Outcome {
    for case in [fields(), variants(), function()] {
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
    }
    figure(&format!("migrate.{}", case.name), "ms", &whole);
    figure(&format!("migrate.{}.commit", case.name), "ms", &commit);
    figure(&format!("migrate.{}.block", case.name), "ms", &block);
    figure(&format!("migrate.{}.block_without", case.name), "ms", &plain);
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

/// What all texts have: a state of a million, of which every thousandth is looked at in a block.
fn text(types: &str, state: &str, default: &str, value: &str) -> String {
    format!(
        "{SUM}{types}
pub struct State {{ all: {state} }}
impl Default for State {{ fn default() -> State {{ State {{ all: {default} }} }} }}
pub fn process(state: &mut State, sum: &mut Sum) {{
    if !SET.swap(true, std::sync::atomic::Ordering::Relaxed) {{
        for (n, each) in state.all.iter_mut().enumerate() {{ set(n, each); }}
    }}
    sum.value = state.all.iter().step_by(1_000).map(|each| {value}).sum();
}}
static SET: std::sync::atomic::AtomicBool = std::sync::atomic::AtomicBool::new(false);
"
    )
}

const BOXED: &str = "vec![Default::default(); 1_000_000].into_boxed_slice().try_into().unwrap()";

fn fields() -> Case {
    let of = |field: &str| {
        let types = format!(
            "#[derive(Clone, Copy, Debug, Default)] pub struct Particle {{ {field} at: [f32; 3], speed: [f32; 3] }}
             fn set(n: usize, each: &mut Particle) {{ each.at[1] = n as f32; }}"
        );
        text(&types, "Box<[Particle; 1_000_000]>", BOXED, "f64::from(each.at[1])")
    };
    Case { name: "fields", texts: [of(""), of("age: u32,")] }
}

fn variants() -> Case {
    let of = |variant: &str| {
        let types = format!(
            "#[derive(Clone, Copy, Debug, Default)] pub enum Mode {{ #[default] Off, {variant} On(f32), Both {{ a: f32, b: u8 }} }}
             fn set(n: usize, each: &mut Mode) {{ if n % 2 == 0 {{ *each = Mode::On(n as f32); }} }}"
        );
        let value = "match each { Mode::On(x) => f64::from(*x), _ => 0.0 }";
        text(&types, "Box<[Mode; 1_000_000]>", BOXED, value)
    };
    Case { name: "variants", texts: [of(""), of("New(u64),")] }
}

fn function() -> Case {
    let of = |here: &str, there: &str, age: &str| {
        let types = format!(
            "#[derive(Clone, Copy, Debug, Default)] pub struct Particle {{ {here} at: [f32; 3], speed: [f32; 3] }}
             pub struct OldParticle {{ {there} at: [f32; 3], speed: [f32; 3] }}
             pub struct Old {{ all: Vec<OldParticle> }}
             fn migrate(old: &Old) -> State {{
                 State {{ all: old.all.iter().map(|old| Particle {{ {age} at: old.at, speed: old.speed }}).collect() }}
             }}
             fn set(n: usize, each: &mut Particle) {{ each.at[1] = n as f32; }}"
        );
        let default = "vec![Default::default(); 1_000_000]";
        text(&types, "Vec<Particle>", default, "f64::from(each.at[1])")
    };
    Case { name: "function", texts: [of("", "age: u32,", ""), of("age: u32,", "", "age: 0,")] }
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
