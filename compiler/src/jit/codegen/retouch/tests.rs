//! Numbers that are written into code give the object that a compile of all gives.

use super::differences;
use crate::jit::codegen::tests::build::{
    Build, at, behind, constant, load, memory, module, scalar, used,
};
use crate::jit::codegen::tests::random::Random;
use crate::jit::codegen::{Known, generate};
use crate::jit::mir::{
    Binary, BlockId, Cast, Compare, End, Function, LocalId, Operand, Place, Scalar, Unary, Value,
    visit,
};

const POINTER: Scalar = Scalar::Pointer;
const SINGLE: Scalar = Scalar::F32;

fn single(number: f32) -> u128 {
    u128::from(number.to_bits())
}

/// `(x + a) * b`, and what is computed from constants alone.
fn sum(a: f32, b: f32, computed: (f32, f32)) -> Function {
    let mut build = Build::new("sum", &[scalar(SINGLE)], scalar(SINGLE));
    let (x, to) = (at(build.parameter(0), 0), at(build.function.result, 0));
    let other = at(build.local(scalar(SINGLE)), 0);
    let number = |number| constant(SINGLE, single(number));
    let product = Value::Binary(Binary::Multiply, number(computed.0), number(computed.1));
    build.set(SINGLE, other, product);
    build.set(SINGLE, to, Value::Binary(Binary::Add, load(SINGLE, x), number(a)));
    build.set(SINGLE, to, Value::Binary(Binary::Multiply, load(SINGLE, to), number(b)));
    build.set(SINGLE, to, Value::Binary(Binary::Subtract, load(SINGLE, to), load(SINGLE, other)));
    build.end(End::Return).done()
}

/// Compiles functions one after another with what is known, and by themselves. Says how many floats alone were written to.
fn compiled(functions: impl IntoIterator<Item = Function>) -> usize {
    let mut known = Known::default();
    for function in functions {
        let text = format!("{function:?}");
        let fresh = generate(module(vec![function.clone()]), &mut Known::default()).unwrap();
        assert!(generate(module(vec![function]), &mut known).unwrap() == fresh, "{text}");
    }
    known.written()
}

#[test]
fn a_float_is_written_once_it_is_known_where_it_stands() {
    let of = |(a, b)| sum(a, b, (3.0, 0.25));
    let texts = [(1.5, 2.0), (1.25, 2.0), (1.75, 2.0), (1.25, 2.5), (-3.5, 2.75), (9.0, 0.1)];
    // It stands where two compiles differ: the third has the first float written, the fifth and sixth both.
    assert_eq!(compiled(texts.map(of)), 3);
}

#[test]
fn what_was_one_number_is_not_written_as_two() {
    let of = |(a, b)| sum(a, b, (3.0, 0.25));
    assert_eq!(compiled([(1.5, 1.5), (2.5, 2.5), (3.5, 3.75), (4.5, 4.75), (5.5, 5.5)].map(of)), 0);
    // Nor is it where it would become another one's, or that of the product.
    assert_eq!(compiled([(1.5, 2.5), (1.25, 2.25), (2.25, 2.25)].map(of)), 0);
    assert_eq!(compiled([(1.5, 2.5), (1.25, 2.25), (0.75, 2.25)].map(of)), 0);
    assert_eq!(compiled([(1.5, 2.5), (1.25, 2.25), (2.25, 1.25)].map(of)), 0);
}

#[test]
fn what_is_computed_from_constants_is_computed_again() {
    let of = |computed| sum(1.5, 2.0, computed);
    assert_eq!(compiled([(3.0, 0.25), (5.0, 0.25), (7.0, 0.25), (9.0, 0.125)].map(of)), 0);
    // The product is another constant, which is there before.
    assert_eq!(compiled([(1.0, 1.5), (1.0, 2.0), (1.0, 7.0), (1.0, 9.0)].map(of)), 0);
}

/// It is 0 for all that is between 0 and 1: two codes that do not differ say nothing of others.
#[test]
fn what_is_computed_alike_from_two_numbers_is_computed_again_from_a_third() {
    let of = |number: f32| {
        let mut build = Build::new("floor", &[scalar(SINGLE)], scalar(SINGLE));
        let (x, to) = (at(build.parameter(0), 0), at(build.function.result, 0));
        build.set(SINGLE, to, Value::Unary(Unary::Floor, constant(SINGLE, single(number))));
        build.set(SINGLE, to, Value::Binary(Binary::Add, load(SINGLE, to), load(SINGLE, x)));
        build.end(End::Return).done()
    };
    assert_eq!(compiled([0.5, 0.25, 1.75].map(of)), 0);
}

#[test]
fn numbers_that_are_written_in_other_ways_are_not_written() {
    for other in [0.0, -0.0, f32::NAN, f32::INFINITY, f32::MIN_POSITIVE / 2.0] {
        let of = |a| sum(a, 2.0, (3.0, 0.25));
        assert_eq!(compiled([1.5, 1.25, other].map(of)), 0, "{other}");
        assert_eq!(compiled([other, 1.25, 1.75].map(of)), 0, "{other}");
    }
}

#[test]
fn codes_that_differ_in_more_tell_nothing() {
    let float = |number: f32| (SINGLE, u64::from(number.to_bits()));
    let code = |numbers: &[f32], last: u8| -> Vec<u8> {
        let bytes = numbers.iter().flat_map(|it| it.to_le_bytes());
        bytes.chain([last]).collect()
    };
    let pairs = [(float(1.5), float(1.25)), (float(2.0), float(3.0))];
    let of = |old: &[u8], new: &[u8]| differences(old, new, &pairs);
    let old = code(&[1.5, 2.0, 1.5], 7);
    let expected = vec![(float(1.25), vec![0, 8]), (float(3.0), vec![4])];
    assert_eq!(of(&old, &code(&[1.25, 3.0, 1.25], 7)), Some(expected));
    assert_eq!(of(&old, &code(&[1.25, 3.0, 1.25], 8)), None);
    assert_eq!(of(&old, &code(&[1.25, 3.0, 3.0], 7)), None);
    assert_eq!(of(&old, &code(&[1.25, 3.0], 7)), None);
}

/// Few enough that they meet.
fn random_float(random: &mut Random, of: Scalar) -> u128 {
    let number = random.of(&[0.0, 1.0, 2.0, 0.5, -1.0, 4.0, 0.1, 7.25, 1e-40]);
    match of {
        Scalar::F32 => single(number),
        _ => u128::from(f64::from(number).to_bits()),
    }
}

/// A function of floats in registers and behind a pointer, with branches and a loop.
fn made_up(random: &mut Random) -> Function {
    let mut build = Build::new("made_up", &[scalar(POINTER)], memory(8)).rust();
    let pointer = build.parameter(0);
    let of = [SINGLE, Scalar::F64];
    let locals = of.map(|of| [0; 3].map(|_| build.local(scalar(of))));
    let [condition, pair] = [scalar(Scalar::I8), memory(8)].map(|it| build.local(it));
    for (of, locals) in of.iter().zip(&locals) {
        for (index, local) in locals.iter().enumerate() {
            let from = behind(pointer, 8 * index as u64);
            let known = random.below(2) == 0;
            let value = if known { number(random, *of) } else { load(*of, from) };
            build.set(*of, at(*local, 0), used(value));
        }
    }
    for block in 0..4 {
        for _ in 0..5 {
            let which = random.below(2) as usize;
            step(random, &mut build, of[which], &locals[which], pair);
        }
        let ([first, second], of) = ([0, 1].map(|at| locals[0][at]), of[0]);
        let value = Value::Compare(
            Compare::LessFloat,
            of,
            load(of, at(first, 0)),
            operand(random, of, &[second]),
        );
        build.set(Scalar::I8, at(condition, 0), value);
        // On, or to any block.
        let (next, other) = (BlockId(block + 1), BlockId(random.below(5) as u32));
        build.end(End::Branch(load(Scalar::I8, at(condition, 0)), next, other));
        build.block();
    }
    let result = at(build.function.result, 0);
    build.set(SINGLE, result, used(load(SINGLE, at(locals[0][0], 0))));
    build.set(SINGLE, Place { offset: 4, ..result }, used(load(SINGLE, at(locals[0][1], 0))));
    build.set(Scalar::F64, behind(pointer, 24), used(load(Scalar::F64, at(locals[1][0], 0))));
    build.end(End::Return).done()
}

fn number(random: &mut Random, of: Scalar) -> Operand {
    constant(of, random_float(random, of))
}

fn operand(random: &mut Random, of: Scalar, locals: &[LocalId]) -> Operand {
    match random.below(3) {
        0 => number(random, of),
        _ => load(of, at(random.of(locals), 0)),
    }
}

fn step(random: &mut Random, build: &mut Build, of: Scalar, locals: &[LocalId], pair: LocalId) {
    let to = at(random.of(locals), 0);
    let binary = [
        Binary::Add,
        Binary::Subtract,
        Binary::Multiply,
        Binary::DivideFloat,
        Binary::MinFloat,
        Binary::CopySign,
    ];
    let unary = [Unary::Negate, Unary::Absolute, Unary::SquareRoot, Unary::Floor];
    let memory = behind(build.parameter(0), 8 * random.below(3));
    match random.below(8) {
        0 => build.set(of, to, Value::Unary(random.of(&unary), operand(random, of, locals))),
        1 => build.set(of, memory, used(operand(random, of, locals))),
        2 => build.set(of, to, used(load(of, memory))),
        3 => build.set(of, to, used(number(random, of))),
        // The bits of a float, as an integer.
        4 if of == SINGLE => {
            let bits = Value::Cast(Cast::Bits, of, operand(random, of, locals));
            build.set(Scalar::I32, at(pair, 0), bits);
            let less = Value::Binary(
                Binary::And,
                load(Scalar::I32, at(pair, 0)),
                constant(Scalar::I32, 0x7f80_0000),
            );
            build.set(Scalar::I32, at(pair, 4), less);
            build.set(of, to, Value::Cast(Cast::Bits, Scalar::I32, load(Scalar::I32, at(pair, 4))))
        }
        _ => {
            let (first, second) = (operand(random, of, locals), operand(random, of, locals));
            build.set(of, to, Value::Binary(random.of(&binary), first, second))
        }
    };
}

/// Makes some floats others; each that is the same as another stays so, now and then.
fn edited(random: &mut Random, function: &Function) -> Function {
    let mut function = function.clone();
    let (all_alike, salt) = (random.below(4) != 0, random.below(1 << 20) as f32);
    let mut change = |operand: &mut Operand| {
        if let Operand::Constant(of @ (Scalar::F32 | Scalar::F64), bits) = operand {
            let other = (*bits % 8191) as f32 + salt;
            *bits = match (all_alike, *of, random.below(6)) {
                (true, Scalar::F32, _) if *bits % 3 == 0 => single(other),
                (true, Scalar::F64, _) if *bits % 3 == 0 => f64::from(other).to_bits().into(),
                (false, of, 0) => random_float(random, of),
                _ => *bits,
            };
        }
    };
    for block in &mut function.blocks {
        for (statement, _) in &mut block.statements {
            visit::each_operand_mut(statement, &mut change);
        }
    }
    function
}

#[test]
fn made_up_functions_are_what_a_compile_of_all_gives() {
    let count = std::env::var("SEGUE_JIT_PROGRAMS").ok().and_then(|it| it.parse().ok());
    let mut written = 0;
    for seed in 1..=count.unwrap_or(25_u64) {
        let mut random = Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        let mut functions = vec![made_up(&mut random)];
        for _ in 0..6 {
            functions.extend(functions.last().map(|last| edited(&mut random, last)));
        }
        written += compiled(functions);
    }
    println!("{written} were written");
    assert!(written > 0);
}
