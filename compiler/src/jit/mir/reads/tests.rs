//! What is not read again: what nobody can have written in between.

use super::share;
use crate::jit::codegen::tests::build::{
    Build, at, behind, constant, load, memory, module, scalar, used,
};
use crate::jit::codegen::tests::load::load as loaded;
use crate::jit::mir::{
    Base, Binary, BlockId, End, Function, LocalId, Operand, Place, Scalar, Statement, Value,
    verify, visit,
};

const OF: Scalar = Scalar::I32;
const POINTER: Scalar = Scalar::Pointer;

/// Readings of memory and writings to it, in a function after sharing, which must be right.
fn left(function: &mut Function) -> (usize, usize) {
    share(function);
    verify(&module(vec![function.clone()])).unwrap();
    let (mut reads, mut writes) = (0, 0);
    for block in &mut function.blocks {
        visit::each_place(block, &mut |role, place: &mut Place, _| {
            let is_memory = matches!(place.base, Base::Behind(_));
            reads += usize::from(is_memory && role == visit::Role::Read);
            writes += usize::from(is_memory && role == visit::Role::Written);
        });
    }
    (reads, writes)
}

/// Calls `f` with two pointers, to two numbers each, which may be the same ones.
fn outcome(function: &Function, second_at: usize) -> (u32, [u32; 4]) {
    let code = loaded(&module(vec![function.clone()]));
    // SAFETY: the tests that call this write functions with this signature.
    let run: extern "C" fn(*mut u32, *mut u32) -> u32 = unsafe { code.function("f") };
    let mut numbers = [1, 10, 100, 1000];
    let first = numbers.as_mut_ptr();
    (run(first, first.wrapping_add(second_at)), numbers)
}

fn plus(one: Operand, other: Operand) -> Value {
    Value::Binary(Binary::Add, one, other)
}

struct Given {
    build: Build,
    first: LocalId,
    second: LocalId,
    result: Place,
}

fn given() -> Given {
    let build = Build::new("f", &[scalar(POINTER), scalar(POINTER)], scalar(OF));
    let (first, second) = (build.parameter(0), build.parameter(1));
    let result = at(build.function.result, 0);
    Given { build, first, second, result }
}

/// `first[0] += first[1]`, twice, and what is in `first[0]` then.
#[test]
fn behind_one_pointer_places_are_told_apart() {
    let Given { mut build, first, result, .. } = given();
    for _ in 0..2 {
        let sum = plus(load(OF, behind(first, 0)), load(OF, behind(first, 4)));
        build.set(OF, behind(first, 0), sum);
    }
    build.set(OF, result, used(load(OF, behind(first, 0)))).end(End::Return);
    let mut function = build.done();
    assert_eq!(outcome(&function, 2), (21, [21, 10, 100, 1000]));
    assert_eq!(left(&mut function), (2, 2), "{function}");
    assert_eq!(outcome(&function, 2), (21, [21, 10, 100, 1000]));
}

/// `first[0] = 5; second[0] = 7; first[0] = first[0] + 1`, where both may be one.
#[test]
fn what_is_behind_another_pointer_may_be_the_same() {
    let Given { mut build, first, second, result } = given();
    build.set(OF, behind(first, 0), used(constant(OF, 5)));
    build.set(OF, behind(second, 0), used(constant(OF, 7)));
    build.set(OF, result, plus(load(OF, behind(first, 0)), constant(OF, 1)));
    build.set(OF, behind(first, 0), used(load(OF, result))).end(End::Return);
    let function = build.done();
    for at in [0, 1] {
        let before = outcome(&function, at);
        assert_eq!(before.0, if at == 0 { 8 } else { 6 });
        let mut shared = function.clone();
        assert_eq!(left(&mut shared), (1, 3), "{shared}");
        assert_eq!(outcome(&shared, at), before);
    }
}

/// The pointer goes on between: the same place behind it is another one.
#[test]
fn a_pointer_that_was_written_points_elsewhere() {
    let Given { mut build, first, result, .. } = given();
    build.set(OF, behind(first, 0), used(constant(OF, 5)));
    build.set(POINTER, at(first, 0), plus(load(POINTER, at(first, 0)), constant(POINTER, 4)));
    build.set(OF, result, used(load(OF, behind(first, 0))));
    build.set(OF, behind(first, 0), used(constant(OF, 6))).end(End::Return);
    let mut function = build.done();
    assert_eq!(left(&mut function), (1, 2), "{function}");
    assert_eq!(outcome(&function, 2), (10, [5, 6, 100, 1000]));
}

/// Parts, and copies of many bytes: `first[1]` is written by way of eight bytes from `first[0]` on.
#[test]
fn what_overlaps_is_read_again() {
    let Given { mut build, first, second, result } = given();
    build.set(OF, behind(first, 4), used(constant(OF, 3)));
    let (to, from) = (behind(first, 0), behind(second, 0));
    build.say(Statement::Copy { to, from, size: 8, align: 4 });
    build.set(OF, result, used(load(OF, behind(first, 4))));
    build.set(Scalar::I64, behind(first, 0), used(constant(Scalar::I64, 0)));
    build.set(OF, result, plus(load(OF, result), load(OF, behind(first, 4)))).end(End::Return);
    let mut function = build.done();
    let before = outcome(&function, 2);
    assert_eq!(before, (1000, [0, 0, 100, 1000]));
    left(&mut function);
    assert_eq!(outcome(&function, 2), before);
}

/// A fill goes to an address: nobody knows what it writes.
#[test]
fn after_bytes_were_filled_everything_is_read_again() {
    let Given { mut build, first, second, result } = given();
    build.set(OF, behind(first, 0), used(constant(OF, 3)));
    let (to, value) = (load(POINTER, at(second, 0)), constant(Scalar::I8, 1));
    build.say(Statement::Fill { to, value, size: constant(Scalar::I64, 4) });
    build.set(OF, result, used(load(OF, behind(first, 0))));
    let mut function = build.end(End::Return).done();
    left(&mut function);
    assert_eq!([outcome(&function, 0).0, outcome(&function, 1).0], [0x0101_0101, 3]);
}

/// Where only one block leads to another, what it read is known there; where two do, it is not.
#[test]
fn what_the_only_way_to_a_block_has_read_is_not_read_there() {
    let Given { mut build, first, second, result } = given();
    let is_one = build.local(scalar(Scalar::I8));
    let compared = |place| {
        Value::Compare(crate::jit::mir::Compare::Equal, OF, load(OF, place), constant(OF, 1))
    };
    build.set(Scalar::I8, at(is_one, 0), compared(behind(first, 0)));
    let condition = load(Scalar::I8, at(is_one, 0));
    build.end(End::Branch(condition, BlockId(1), BlockId(2))).block();
    build.set(OF, behind(second, 0), plus(load(OF, behind(first, 0)), constant(OF, 1)));
    build.end(End::Goto(BlockId(2))).block();
    build.set(OF, result, used(load(OF, behind(first, 0)))).end(End::Return);
    let mut function = build.done();
    assert_eq!(left(&mut function), (2, 1), "{function}");
    assert_eq!([outcome(&function, 0).0, outcome(&function, 1).0], [2, 1]);
}

/// A local that somebody has the address of is memory like any other.
#[test]
fn a_local_that_is_pointed_to_may_be_written_by_pointers() {
    let Given { mut build, second, result, .. } = given();
    let (own, other) = (build.local(memory(8)), build.local(memory(8)));
    build.set(POINTER, at(second, 0), Value::AddressOf(at(own, 0)));
    build.set(POINTER, at(build.parameter(0), 0), Value::AddressOf(at(other, 0)));
    build.set(OF, at(own, 0), used(constant(OF, 5)));
    build.set(OF, at(other, 0), used(constant(OF, 50)));
    build.set(OF, behind(second, 0), used(constant(OF, 6)));
    build.set(OF, result, plus(load(OF, at(own, 0)), load(OF, at(other, 0)))).end(End::Return);
    let mut function = build.done();
    left(&mut function);
    assert_eq!(outcome(&function, 0).0, 56);
}
