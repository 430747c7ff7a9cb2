//! Branches that the block before has decided.

use std::sync::Arc;

use crate::jit::codegen::tests::build::{Build, at, behind, constant, load, module, scalar, used};
use crate::jit::codegen::tests::load;
use crate::jit::mir::{Binary, BlockId, Compare, End, Scalar, Statement, Value, verify};

const OF: Scalar = Scalar::I32;

/// `while let Some(_) = next()`: the sum of the numbers below a limit, by way of an option.
#[test]
fn an_option_that_was_just_made_is_not_asked() {
    let mut build = Build::new("f", &[scalar(OF)], scalar(OF));
    let (limit, sum) = (build.parameter(0), build.function.result);
    let [counter, some, value] = [OF, OF, OF].map(|of| build.local(scalar(of)));
    let less = build.local(scalar(Scalar::I8));
    let get = |local| load(OF, at(local, 0));
    build.set(OF, at(sum, 0), used(constant(OF, 0)));
    build.set(OF, at(counter, 0), used(constant(OF, 0)));
    build.end(End::Goto(BlockId(1))).block();
    let is_less = Value::Compare(Compare::LessUnsigned, OF, get(counter), get(limit));
    build.set(Scalar::I8, at(less, 0), is_less);
    let condition = load(Scalar::I8, at(less, 0));
    build.end(End::Branch(condition, BlockId(2), BlockId(3))).block();
    build.set(OF, at(value, 0), used(get(counter)));
    build.set(OF, at(some, 0), used(constant(OF, 1)));
    build.end(End::Goto(BlockId(4))).block();
    build.set(OF, at(some, 0), used(constant(OF, 0))).end(End::Goto(BlockId(4))).block();
    let cases = vec![(0, BlockId(6))];
    build.end(End::Switch { scalar: OF, on: get(some), cases, otherwise: BlockId(5) }).block();
    let add = |local, operand| Value::Binary(Binary::Add, get(local), operand);
    build.set(OF, at(sum, 0), add(sum, get(value)));
    build.set(OF, at(counter, 0), add(counter, constant(OF, 1)));
    build.end(End::Goto(BlockId(1))).block();
    let mut module = module(vec![build.end(End::Return).done()]);
    let code = load::load(&module);
    // SAFETY: written above with this signature.
    let run: extern "C" fn(u32) -> u32 = unsafe { code.function("f") };
    assert_eq!([run(0), run(10)], [0, 45]);
    super::thread(Arc::make_mut(&mut module.functions[0]));
    verify(&module).unwrap();
    let text = module.to_string();
    assert!(!text.contains("switch"), "{text}");
}

/// Blocks that decide where they go, in a ring: nothing grows without end.
#[test]
fn a_decided_loop_ends_the_pass() {
    let mut build = Build::new("f", &[scalar(OF)], scalar(OF));
    let flag = build.local(scalar(Scalar::I8));
    build.set(Scalar::I8, at(flag, 0), used(constant(Scalar::I8, 1)));
    build.end(End::Goto(BlockId(1))).block();
    let condition = || load(Scalar::I8, at(flag, 0));
    build.end(End::Branch(condition(), BlockId(2), BlockId(3))).block();
    build.set(Scalar::I8, at(flag, 0), used(constant(Scalar::I8, 1)));
    build.end(End::Branch(condition(), BlockId(1), BlockId(3))).block();
    let mut function = build.end(End::Return).done();
    super::thread(&mut function);
    verify(&module(vec![function.clone()])).unwrap();
    assert!(function.blocks.len() < 10, "{function}");
}

/// `Some` of a reference has no tag: that it is not null is said where it is made, and asked for two blocks on.
#[test]
fn what_was_told_is_believed_in_the_blocks_that_follow() {
    const POINTER: Scalar = Scalar::Pointer;
    const BOOL: Scalar = Scalar::I8;
    let mut build = Build::new("f", &[scalar(POINTER), scalar(OF)], scalar(OF));
    let [some, relative] = [POINTER, POINTER].map(|of| build.local(scalar(of)));
    let [is_zero, is_some] = [BOOL, BOOL].map(|of| build.local(scalar(of)));
    let (pointer, number, result) = (build.parameter(0), build.parameter(1), build.function.result);
    build.set(POINTER, at(some, 0), used(load(POINTER, at(pointer, 0))));
    let place = at(some, 0);
    build.say(Statement::IsNot { scalar: POINTER, place, first: 0, last: 0 });
    let compared = Value::Compare(Compare::Equal, OF, load(OF, at(number, 0)), constant(OF, 0));
    build.set(BOOL, at(is_zero, 0), compared);
    let condition = load(BOOL, at(is_zero, 0));
    build.end(End::Branch(condition, BlockId(1), BlockId(2))).block();
    build.set(OF, at(result, 0), used(constant(OF, 7))).end(End::Return).block();
    let minus = Value::Binary(Binary::Subtract, load(POINTER, place), constant(POINTER, 0));
    build.set(POINTER, at(relative, 0), minus);
    let (zero, relative) = (constant(POINTER, 0), load(POINTER, at(relative, 0)));
    let more = Value::Compare(Compare::LessUnsigned, POINTER, zero, relative);
    build.set(BOOL, at(is_some, 0), more);
    let condition = load(BOOL, at(is_some, 0));
    build.end(End::Branch(condition, BlockId(3), BlockId(4))).block();
    // The number is not zero here.
    let compared = Value::Compare(Compare::Equal, OF, load(OF, at(number, 0)), constant(OF, 0));
    build.set(BOOL, at(is_zero, 0), compared);
    let condition = load(BOOL, at(is_zero, 0));
    build.end(End::Branch(condition, BlockId(1), BlockId(5))).block();
    build.end(End::Unreachable).block();
    build.set(OF, at(result, 0), used(load(OF, behind(some, 0))));
    let mut function = build.end(End::Return).done();
    super::thread(&mut function);
    let module = module(vec![function]);
    verify(&module).unwrap();
    let text = module.to_string();
    assert_eq!(text.matches("  if ").count(), 1, "{text}");
    let code = load::load(&module);
    // SAFETY: written above with this signature.
    let run: extern "C" fn(&u32, u32) -> u32 = unsafe { code.function("f") };
    assert_eq!([run(&5, 0), run(&5, 1)], [7, 5]);
}

/// Both ways of a condition lead to one block: neither says anything there.
#[test]
fn what_one_way_says_is_not_believed_where_two_meet() {
    let mut build = Build::new("f", &[scalar(OF)], scalar(OF));
    let (number, result) = (build.parameter(0), build.function.result);
    let is_zero = build.local(scalar(Scalar::I8));
    let compared = || Value::Compare(Compare::Equal, OF, load(OF, at(number, 0)), constant(OF, 0));
    let condition = || load(Scalar::I8, at(is_zero, 0));
    build.set(OF, at(result, 0), used(constant(OF, 1)));
    build.set(Scalar::I8, at(is_zero, 0), compared());
    build.end(End::Branch(condition(), BlockId(1), BlockId(2))).block();
    // Written after it was compared: what is known is of what was there before.
    build.set(OF, at(number, 0), used(load(OF, at(result, 0))));
    build.end(End::Goto(BlockId(2))).block();
    build.set(Scalar::I8, at(is_zero, 0), compared());
    build.end(End::Branch(condition(), BlockId(3), BlockId(4))).block();
    build.set(OF, at(result, 0), used(constant(OF, 2))).end(End::Return).block();
    let sum = Value::Binary(Binary::Add, load(OF, at(number, 0)), constant(OF, 10));
    build.set(OF, at(result, 0), sum);
    let code = load::load(&module(vec![build.end(End::Return).done()]));
    // SAFETY: written above with this signature.
    let run: extern "C" fn(u32) -> u32 = unsafe { code.function("f") };
    assert_eq!([run(0), run(5)], [11, 15]);
}
