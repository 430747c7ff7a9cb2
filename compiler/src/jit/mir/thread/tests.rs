//! Branches that the block before has decided.

use std::sync::Arc;

use crate::jit::codegen::tests::build::{Build, at, constant, load, module, scalar, used};
use crate::jit::codegen::tests::load;
use crate::jit::mir::{Binary, BlockId, Compare, End, Scalar, Value, verify};

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
