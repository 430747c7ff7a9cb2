//! Functions that differ in floats are told from those that differ in more.

use super::{Float, other_floats};
use crate::jit::codegen::tests::build::{Build, at, behind, constant, load, scalar, used};
use crate::jit::mir::{Argument, Binary, End, Function, Scalar, Value};

const OF: Scalar = Scalar::F64;

fn float(number: f64) -> Float {
    (OF, number.to_bits())
}

/// `other((x + a) * b, c)`, and an integer.
fn function([a, b, c]: [f64; 3], integer: u128, line: u32) -> Function {
    let mut build = Build::new("f", &[scalar(OF), scalar(Scalar::Pointer)], scalar(OF));
    let (x, to) = (at(build.parameter(0), 0), at(build.function.result, 0));
    let number = |number: f64| constant(OF, u128::from(number.to_bits()));
    let memory = behind(build.parameter(1), 0);
    build.set(Scalar::I64, memory, used(constant(Scalar::I64, integer)));
    build.set(OF, to, Value::Binary(Binary::Add, load(OF, x), number(a))).line(line);
    build.set(OF, to, Value::Binary(Binary::Multiply, load(OF, to), number(b)));
    let arguments = vec![Argument::Scalar(OF, load(OF, to)), Argument::Scalar(OF, number(c))];
    build.call("other", arguments, (to, scalar(OF))).end(End::Return).done()
}

#[test]
fn floats_are_told_from_all_else() {
    let old = function([1.0, 2.0, 3.0], 7, 1);
    let to = |new: Function| other_floats(&old, &new);
    assert_eq!(to(old.clone()), Some(Vec::new()));
    let expected = vec![(float(1.0), float(1.5)), (float(3.0), float(3.5))];
    assert_eq!(to(function([1.5, 2.0, 3.5], 7, 1)), Some(expected));
    assert_eq!(to(function([1.5, 2.0, 3.0], 8, 1)), None);
    assert_eq!(to(function([1.5, 2.0, 3.0], 7, 2)), None);
    assert_eq!(to(Function { symbol: "g".to_owned(), ..old.clone() }), None);
    // A float where something else was.
    let mut other = old.clone();
    let value = Value::Binary(Binary::Add, load(OF, at(other.result, 0)), constant(OF, 0));
    other.blocks[0].statements[1].0 = super::Statement::Set(OF, at(other.result, 0), value);
    assert_eq!(to(other), None);
}

#[test]
fn equal_floats_become_equal_ones() {
    let to = |old, new| other_floats(&function(old, 7, 1), &function(new, 7, 1));
    assert_eq!(to([1.0, 2.0, 1.0], [3.0, 2.0, 3.0]), Some(vec![(float(1.0), float(3.0))]));
    assert_eq!(to([1.0, 2.0, 1.0], [3.0, 2.0, 1.0]), None);
    assert_eq!(to([1.0, 2.0, 3.0], [1.0, 2.0, 1.0]), None);
    let swapped = vec![(float(1.0), float(2.0)), (float(2.0), float(1.0))];
    assert_eq!(to([1.0, 2.0, 3.0], [2.0, 1.0, 3.0]), Some(swapped));
}
