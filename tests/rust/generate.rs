//! Programs nobody thought of: random, well-typed, and the same for the same seed.
//!
//! A program has structs, enums, a trait with constants and defaults, generic functions, functions that call those
//! before them, and `run`, which folds whatever it can reach into one number. All types are `Copy`. Arithmetic
//! wraps where it is written so; elsewhere it may panic, as indices and divisions may: a panic is a
//! result like any other. Loops are short, and there is no recursion, so that every program ends.

mod expression;
mod statement;
mod types;

use std::{fmt::Write, path::Path};

use crate::program::Program;
use types::{Type, Variable, World};

/// Programs that are made unless more are asked for.
const ROUNDS: u64 = 40;
/// The first seed, unless another one is asked for.
const SEED: u64 = 1;
/// What each program is called with.
pub(crate) const INPUTS: [u64; 6] = [0, 1, 2, 255, 1 << 31, u64::MAX];

/// Numbers that look random (xorshift64*, Vigna 2016).
#[derive(Clone, Debug)]
struct Random(u64);

impl Random {
    fn new(seed: u64) -> Random {
        Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() >> 33) as usize % limit
    }

    /// True once in `times`.
    fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    fn pick<T: Clone>(&mut self, items: &[T]) -> T {
        items[self.below(items.len())].clone()
    }
}

/// What every program begins with.
const PRELUDE: &str = "#![allow(warnings, arithmetic_overflow, unconditional_panic)]
trait Fold { fn fold(&self, h: u64) -> u64; }
macro_rules! numbers { ($($ty:ident)*) => {$(
    impl Fold for $ty { fn fold(&self, h: u64) -> u64 { (h.rotate_left(5) ^ *self as u64).wrapping_mul(0x100000001b3) } }
)*}; }
numbers!(u8 i8 u16 i16 u32 i32 u64 i64 u128 i128 usize isize bool char);
impl Fold for f32 { fn fold(&self, h: u64) -> u64 { if self.is_nan() { h + 1 } else { self.to_bits().fold(h) } } }
impl Fold for f64 { fn fold(&self, h: u64) -> u64 { if self.is_nan() { h ^ 3 } else { self.to_bits().fold(h) } } }
impl<T: Fold> Fold for Option<T> { fn fold(&self, h: u64) -> u64 { match self { Some(x) => x.fold(h ^ 7), None => h.rotate_left(9) } } }
impl<T: Fold, const N: usize> Fold for [T; N] { fn fold(&self, h: u64) -> u64 { self.iter().fold(h, |h, x| x.fold(h)) } }
impl<A: Fold, B: Fold> Fold for (A, B) { fn fold(&self, h: u64) -> u64 { self.1.fold(self.0.fold(h)) } }
trait Weigh { const K: u64 = 5; fn weigh(&self, by: u64) -> u64; fn twice(&self) -> u64 { self.weigh(2).wrapping_mul(2) ^ Self::K } }
fn pick<T>(a: T, b: T, first: bool) -> T { if first { a } else { b } }
fn largest<T: PartialOrd + Copy>(items: &[T]) -> Option<T> {
    let mut best = *items.first()?;
    for item in &items[1..] { if *item > best { best = *item; } }
    Some(best)
}
fn update<T: Copy, F: FnOnce(T) -> T>(slot: &mut T, change: F) -> T { let old = *slot; *slot = change(old); old }
fn repeat<T>(times: u8, start: T, mut step: impl FnMut(T, u8) -> T) -> T { let mut x = start; for i in 0..times { x = step(x, i); } x }
fn total<T: Weigh>(items: &[T]) -> u64 { items.iter().map(|x| x.weigh(T::K)).fold(0, u64::wrapping_add) }
";

/// The text of the program of this seed.
fn text(seed: u64) -> String {
    written(Writer::new(Random::new(seed)), seed)
}

fn written(mut writer: Writer, seed: u64) -> String {
    let mut text = format!("//! Made from seed {seed}.\n{PRELUDE}");
    writer.types(&mut text);
    for _ in 0..2 + writer.random.below(4) {
        writer.function(&mut text);
    }
    writer.run(&mut text);
    text
}

/// Texts of which each is an edit of the one before: some functions have other bodies.
pub(crate) fn edited(seed: u64, edits: usize) -> Vec<String> {
    let bodies = Bodies { seed, versions: vec![0; MOST_BODIES], written: 0 };
    let mut chosen = Random::new(seed ^ 0x5eed);
    let mut now = bodies.clone();
    let mut texts = Vec::new();
    for _ in 0..=edits {
        let writer = Writer { bodies: Some(now.clone()), ..Writer::new(Random::new(seed)) };
        texts.push(written(writer, seed));
        let is_new = |text: &String| texts.last() != Some(text);
        // Some numbers are of no function, and what comes of some bodies is the same.
        loop {
            now.versions[chosen.below(MOST_BODIES)] += 1;
            let writer = Writer { bodies: Some(now.clone()), ..Writer::new(Random::new(seed)) };
            if is_new(&written(writer, seed)) {
                break;
            }
        }
    }
    texts
}

/// No program has more functions with a body of their own.
const MOST_BODIES: usize = 12;

/// Where each body is written from a seed of its own, so that another version of one leaves everything else as it
/// was.
#[derive(Clone, Debug)]
struct Bodies {
    seed: u64,
    versions: Vec<u64>,
    written: usize,
}

/// A function that later ones can call.
#[derive(Clone, Debug)]
struct Callee {
    name: String,
    parameters: Vec<Type>,
    result: Type,
}

/// What is known while a program is written.
struct Writer {
    random: Random,
    world: World,
    callees: Vec<Callee>,
    scope: Vec<Variable>,
    /// What `return` returns; `None` where it must not be written.
    returns: Option<Type>,
    /// How many loops and closures surround the place: calls in them would multiply.
    loops: u32,
    /// Calls that may still be written in this function.
    calls: u32,
    names: u32,
    /// How many of the structs may be weighed: none by its own `weigh`.
    weighable: usize,
    bodies: Option<Bodies>,
}

impl Writer {
    fn new(mut random: Random) -> Writer {
        let world = World::new(&mut random);
        Writer {
            random,
            world,
            callees: Vec::new(),
            scope: Vec::new(),
            returns: None,
            loops: 0,
            calls: 0,
            names: 0,
            weighable: 0,
            bodies: None,
        }
    }

    /// Writes the next body.
    fn body<R>(&mut self, write: impl FnOnce(&mut Writer) -> R) -> R {
        let Some(bodies) = &mut self.bodies else { return write(self) };
        let number = bodies.written;
        bodies.written += 1;
        let version = bodies.versions.get(number).copied().unwrap_or_default();
        let own = Random::new(bodies.seed.wrapping_mul(1 << 20) + number as u64 * 1024 + version);
        let (random, names) = (std::mem::replace(&mut self.random, own), self.names);
        let written = write(self);
        (self.random, self.names) = (random, names);
        written
    }

    fn name(&mut self, prefix: &str) -> String {
        self.names += 1;
        format!("{prefix}{}", self.names)
    }

    /// The types, and what is implemented for them.
    fn types(&mut self, out: &mut String) {
        out.push_str(&self.world.definitions());
        for number in 0..self.world.structs.len() {
            let fields = self.world.structs[number].clone();
            let field = |(at, ty): (usize, Type)| Variable::new(format!("self.f{at}"), ty);
            self.scope = fields.into_iter().enumerate().map(field).collect();
            self.scope.push(Variable::new("by".to_owned(), Type::Integer("u64")));
            let body = self.body(|writer| writer.expression(&Type::Integer("u64"), 2));
            let constant = self.random.below(100);
            let constant = match self.random.once_in(2) {
                true => format!("const K: u64 = {constant}; "),
                false => String::new(),
            };
            // Writing to a String cannot fail.
            let _ = writeln!(
                out,
                "impl Weigh for S{number} {{ {constant}fn weigh(&self, by: u64) -> u64 {{ {body} }} }}"
            );
            self.weighable = number + 1;
        }
        self.scope.clear();
    }

    fn function(&mut self, out: &mut String) {
        let name = format!("f{}", self.callees.len());
        let result = self.world.random_type(&mut self.random, 2);
        let count = 1 + self.random.below(4);
        let parameters: Vec<Type> =
            (0..count).map(|_| self.world.random_type(&mut self.random, 2)).collect();
        self.scope.clear();
        let mut list = String::new();
        for ty in &parameters {
            let parameter = self.name("p");
            let is_changed = self.random.once_in(2);
            let _ = write!(list, "{}{parameter}: {ty}, ", if is_changed { "mut " } else { "" });
            let variable = Variable::new(parameter, ty.clone());
            self.scope.push(Variable { is_mutable: is_changed, ..variable });
        }
        self.calls = 4;
        self.returns = Some(result.clone());
        let (body, value) = self.body(|writer| {
            let count = 2 + writer.random.below(4);
            (writer.statements(count, 3), writer.expression(&result, 3))
        });
        let _ = writeln!(out, "fn {name}({list}) -> {result} {{\n{body}    {value}\n}}");
        self.callees.push(Callee { name, parameters, result });
    }

    fn run(&mut self, out: &mut String) {
        self.scope = vec![Variable::new("input".to_owned(), Type::Integer("u64"))];
        self.returns = None;
        self.calls = 6;
        let (body, folds) = self.body(Writer::body_of_run);
        let _ = writeln!(
            out,
            "pub fn run(input: u64) -> u64 {{\n{body}    let mut h = 0u64;\n{folds}    h\n}}"
        );
    }

    fn body_of_run(&mut self) -> (String, String) {
        let body = self.statements(5, 3);
        let mut folds = String::new();
        for variable in self.scope.clone().iter().filter(|it| it.is_plain()) {
            // Writing to a String cannot fail.
            let _ = writeln!(folds, "    h = {}.fold(h);", variable.name);
        }
        self.calls = 20;
        for callee in self.callees.clone() {
            let call = self.call(&callee, 1);
            let _ = writeln!(folds, "    h = {call}.fold(h);");
        }
        (body, folds)
    }
}

/// The seeds that are asked for; unless `SEGUE_FUZZ_ROUNDS` says how many, so many.
pub(crate) fn seeds(otherwise: u64) -> std::ops::Range<u64> {
    let number = |name: &str, otherwise| {
        std::env::var(name).ok().and_then(|it| it.parse().ok()).unwrap_or(otherwise)
    };
    let first = number("SEGUE_FUZZ_SEED", SEED);
    first..first + number("SEGUE_FUZZ_ROUNDS", otherwise)
}

/// The programs that are asked for, written to `folder`.
pub(crate) fn programs(folder: &Path) -> Vec<Program> {
    let program = |seed: u64| {
        let path = folder.join(format!("seed{seed}.rs"));
        std::fs::write(&path, text(seed)).expect("the folder can be written");
        let name = format!("generated/seed{seed}");
        let refusals = Vec::new();
        Program { path, name, inputs: INPUTS.to_vec(), refusals }
    };
    seeds(ROUNDS).map(program).collect()
}
