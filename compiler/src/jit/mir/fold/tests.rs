//! What is folded is what the processor would have computed.

use super::folded;
use crate::jit::codegen::tests::build::{Build, at, constant, load, module, scalar, used};
use crate::jit::codegen::tests::load::load as loaded;
use crate::jit::mir::{
    Binary, Cast, Compare, End, LocalId, Operand, Scalar, Statement, Unary, Value,
};

const EDGES: [u128; 5] = [0, 1, 127, 255, 0x1234_5678_9ABC_DEF0];

/// What a function gives that does the same with operands that nobody knows.
fn computed(
    of: Scalar,
    to: Scalar,
    value: impl Fn(Operand, Operand) -> Value,
    given: [u128; 2],
) -> u64 {
    let parameters = [scalar(Scalar::I64), scalar(Scalar::I64)];
    let mut build = Build::new("f", &parameters, scalar(Scalar::I64));
    let [first, second] = [0, 1].map(|index| load(of, at(build.parameter(index), 0)));
    let (result, held) = (build.function.result, build.local(scalar(to)));
    build.set(to, at(held, 0), value(first, second));
    let wide = Value::Cast(Cast::Unsigned, to, load(to, at(held, 0)));
    build.set(Scalar::I64, at(result, 0), wide).end(End::Return);
    let code = loaded(&module(vec![build.done()]));
    // SAFETY: written above with this signature.
    let run: extern "C" fn(u64, u64) -> u64 = unsafe { code.function("f") };
    run(given[0] as u64, given[1] as u64)
}

fn check(of: Scalar, to: Scalar, value: &impl Fn(Operand, Operand) -> Value, given: [u128; 2]) {
    let value = |first, second| value(first, second);
    let known = folded(to, &value(constant(of, given[0]), constant(of, given[1])));
    let Some(Value::Use(Operand::Constant(_, bits))) = known else {
        panic!("{:?} is not folded", value(constant(of, given[0]), constant(of, given[1])))
    };
    assert_eq!(bits as u64, computed(of, to, value, given), "{given:?}, {of:?} to {to:?}");
}

#[test]
fn operations_on_constants_give_what_the_processor_gives() {
    use Binary::{Add, And, Multiply, Or, Subtract, Xor};
    use Compare::{Equal, LessOrEqualSigned, LessSigned, LessUnsigned, NotEqual};
    for of in [Scalar::I8, Scalar::I32, Scalar::I64] {
        for (first, second) in EDGES.into_iter().zip(EDGES.into_iter().rev()) {
            let given = [first & super::mask(of), second & super::mask(of)];
            for op in [Add, And, Multiply, Or, Subtract, Xor] {
                check(of, of, &|first, second| Value::Binary(op, first, second), given);
            }
            for op in [Equal, NotEqual, LessUnsigned, LessSigned, LessOrEqualSigned] {
                let compare = |first, second| Value::Compare(op, of, first, second);
                check(of, Scalar::I8, &compare, given);
            }
        }
        for first in EDGES.map(|it| it & super::mask(of)) {
            for op in [Binary::ShiftLeft, Binary::ShiftRightUnsigned, Binary::ShiftRightSigned] {
                check(of, of, &|first, second| Value::Binary(op, first, second), [first, 3]);
            }
            for op in [Unary::Not, Unary::Negate] {
                check(of, of, &|first, _| Value::Unary(op, first), [first, 0]);
            }
            for cast in [Cast::Unsigned, Cast::Signed] {
                for to in [Scalar::I16, Scalar::I64] {
                    check(of, to, &|first, _| Value::Cast(cast, of, first), [first, 0]);
                }
            }
        }
    }
}

#[test]
fn what_changes_nothing_is_left_out() {
    let of = Scalar::I32;
    let x = || load(of, at(LocalId(0), 0));
    let left = |value| folded(of, &value) == Some(used(x()));
    assert!(left(Value::Binary(Binary::Add, x(), constant(of, 0))));
    assert!(left(Value::Binary(Binary::Add, constant(of, 0), x())));
    assert!(left(Value::Binary(Binary::Multiply, x(), constant(of, 1))));
    assert!(left(Value::Select(constant(Scalar::I8, 1), x(), constant(of, 7))));
    assert!(!left(Value::Binary(Binary::Subtract, constant(of, 0), x())));
    assert!(!left(Value::Binary(Binary::Multiply, x(), constant(of, 0))));
    let float = |bits| constant(Scalar::F32, bits);
    assert_eq!(folded(Scalar::F32, &Value::Binary(Binary::Add, float(0), float(0))), None);
    let divided = |by| Value::Binary(Binary::DivideUnsigned, constant(of, 7), constant(of, by));
    assert_eq!(folded(of, &divided(2)), Some(used(constant(of, 3))));
    assert_eq!(folded(of, &divided(0)), None);
}

#[test]
fn whether_an_operation_overflows_is_what_the_processor_says() {
    for of in [Scalar::I8, Scalar::I32, Scalar::I64] {
        for (signed, op) in [false, true]
            .into_iter()
            .flat_map(|it| [Binary::Add, Binary::Subtract, Binary::Multiply].map(|op| (it, op)))
        {
            let result = build_checked(of, signed, op);
            for (first, second) in EDGES.into_iter().flat_map(|it| EDGES.map(|other| (it, other))) {
                let (first, second) = (first & super::mask(of), second & super::mask(of));
                let (bits, overflows) = super::checked(of, signed, op, first, second).unwrap();
                let both = bits as u64 ^ u64::from(overflows) << 63;
                assert_eq!(
                    both,
                    result(first as u64, second as u64),
                    "{of:?} {op:?} {first} {second}"
                );
            }
        }
    }
    let wide = (Scalar::I128, Binary::Add);
    assert_eq!(super::checked(wide.0, false, wide.1, 1, 1), None);
}

/// A function that gives the result, and in its highest bit whether there was more.
fn build_checked(of: Scalar, signed: bool, op: Binary) -> extern "C" fn(u64, u64) -> u64 {
    const WIDE: Scalar = Scalar::I64;
    let mut build = Build::new("f", &[scalar(WIDE), scalar(WIDE)], scalar(WIDE));
    let values = (load(of, at(build.parameter(0), 0)), load(of, at(build.parameter(1), 0)));
    let (held, overflow) = (build.local(scalar(of)), build.local(scalar(Scalar::I8)));
    let (wide, highest) = (build.local(scalar(WIDE)), build.local(scalar(WIDE)));
    let (to, overflow) = (at(held, 0), at(overflow, 0));
    build.say(Statement::SetChecked { scalar: of, signed, to, overflow, op, values });
    build.set(WIDE, at(wide, 0), Value::Cast(Cast::Unsigned, of, load(of, to)));
    build.set(
        WIDE,
        at(highest, 0),
        Value::Cast(Cast::Unsigned, Scalar::I8, load(Scalar::I8, overflow)),
    );
    let shifted = Value::Binary(Binary::ShiftLeft, load(WIDE, at(highest, 0)), constant(WIDE, 63));
    build.set(WIDE, at(highest, 0), shifted);
    let both = Value::Binary(Binary::Xor, load(WIDE, at(wide, 0)), load(WIDE, at(highest, 0)));
    let result = build.function.result;
    build.set(WIDE, at(result, 0), both).end(End::Return);
    // SAFETY: written above with this signature.
    unsafe { loaded(&module(vec![build.done()])).function("f") }
}
