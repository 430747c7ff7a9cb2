//! Programs made up from a seed do the same however much is done to make them fast: with everything in memory, with
//! locals in registers, and after all the passes.
//!
//! They are what the passes look for and may get wrong: pointers to locals in structs that are copied,
//! small functions that write through them, branches on tags that were just written, loops.

use super::build::{Build, NOTHING, at, behind, constant, load as loaded, memory, scalar, used};
use super::load::load_with;
use crate::jit::codegen::Effort;
use crate::jit::mir::{
    Argument, Base, Binary, BlockId, Compare, End, Function, Inline, Linkage, LocalId, Module,
    Operand, Place, Scalar, Statement, Value,
};

const STRUCT: u64 = 32;
const STRUCTS: usize = 3;
const POINTER: Scalar = Scalar::Pointer;
const TAG: Scalar = Scalar::I32;

/// xorshift64*, by Marsaglia and Vigna.
pub(in crate::jit::codegen) struct Random(pub(in crate::jit::codegen) u64);

impl Random {
    pub(in crate::jit::codegen) fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) % limit
    }

    pub(in crate::jit::codegen) fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len() as u64) as usize]
    }
}

/// One function while it is made up.
struct Author<'a> {
    random: &'a mut Random,
    build: Build,
    structs: Vec<LocalId>,
    /// Nobody points to it.
    scratch: LocalId,
    /// Each holds two pointers to structs, at 0 and 8.
    closures: Vec<LocalId>,
    pointer: LocalId,
    /// Points to the second half of a struct.
    derived: LocalId,
    hidden: LocalId,
    tag: LocalId,
    condition: LocalId,
    counters: Vec<LocalId>,
    /// Functions that may be called: they take a pointer to a struct and a number, and give a number; or
    /// they take and give a struct.
    callees: Vec<(String, bool)>,
}

impl<'a> Author<'a> {
    fn new(random: &'a mut Random, mut build: Build, callees: Vec<(String, bool)>) -> Author<'a> {
        let structs = (0..STRUCTS).map(|_| build.local(memory(STRUCT))).collect();
        let closures = (0..2).map(|_| build.local(memory(16))).collect();
        let [scratch, pointer, derived, hidden] =
            [memory(STRUCT), scalar(POINTER), scalar(POINTER), memory(8)].map(|it| build.local(it));
        let [tag, condition] = [scalar(TAG), scalar(Scalar::I8)].map(|it| build.local(it));
        let counters = (0..3).map(|_| build.local(scalar(TAG))).collect();
        Author {
            random,
            build,
            structs,
            scratch,
            closures,
            pointer,
            derived,
            hidden,
            tag,
            condition,
            counters,
            callees,
        }
    }

    /// Every local gets a value: the first struct what the caller gave.
    fn begin(&mut self, first: Place) {
        for (index, local) in self.structs.clone().into_iter().chain([self.scratch]).enumerate() {
            let to = at(local, 0);
            if index == 0 {
                self.build.say(Statement::Copy { to, from: first, size: STRUCT, align: 8 });
                continue;
            }
            for offset in (0..STRUCT).step_by(8) {
                let value =
                    constant(Scalar::I64, (index as u128 * 0x0102_0304_0506) + u128::from(offset));
                self.build.set(Scalar::I64, at(local, offset), used(value));
            }
        }
        for closure in self.closures.clone() {
            for offset in [0, 8] {
                let to = self.any_struct();
                self.build.set(POINTER, at(closure, offset), Value::AddressOf(at(to, 0)));
            }
        }
        let closure = self.closures[0];
        self.build.set(POINTER, at(self.pointer, 0), used(loaded(POINTER, at(closure, 8))));
        self.build.set(TAG, at(self.tag, 0), used(constant(TAG, 1)));
        self.derive();
    }

    /// Points to the second half of what the pointer points to, or of another struct.
    fn derive(&mut self) {
        let (to, pointer) = (at(self.derived, 0), loaded(POINTER, at(self.pointer, 0)));
        let more = |from, by| Value::Binary(Binary::Add, from, constant(POINTER, by));
        match self.random.below(4) {
            0 => self.build.set(POINTER, to, Value::AddressOf(behind(self.pointer, 16))),
            1 => {
                let half = at(self.any_struct(), 16);
                self.build.set(POINTER, to, Value::AddressOf(half))
            }
            2 => self.build.set(POINTER, to, more(pointer, 16)),
            _ => {
                self.build.set(POINTER, to, more(pointer, 24));
                self.build.set(POINTER, to, more(loaded(POINTER, to), (1 << 64) - 8))
            }
        };
    }

    /// What no pass knows to be zero.
    fn zero(&mut self) -> Operand {
        let place = at(self.hidden, 0);
        let same = at(self.pointer, 0);
        let difference =
            Value::Binary(Binary::Subtract, loaded(POINTER, same), loaded(POINTER, same));
        self.build.set(POINTER, place, difference);
        loaded(TAG, place)
    }

    fn any_struct(&mut self) -> LocalId {
        let structs = self.structs.clone();
        self.random.of(&structs)
    }

    fn any_scalar(&mut self) -> Scalar {
        self.random.of(&[
            Scalar::I8,
            Scalar::I16,
            Scalar::I32,
            Scalar::I32,
            Scalar::I64,
            Scalar::I64,
        ])
    }

    /// A place for this scalar, in a struct or behind a pointer to one.
    fn place(&mut self, of: Scalar) -> Place {
        let size = crate::jit::mir::size_of(of);
        // Mostly where others are as well, so that fields agree.
        let slots = if self.random.below(8) == 0 { STRUCT / size } else { 2 };
        let offset = match self.random.below(slots) * size {
            offset if size == 8 => 16 + offset % 16,
            offset => offset % 16,
        };
        match self.random.below(5) {
            0 => behind(self.pointer, offset),
            1 if size == 8 => behind(self.derived, offset - 16),
            _ => at(self.any_struct(), offset),
        }
    }

    fn operand(&mut self, of: Scalar) -> Operand {
        if self.random.below(3) == 0 {
            let mask = u128::MAX >> (128 - 8 * crate::jit::mir::size_of(of));
            return constant(of, u128::from(self.random.below(1 << 20)) & mask);
        }
        loaded(of, self.place(of))
    }

    fn statement(&mut self) {
        match self.random.below(12) {
            11 => self.derive(),
            0..=4 => {
                let of = self.any_scalar();
                let (first, second, to) = (self.operand(of), self.operand(of), self.place(of));
                let op =
                    self.random.of(&[Binary::Add, Binary::Subtract, Binary::Xor, Binary::Multiply]);
                self.build.set(of, to, Value::Binary(op, first, second));
            }
            5 => {
                let (to, from) = (self.any_struct(), self.any_struct());
                let offset = self.random.of(&[0, 16]);
                let size = if self.random.below(2) == 0 { 16 } else { STRUCT - offset };
                let copy = |to, from| Statement::Copy { to, from, size, align: 8 };
                self.build.say(copy(at(to, offset), at(from, offset)));
            }
            6 => {
                let (inside, outside) = (at(self.scratch, 0), behind(self.pointer, 0));
                let (to, from) = self.random.of(&[(inside, outside), (outside, inside)]);
                self.build.say(Statement::Copy { to, from, size: STRUCT, align: 8 });
            }
            7 => {
                let (closure, other) = (self.random.of(&[0, 1]), self.random.of(&[0, 1]));
                let (to, from) = (at(self.closures[closure], 0), at(self.closures[other], 0));
                self.build.say(Statement::Copy { to, from, size: 16, align: 8 });
            }
            10 => {
                let to = loaded(POINTER, at(self.pointer, 0));
                let value = constant(Scalar::I8, self.random.below(256).into());
                let size = constant(Scalar::I64, self.random.of(&[1, 8, 16, 31]));
                self.build.say(Statement::Fill { to, value, size });
            }
            8 => {
                let (closure, offset) = (self.random.of(&[0, 1]), self.random.of(&[0, 8]));
                let from = at(self.closures[closure], offset);
                let to = at(self.pointer, 0);
                self.build.set(POINTER, to, used(loaded(POINTER, from)));
            }
            _ => {
                let (closure, offset) = (self.random.of(&[0, 1]), self.random.of(&[0, 8]));
                let to = at(self.closures[closure], offset);
                let target = self.any_struct();
                if self.random.below(3) == 0 {
                    self.build.set(POINTER, to, Value::AddressOf(at(target, 0)));
                } else {
                    self.build.set(POINTER, to, used(loaded(POINTER, at(self.pointer, 0))));
                }
            }
        }
    }

    fn statements(&mut self) {
        for _ in 0..=self.random.below(5) {
            self.statement();
        }
    }

    fn next(&self) -> u32 {
        self.build.function.blocks.len() as u32
    }

    fn compare(&mut self) -> Operand {
        let of = self.any_scalar();
        let (first, second) = (self.operand(of), self.operand(of));
        let op = self.random.of(&[Compare::Equal, Compare::LessUnsigned, Compare::LessSigned]);
        let condition = at(self.condition, 0);
        self.build.set(Scalar::I8, condition, Value::Compare(op, of, first, second));
        loaded(Scalar::I8, condition)
    }

    fn call(&mut self) {
        if self.callees.is_empty() {
            return;
        }
        let index = self.random.below(self.callees.len() as u64) as usize;
        let (name, takes_struct) = self.callees[index].clone();
        let result = self.place(TAG);
        if takes_struct {
            let (from, to) = (self.any_struct(), self.any_struct());
            let layout = memory(STRUCT);
            // Who passes what is used again passes a copy.
            self.build.say(Statement::Copy {
                to: at(self.scratch, 0),
                from: at(from, 0),
                size: STRUCT,
                align: 8,
            });
            let argument = vec![Argument::Place(at(self.scratch, 0), layout)];
            self.build.call(&name, argument, (at(to, 0), layout));
            return;
        }
        let pointer = Argument::Scalar(POINTER, loaded(POINTER, at(self.pointer, 0)));
        let number = Argument::Scalar(TAG, self.operand(TAG));
        self.build.call(&name, vec![pointer, number], (result, scalar(TAG)));
    }

    /// A tag is written in each of two blocks, and the block that both lead to asks for it.
    fn decision(&mut self) {
        let condition = self.compare();
        let next = self.next();
        self.build.end(End::Branch(condition, BlockId(next), BlockId(next + 1)));
        for _ in 0..2 {
            self.build.block();
            self.statements();
            let value: u128 = self.random.below(3).into();
            self.build.set(TAG, at(self.tag, 0), used(constant(TAG, value)));
            if self.random.below(2) == 0 {
                // The number itself may be hidden from the passes, and what it is not still be said.
                let hidden = Value::Binary(Binary::Xor, loaded(TAG, at(self.tag, 0)), self.zero());
                self.build.set(TAG, at(self.tag, 0), hidden);
                let (first, last) = if value == 0 { (1, 2) } else { (0, value - 1) };
                let place = at(self.tag, 0);
                self.build.say(Statement::IsNot { scalar: TAG, place, first, last });
            }
            self.build.end(End::Goto(BlockId(next + 2)));
        }
        self.build.block();
        self.statement();
        let on = loaded(TAG, at(self.tag, 0));
        let cases = vec![(0, BlockId(next + 3)), (1, BlockId(next + 4))];
        self.build.end(End::Switch { scalar: TAG, on, cases, otherwise: BlockId(next + 5) });
        for _ in 0..3 {
            self.build.block();
            self.statements();
            self.build.end(End::Goto(BlockId(next + 6)));
        }
        self.build.block();
    }

    fn repetition(&mut self) {
        let Some(counter) = self.counters.pop() else { return };
        let counter = at(counter, 0);
        let next = self.next();
        self.build.set(TAG, counter, used(constant(TAG, 0)));
        self.build.end(End::Goto(BlockId(next))).block();
        let more = Value::Binary(Binary::Add, loaded(TAG, counter), constant(TAG, 1));
        self.build.set(TAG, counter, more);
        self.statements();
        self.call();
        let condition = at(self.condition, 0);
        let goes_on =
            Value::Compare(Compare::LessUnsigned, TAG, loaded(TAG, counter), constant(TAG, 5));
        self.build.set(Scalar::I8, condition, goes_on);
        let after = BlockId(self.next());
        self.build.end(End::Branch(loaded(Scalar::I8, condition), BlockId(next), after)).block();
    }

    fn body(&mut self, length: u64) {
        for _ in 0..length {
            match self.random.below(4) {
                0 => self.statements(),
                1 => self.call(),
                2 => self.decision(),
                _ => self.repetition(),
            }
        }
    }
}

/// A function that works on a struct behind a pointer, or on one that it gets and gives.
fn callee(
    random: &mut Random,
    name: &str,
    takes_struct: bool,
    known: Vec<(String, bool)>,
) -> Function {
    let inline = random.of(&[Inline::Demanded, Inline::Wished, Inline::Allowed, Inline::Never]);
    let build = if takes_struct {
        Build::new(name, &[memory(STRUCT)], memory(STRUCT))
    } else {
        Build::new(name, &[scalar(POINTER), scalar(TAG)], scalar(TAG))
    };
    let linkage = random.of(&[Linkage::Private, Linkage::Private, Linkage::Live]);
    let mut author = Author::new(random, build.rust().inline(inline), known);
    author.build.function.linkage = linkage;
    let (parameter, result) = (author.build.parameter(0), author.build.function.result);
    if takes_struct {
        author.begin(at(parameter, 0));
        author.body(2);
        let from = author.any_struct();
        author.build.say(Statement::Copy {
            to: at(result, 0),
            from: at(from, 0),
            size: STRUCT,
            align: 8,
        });
    } else {
        author.begin(behind(parameter, 0));
        let number = loaded(TAG, at(author.build.parameter(1), 0));
        author.build.set(TAG, behind(parameter, 4), used(number));
        author.body(2);
        let from = at(author.any_struct(), 0);
        author.build.say(Statement::Copy {
            to: behind(parameter, 0),
            from,
            size: STRUCT,
            align: 8,
        });
        author.build.set(
            TAG,
            at(result, 0),
            used(loaded(TAG, Place { base: Base::Behind(parameter), offset: 8 })),
        );
    }
    author.build.end(End::Return).done()
}

fn program(seed: u64) -> Module {
    let mut random = Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let mut functions = Vec::new();
    let mut known = Vec::new();
    for index in 0..3 {
        let (name, takes_struct) = (format!("callee{index}"), random.below(2) == 0);
        functions.push(callee(&mut random, &name, takes_struct, known.clone()));
        known.push((name, takes_struct));
    }
    let build = Build::new("f", &[scalar(POINTER), scalar(POINTER)], NOTHING);
    let mut author = Author::new(&mut random, build, known);
    let (from, to) = (author.build.parameter(0), author.build.parameter(1));
    author.begin(behind(from, 0));
    author.body(5);
    for (index, local) in author.structs.clone().into_iter().enumerate() {
        let to = behind(to, index as u64 * STRUCT);
        author.build.say(Statement::Copy { to, from: at(local, 0), size: STRUCT, align: 8 });
    }
    functions.push(author.build.end(End::Return).done());
    super::build::module(functions)
}

fn outcome(module: &Module, effort: Effort) -> Vec<u8> {
    let code = load_with(module, effort);
    // SAFETY: `program` makes a function of this signature.
    let run: extern "C" fn(*const u8, *mut u8) = unsafe { code.function("f") };
    let given: Vec<u8> = (0..STRUCT as u8).map(|it| it.wrapping_mul(37)).collect();
    let mut results = vec![0; STRUCTS * STRUCT as usize];
    run(given.as_ptr(), results.as_mut_ptr());
    results
}

#[test]
fn made_up_programs_do_the_same_however_they_are_made_fast() {
    let count = std::env::var("SEGUE_JIT_PROGRAMS").ok().and_then(|it| it.parse().ok());
    for seed in 1..=count.unwrap_or(30) {
        let module = program(seed);
        let plain = outcome(&module, Effort::None);
        for effort in [Effort::Registers, Effort::All] {
            assert_eq!(outcome(&module, effort), plain, "seed {seed}, {effort:?}\n{module}");
        }
    }
}
