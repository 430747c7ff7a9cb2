//! Texts and what becomes of them: that they are lowered at all, what they refer to, and what is refused.
//!
//! Whether the code does what rustc's does, the programs of `tests/cases/rust` show.

use std::collections::BTreeSet;

use ra_ap_base_db::Crate;
use ra_ap_hir_def::expr_store::Body;
use ra_ap_hir_def::hir::Literal;
use ra_ap_hir_def::{FunctionId, GenericDefId, StaticId};
use ra_ap_hir_expand::EditionedFileId;
use ra_ap_hir_ty::next_solver::{DbInterner, GenericArgs};
use ra_ap_rustc_type_ir::inherent::GenericArgs as _;
use ra_ap_span::{TextRange, TextSize};

use super::super::front::database::Database;
use super::super::front::functions::Items;
use super::super::front::places::Places;
use super::super::front::slices::Slice;
use super::super::front::symbols::Symbols;
use super::super::mir::{End, Linkage, Module, Operand, Span, Statement, Value, verify};
use super::{Answers, Checks, Instance, Program, Unsupported, lower};

struct Test<'db> {
    db: &'db Database,
    symbols: Symbols<'db>,
    places: Places<'db>,
    answers: Answers,
}

impl<'db> Program<'db> for Test<'db> {
    fn live_crate(&self) -> Crate {
        self.db.live_crate()
    }

    fn symbol(&self, instance: &Instance<'db>) -> String {
        match *instance {
            Instance::Function(function, args) => self.symbols.function(function, args),
            Instance::Closure(closure, args) => self.symbols.closure(closure, args),
            other => format!("{other:?}"),
        }
    }

    fn linkage(&self, instance: &Instance<'db>) -> Linkage {
        match *instance {
            Instance::Function(function, args) if self.symbols.is_live(function, args) => {
                Linkage::Live
            }
            _ => Linkage::Private,
        }
    }

    fn static_symbol(&self, id: StaticId) -> String {
        self.symbols.variable(id)
    }

    fn span(&self, file: EditionedFileId, offset: TextSize) -> Span {
        self.places.span(file.file_id(self.db), offset.into())
    }

    fn literal(&self, _: EditionedFileId, _: TextRange) -> Option<&Literal> {
        None
    }

    fn slice(&self, _: FunctionId) -> Option<&Slice> {
        None
    }

    fn path(&self, file: u32) -> String {
        self.places.path(file)
    }

    fn answers(&self) -> &Answers {
        &self.answers
    }
}

/// Every function of a text that is one, and what they need.
fn module(text: &str, checks: Checks) -> Result<Module, Unsupported> {
    let mut db = Database::new();
    db.apply(vec![("/song.rs".to_owned(), text.to_owned())]);
    db.attach(|db| {
        let items = Items::of(db, db.live_crate());
        let symbols = Symbols::new(db, db.live_crate(), "song");
        let interner = DbInterner::new_with(db, db.live_crate());
        let mut work = Vec::new();
        for function in &items.functions {
            symbols.note_blocks(*function, Body::of(db, (*function).into()));
            let args = GenericArgs::identity_for_item(
                interner,
                GenericDefId::FunctionId(*function).into(),
            );
            if args.iter().all(|arg| arg.region().is_some()) {
                work.push(Instance::Function(*function, args));
            }
        }
        let program = Test { db, symbols, places: Places::new(db), answers: Answers::default() };
        let (mut module, mut seen) = (Module::default(), BTreeSet::new());
        while let Some(instance) = work.pop() {
            if !seen.insert(program.symbol(&instance)) {
                continue;
            }
            let lowered = lower(db, &program, instance, checks)?;
            module.functions.push(lowered.function.into());
            module.data.extend(lowered.data);
            work.extend(lowered.needs);
        }
        module.files = program.places.paths();
        module.data.sort_by(|a, b| a.symbol.cmp(&b.symbol));
        module.data.dedup_by(|a, b| a.symbol == b.symbol);
        Ok(module)
    })
}

#[track_caller]
fn lowers(text: &str) -> Module {
    match module(text, Checks::On) {
        Ok(module) => {
            verify(&module).expect("it keeps what MIR promises");
            module
        }
        Err(error) => panic!("{}:{}: {}", error.span.line, error.span.column, error.what),
    }
}

#[track_caller]
fn refused(text: &str) -> String {
    match module(text, Checks::On) {
        Ok(_) => panic!("it is not refused"),
        Err(error) => format!("{}:{}: {}", error.span.line, error.span.column, error.what),
    }
}

/// The texts that a module's panics say.
fn messages(module: &Module) -> Vec<String> {
    let texts = module.data.iter().filter_map(|data| String::from_utf8(data.bytes.clone()).ok());
    let mut texts: Vec<String> = texts.filter(|text| text.starts_with("attempt")).collect();
    texts.sort();
    texts
}

#[test]
fn a_sum_is_checked_where_checks_are_on() {
    let text = "pub fn sum(a: i32, b: i32) -> i32 { a + b }";
    let checked = lowers(text);
    assert_eq!(messages(&checked), ["attempt to add with overflow"]);
    let unchecked = module(text, Checks::Off).expect("it lowers");
    assert!(messages(&unchecked).is_empty());
    let [function] = unchecked.functions.as_slice() else { panic!("one function") };
    assert_eq!(function.parameters.len(), 2);
    assert_eq!(function.linkage, Linkage::Live);
    assert!(matches!(function.blocks[0].statements[0].0, Statement::Set(_, _, Value::Binary(..))));
    assert_eq!(function.blocks[0].end.0, End::Return);
}

#[test]
fn division_is_checked_always() {
    let text = "pub fn over(a: i32, b: i32) -> i32 { a / b % a }";
    let unchecked = module(text, Checks::Off).expect("it lowers");
    let expected = [
        "attempt to calculate the remainder with a divisor of zero",
        "attempt to calculate the remainder with overflow",
        "attempt to divide by zero",
        "attempt to divide with overflow",
    ];
    assert_eq!(messages(&unchecked), expected);
}

#[test]
fn control_flow() {
    lowers(
        "pub fn collatz(mut n: u64) -> u32 {
             let mut steps = 0;
             while n != 1 { n = if n % 2 == 0 { n / 2 } else { 3 * n + 1 }; steps += 1; }
             steps
         }
         pub fn labels(n: i32) -> i32 {
             let x = 'a: loop {
                 let mut i = 0;
                 loop { i += 1; if i > n { break 'a i * 2 } else if i == 7 { continue 'a } }
             };
             let y = 'b: { if x > 3 { break 'b 1 } 2 };
             if n < 0 && x > 1 || y == 2 { return -1 }
             x + y
         }",
    );
}

#[test]
fn a_negative_literal_is_no_negation() {
    let text = "pub fn least() -> i8 { -128 } pub fn float() -> f32 { -1.5 }";
    let module = lowers(text);
    assert!(messages(&module).is_empty());
    let constants: Vec<u128> = module
        .functions
        .iter()
        .flat_map(|function| &function.blocks[0].statements)
        .filter_map(|(statement, _)| match statement {
            Statement::Set(_, _, Value::Use(Operand::Constant(_, bits))) => Some(*bits),
            _ => None,
        })
        .collect();
    assert!(constants.contains(&0x80) && constants.contains(&u128::from((-1.5f32).to_bits())));
}

#[test]
fn structs_tuples_arrays_references() {
    lowers(
        "pub struct Voice { pub phase: f32, pub step: f32, pub on: bool }
         impl Voice {
             pub fn tick(&mut self) -> f32 { self.phase += self.step; self.phase }
             pub fn new(step: f32) -> Voice { Voice { phase: 0.0, step, on: true } }
         }
         pub fn sum(voices: &mut [Voice; 4]) -> f32 {
             let mut total = 0.0;
             let mut i = 0;
             let [first, .., last] = voices;
             while i < 4 { total += first.tick() + last.tick(); i += 1; }
             total
         }
         pub fn slice(a: &[i32], i: usize) -> i32 { match a { [_, x, ..] if i > 0 => *x, _ => 0 } }
         pub fn whole() -> i32 { slice(&[1, 2, 3], 1) }
         pub fn pair(x: (i32, u8)) -> (u8, i32) { let (a, b) = x; (b, a) }
         pub fn update(v: Voice) -> Voice { Voice { on: false, ..v } }",
    );
}

#[test]
fn enums_and_patterns() {
    lowers(
        "pub enum Shape { Dot, Circle(f32), Box { w: f32, h: f32 } }
         pub fn area(s: &Shape) -> f32 {
             match s { Shape::Dot => 0.0, Shape::Circle(r) => *r * *r * 3.0, Shape::Box { w, h } => *w * *h }
         }
         pub fn kind(n: i32, c: char, s: &str) -> i32 {
             let a = match n { 0 => 1, 1..=5 | 9 => 2, x if x < 0 => 3, _ => 4 };
             let b = match c { 'a'..='z' => 1, _ => 2 };
             let d = match s { \"one\" => 1, \"two\" => 2, _ => 3 };
             a + b + d
         }
         pub fn ends(a: &[u8]) -> u8 { match a { [] => 0, [x] => *x, [x, .., y] => *x + *y } }
         pub fn option(x: bool) -> Shape { if x { Shape::Circle(2.0) } else { Shape::Dot } }
         pub fn other(s: Shape) -> f32 { let Shape::Circle(r) = s else { return 1.0 }; r }",
    );
}

#[test]
fn generics_are_instances() {
    let module = lowers(
        "pub trait Sound { const RATE: u32; fn next(&mut self) -> f32; fn two(&mut self) -> f32 { self.next() + self.next() } }
         pub struct Sine(f32);
         impl Sound for Sine { const RATE: u32 = 44; fn next(&mut self) -> f32 { self.0 } }
         fn both<T: Sound>(x: &mut T) -> f32 { x.two() + T::RATE as f32 }
         fn count<const N: usize>(x: [u8; N]) -> usize { let _ = x; N }
         pub fn run() -> f32 { let mut s = Sine(1.0); both(&mut s) + count([1, 2, 3]) as f32 }",
    );
    let private = module.functions.iter().filter(|it| it.linkage == Linkage::Private).count();
    assert_eq!(private, 3, "`both`, `two`, `count`");
}

#[test]
fn what_is_not_supported_has_a_place() {
    let text = "pub fn size() -> usize {\n    let x = 1;\n    x + { async { 1 }; 2 }\n}";
    assert!(refused(text).starts_with("3:"), "{}", refused(text));
}
