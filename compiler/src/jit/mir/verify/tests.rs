//! Each rule, broken.

use crate::jit::codegen::tests::build::{
    Build, NOTHING, at, behind, call, constant, load, memory, module, scalar, used,
};
use crate::jit::mir::{
    Abi, Argument, Binary, BlockId, Cast, Compare, End, Layout, LocalId, Pass, Scalar, Statement,
    Unary, Value, verify,
};

/// What is wrong with a function of two numbers.
fn wrong(write: impl FnOnce(&mut Build)) -> String {
    let mut build = Build::new("f", &[scalar(Scalar::I32), scalar(Scalar::F64)], NOTHING).rust();
    build.end(End::Return);
    write(&mut build);
    match verify(&module(vec![build.done()])) {
        Ok(()) => String::new(),
        Err(broken) => broken.what,
    }
}

fn of_value(to: Scalar, value: Value) -> String {
    wrong(|build| {
        let place = build.local(memory(16));
        build.set(to, at(place, 0), value);
    })
}

#[test]
fn what_keeps_the_rules_is_accepted() {
    assert_eq!(wrong(|_| {}), "");
    assert_eq!(of_value(Scalar::I32, used(load(Scalar::I32, at(LocalId(1), 0)))), "");
    assert_eq!(of_value(Scalar::I64, used(constant(Scalar::Pointer, 7))), "");
}

#[test]
fn scalars_that_do_not_agree_are_found() {
    let int = || load(Scalar::I32, at(LocalId(1), 0));
    let float = || load(Scalar::F64, at(LocalId(2), 0));
    for (to, value) in [
        (Scalar::I64, used(int())),
        (Scalar::I32, Value::Binary(Binary::Add, int(), float())),
        (Scalar::I32, Value::Binary(Binary::DivideFloat, int(), int())),
        (Scalar::F64, Value::Binary(Binary::And, float(), float())),
        (Scalar::I32, Value::Binary(Binary::ShiftLeft, int(), float())),
        (Scalar::I32, Value::Compare(Compare::Equal, Scalar::I32, int(), int())),
        (Scalar::I8, Value::Compare(Compare::LessSigned, Scalar::F64, float(), float())),
        (Scalar::I32, Value::Unary(Unary::SquareRoot, int())),
        (Scalar::F64, Value::Unary(Unary::CountOnes, float())),
        (Scalar::I64, Value::Cast(Cast::Bits, Scalar::I32, int())),
        (Scalar::I64, Value::Cast(Cast::Unsigned, Scalar::F64, float())),
        (Scalar::I32, Value::Select(int(), int(), int())),
        (Scalar::I32, Value::AddressOf(at(LocalId(1), 0))),
        (Scalar::I8, used(constant(Scalar::I8, 256))),
    ] {
        assert_ne!(of_value(to, value.clone()), "", "{value}");
    }
}

#[test]
fn places_outside_of_locals_are_found() {
    for place in
        [at(LocalId(1), 1), at(LocalId(9), 0), behind(LocalId(1), 0), at(LocalId(1), u64::MAX)]
    {
        assert_ne!(of_value(Scalar::I32, used(load(Scalar::I32, place))), "", "{place}");
    }
    let copy = |size, align| {
        wrong(|build| {
            let to = build.local(memory(4));
            build.say(Statement::Copy { to: at(to, 0), from: at(LocalId(1), 0), size, align });
        })
    };
    assert_eq!(copy(4, 4), "");
    assert_ne!(copy(5, 4), "");
    assert_ne!(copy(4, 3), "");
}

#[test]
fn ends_that_lead_nowhere_are_found() {
    let ends = |end: End| {
        wrong(|build| {
            build.end(end);
        })
    };
    assert_ne!(ends(End::Goto(BlockId(1))), "");
    let number = || load(Scalar::I32, at(LocalId(1), 0));
    assert_ne!(ends(End::Branch(number(), BlockId(0), BlockId(0))), "");
    let cases = vec![(1 << 32, BlockId(0))];
    let otherwise = BlockId(0);
    assert_ne!(ends(End::Switch { scalar: Scalar::I32, on: number(), cases, otherwise }), "");
}

#[test]
fn calls_that_the_callee_does_not_expect_are_found() {
    let result = (at(LocalId(0), 0), NOTHING);
    let int = || Argument::Scalar(Scalar::I32, constant(Scalar::I32, 1));
    let float = || Argument::Scalar(Scalar::F64, constant(Scalar::F64, 1));
    let calls = |arguments: Vec<Argument>, abi: Abi| {
        wrong(|build| {
            let End::Call(mut call) = call("f", arguments, result, Some(BlockId(0))) else {
                panic!()
            };
            call.abi = abi;
            build.end(End::Call(call));
        })
    };
    assert_eq!(calls(vec![int(), float()], Abi::Rust), "");
    assert_ne!(calls(vec![int(), float()], Abi::C), "");
    assert_ne!(calls(vec![int()], Abi::Rust), "");
    assert_ne!(calls(vec![float(), int()], Abi::Rust), "");
    let pair = Layout { size: 8, align: 4, pass: Pass::Two(Scalar::I32, Scalar::I32, 4) };
    let to_c = wrong(|build| {
        let pair_local = build.local(pair);
        let arguments = vec![Argument::Place(at(pair_local, 0), pair)];
        build.end(call("segue_jit_f", arguments, result, None));
    });
    assert!(to_c.contains("passed to C"), "{to_c}");
    let twice =
        module(vec![Build::new("f", &[], NOTHING).done(), Build::new("f", &[], NOTHING).done()]);
    assert_eq!(verify(&twice).unwrap_err().what, "defined twice");
}
