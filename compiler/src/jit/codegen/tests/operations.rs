//! Every operation on every scalar, on values at the edges, against what Rust itself says.

use super::build::{Build, NOTHING, at, behind, load as loaded, module, scalar};
use super::load::load;
use crate::jit::mir::{
    Binary as B, Cast, Compare as C, End, Operand, Scalar, Statement, Unary as U, Value,
};

/// One operation: what MIR says, and what Rust says. `None`: the operation must not be asked for that.
struct Case {
    of: Scalar,
    result: Scalar,
    name: String,
    value: Box<dyn Fn(Operand, Operand) -> Value>,
    expected: fn(u128, u128) -> Option<u128>,
}

fn binary(of: Scalar, op: B, expected: fn(u128, u128) -> Option<u128>) -> Case {
    let value = Box::new(move |first, second| Value::Binary(op, first, second));
    Case { of, result: of, name: format!("{op:?}"), value, expected }
}

fn unary(of: Scalar, op: U, expected: fn(u128, u128) -> Option<u128>) -> Case {
    let value = Box::new(move |first, _| Value::Unary(op, first));
    Case { of, result: of, name: format!("{op:?}"), value, expected }
}

fn compare(of: Scalar, op: C, expected: fn(u128, u128) -> Option<u128>) -> Case {
    let value = Box::new(move |first, second| Value::Compare(op, of, first, second));
    Case { of, result: Scalar::I8, name: format!("{op:?}"), value, expected }
}

fn cast(of: Scalar, result: Scalar, op: Cast, expected: fn(u128, u128) -> Option<u128>) -> Case {
    let value = Box::new(move |first, _| Value::Cast(op, of, first));
    Case { of, result, name: format!("{op:?} to {result:?}"), value, expected }
}

macro_rules! integers {
    ($of:ident, $u:ident, $i:ident) => {{
        const OF: Scalar = Scalar::$of;
        let amount = |b: u128| (b < u128::from($u::BITS)).then_some(b as u32);
        let _ = amount;
        vec![
            binary(OF, B::Add, |a, b| Some((a as $u).wrapping_add(b as $u).into())),
            binary(OF, B::Subtract, |a, b| Some((a as $u).wrapping_sub(b as $u).into())),
            binary(OF, B::Multiply, |a, b| Some((a as $u).wrapping_mul(b as $u).into())),
            binary(OF, B::DivideUnsigned, |a, b| (a as $u).checked_div(b as $u).map(u128::from)),
            binary(OF, B::RemainderUnsigned, |a, b| (a as $u).checked_rem(b as $u).map(u128::from)),
            binary(OF, B::DivideSigned, |a, b| {
                (a as $i).checked_div(b as $i).map(|it| (it as $u).into())
            }),
            binary(OF, B::RemainderSigned, |a, b| {
                (a as $i).checked_rem(b as $i).map(|it| (it as $u).into())
            }),
            binary(OF, B::And, |a, b| Some(a & b)),
            binary(OF, B::Or, |a, b| Some(a | b)),
            binary(OF, B::Xor, |a, b| Some(a ^ b)),
            binary(OF, B::ShiftLeft, |a, b| {
                (a as $u).checked_shl(b.try_into().ok()?).map(u128::from)
            }),
            binary(OF, B::ShiftRightUnsigned, |a, b| {
                (a as $u).checked_shr(b.try_into().ok()?).map(u128::from)
            }),
            binary(OF, B::ShiftRightSigned, |a, b| {
                (a as $i).checked_shr(b.try_into().ok()?).map(|it| (it as $u).into())
            }),
            binary(OF, B::RotateLeft, |a, b| {
                (b < $u::BITS.into()).then(|| (a as $u).rotate_left(b as u32).into())
            }),
            binary(OF, B::RotateRight, |a, b| {
                (b < $u::BITS.into()).then(|| (a as $u).rotate_right(b as u32).into())
            }),
            unary(OF, U::Not, |a, _| Some((!(a as $u)).into())),
            unary(OF, U::Negate, |a, _| Some((a as $u).wrapping_neg().into())),
            unary(OF, U::Absolute, |a, _| Some(((a as $i).wrapping_abs() as $u).into())),
            unary(OF, U::CountOnes, |a, _| Some((a as $u).count_ones().into())),
            unary(OF, U::LeadingZeros, |a, _| Some((a as $u).leading_zeros().into())),
            unary(OF, U::TrailingZeros, |a, _| Some((a as $u).trailing_zeros().into())),
            unary(OF, U::SwapBytes, |a, _| Some((a as $u).swap_bytes().into())),
            unary(OF, U::ReverseBits, |a, _| Some((a as $u).reverse_bits().into())),
            compare(OF, C::Equal, |a, b| Some((a == b).into())),
            compare(OF, C::NotEqual, |a, b| Some((a != b).into())),
            compare(OF, C::LessUnsigned, |a, b| Some((a < b).into())),
            compare(OF, C::LessOrEqualUnsigned, |a, b| Some((a <= b).into())),
            compare(OF, C::LessSigned, |a, b| Some(((a as $i) < (b as $i)).into())),
            compare(OF, C::LessOrEqualSigned, |a, b| Some((a as $i <= b as $i).into())),
            cast(OF, Scalar::I8, Cast::Unsigned, |a, _| Some((a as u8).into())),
            cast(OF, Scalar::I16, Cast::Unsigned, |a, _| Some((a as u16).into())),
            cast(OF, Scalar::I32, Cast::Unsigned, |a, _| Some((a as u32).into())),
            cast(OF, Scalar::I64, Cast::Unsigned, |a, _| Some((a as u64).into())),
            cast(OF, Scalar::I128, Cast::Unsigned, |a, _| Some(a)),
            cast(OF, Scalar::I8, Cast::Signed, |a, _| Some((a as $i as u8).into())),
            cast(OF, Scalar::I16, Cast::Signed, |a, _| Some((a as $i as u16).into())),
            cast(OF, Scalar::I32, Cast::Signed, |a, _| Some((a as $i as u32).into())),
            cast(OF, Scalar::I64, Cast::Signed, |a, _| Some((a as $i as u64).into())),
            cast(OF, Scalar::I128, Cast::Signed, |a, _| Some(a as $i as u128)),
            cast(OF, Scalar::F32, Cast::UnsignedToFloat, |a, _| {
                Some((a as $u as f32).to_bits().into())
            }),
            cast(OF, Scalar::F64, Cast::UnsignedToFloat, |a, _| {
                Some((a as $u as f64).to_bits().into())
            }),
            cast(OF, Scalar::F32, Cast::SignedToFloat, |a, _| {
                Some((a as $i as f32).to_bits().into())
            }),
            cast(OF, Scalar::F64, Cast::SignedToFloat, |a, _| {
                Some((a as $i as f64).to_bits().into())
            }),
        ]
    }};
}

macro_rules! floats {
    ($of:ident, $f:ident, $u:ident, $bits:ident) => {{
        const OF: Scalar = Scalar::$of;
        fn float(bits: u128) -> $f {
            $f::from_bits(bits as $u)
        }
        fn bits(value: $f) -> Option<u128> {
            Some(value.to_bits().into())
        }
        /// Which zero comes out where both go in nobody promises.
        fn unless_zeros(a: u128, b: u128, value: $f) -> Option<u128> {
            (float(a) != 0.0 || float(b) != 0.0).then(|| value.to_bits().into())
        }
        vec![
            binary(OF, B::Add, |a, b| bits(float(a) + float(b))),
            binary(OF, B::Subtract, |a, b| bits(float(a) - float(b))),
            binary(OF, B::Multiply, |a, b| bits(float(a) * float(b))),
            binary(OF, B::DivideFloat, |a, b| bits(float(a) / float(b))),
            binary(OF, B::RemainderFloat, |a, b| bits(float(a) % float(b))),
            binary(OF, B::MinFloat, |a, b| unless_zeros(a, b, float(a).min(float(b)))),
            binary(OF, B::MaxFloat, |a, b| unless_zeros(a, b, float(a).max(float(b)))),
            binary(OF, B::CopySign, |a, b| bits(float(a).copysign(float(b)))),
            unary(OF, U::Negate, |a, _| bits(-float(a))),
            unary(OF, U::Absolute, |a, _| bits(float(a).abs())),
            unary(OF, U::SquareRoot, |a, _| bits(float(a).sqrt())),
            unary(OF, U::Floor, |a, _| bits(float(a).floor())),
            unary(OF, U::Ceil, |a, _| bits(float(a).ceil())),
            unary(OF, U::Truncate, |a, _| bits(float(a).trunc())),
            unary(OF, U::Round, |a, _| bits(float(a).round_ties_even())),
            compare(OF, C::Equal, |a, b| Some((float(a) == float(b)).into())),
            compare(OF, C::NotEqual, |a, b| Some((float(a) != float(b)).into())),
            compare(OF, C::LessFloat, |a, b| Some((float(a) < float(b)).into())),
            compare(OF, C::LessOrEqualFloat, |a, b| Some((float(a) <= float(b)).into())),
            cast(OF, Scalar::I8, Cast::FloatToUnsigned, |a, _| Some((float(a) as u8).into())),
            cast(OF, Scalar::I16, Cast::FloatToUnsigned, |a, _| Some((float(a) as u16).into())),
            cast(OF, Scalar::I32, Cast::FloatToUnsigned, |a, _| Some((float(a) as u32).into())),
            cast(OF, Scalar::I64, Cast::FloatToUnsigned, |a, _| Some((float(a) as u64).into())),
            cast(OF, Scalar::I128, Cast::FloatToUnsigned, |a, _| Some(float(a) as u128)),
            cast(OF, Scalar::I8, Cast::FloatToSigned, |a, _| Some((float(a) as i8 as u8).into())),
            cast(OF, Scalar::I16, Cast::FloatToSigned, |a, _| {
                Some((float(a) as i16 as u16).into())
            }),
            cast(OF, Scalar::I32, Cast::FloatToSigned, |a, _| {
                Some((float(a) as i32 as u32).into())
            }),
            cast(OF, Scalar::I64, Cast::FloatToSigned, |a, _| {
                Some((float(a) as i64 as u64).into())
            }),
            cast(OF, Scalar::I128, Cast::FloatToSigned, |a, _| Some(float(a) as i128 as u128)),
            cast(OF, Scalar::F32, Cast::Float, |a, _| Some((float(a) as f32).to_bits().into())),
            cast(OF, Scalar::F64, Cast::Float, |a, _| Some((float(a) as f64).to_bits().into())),
            cast(OF, Scalar::$bits, Cast::Bits, |a, _| Some(a)),
        ]
    }};
}

fn cases() -> Vec<Case> {
    let mut cases = integers!(I8, u8, i8);
    cases.extend(integers!(I16, u16, i16));
    cases.extend(integers!(I32, u32, i32));
    cases.extend(integers!(I64, u64, i64));
    cases.extend(integers!(I128, u128, i128));
    cases.extend(floats!(F32, f32, u32, I32));
    cases.extend(floats!(F64, f64, u64, I64));
    cases.push(cast(Scalar::I32, Scalar::F32, Cast::Bits, |a, _| Some(a)));
    cases.push(cast(Scalar::I64, Scalar::F64, Cast::Bits, |a, _| Some(a)));
    cases
}

/// Values at the edges of a scalar.
fn edges(of: Scalar) -> Vec<u128> {
    let bits = 8 * crate::jit::mir::size_of(of);
    match of {
        Scalar::F32 => {
            let floats = FLOATS.map(|it| (it as f32).to_bits().into());
            floats
                .into_iter()
                .chain([f32::MIN_POSITIVE, f32::MAX].map(|it| it.to_bits().into()))
                .collect()
        }
        Scalar::F64 => FLOATS.map(|it| it.to_bits().into()).to_vec(),
        _ => {
            let most = u128::MAX >> (128 - bits);
            let least = 1 << (bits - 1);
            let mut edges = vec![0, 1, 2, 3, 7, 8, 31, 33, 63, 64, 100, 127];
            edges.extend([
                most,
                most - 1,
                most - 6,
                least,
                least + 1,
                least - 1,
                most / 3,
                most / 5,
            ]);
            edges.retain(|edge| *edge <= most);
            edges
        }
    }
}

const FLOATS: [f64; 30] = [
    0.0,
    -0.0,
    1.0,
    -1.0,
    0.5,
    -0.5,
    1.5,
    -1.5,
    2.5,
    -2.5,
    0.1,
    3.75,
    -7.25,
    127.0,
    128.0,
    -128.0,
    -129.0,
    255.0,
    256.0,
    65_535.5,
    -32_769.0,
    2_147_483_648.0,
    -2_147_483_649.0,
    9.3e18,
    1.9e19,
    -9.3e18,
    1.8e38,
    5e-324,
    f64::INFINITY,
    f64::NAN,
];

fn is_nan(of: Scalar, bits: u128) -> bool {
    match of {
        Scalar::F32 => f32::from_bits(bits as u32).is_nan(),
        Scalar::F64 => f64::from_bits(bits as u64).is_nan(),
        _ => false,
    }
}

type Run = extern "C" fn(*const [u128; 2], *mut u128);

#[test]
fn every_operation_gives_what_rust_says() {
    let cases = cases();
    let pointer = scalar(Scalar::Pointer);
    let functions = cases.iter().enumerate().map(|(index, case)| {
        let mut build = Build::new(&format!("f{index}"), &[pointer, pointer], NOTHING);
        let (from, to) = (build.parameter(0), build.parameter(1));
        let first = loaded(case.of, behind(from, 0));
        let is_shift = matches!(case.name.as_str(), "ShiftLeft" | "RotateRight");
        // An amount may be of any integer type.
        let second = loaded(if is_shift { Scalar::I8 } else { case.of }, behind(from, 16));
        let value = (case.value)(first, second);
        build.set(case.result, behind(to, 0), value);
        build.end(End::Return).done()
    });
    let code = load(&module(functions.collect()));
    let mut count = 0;
    for (index, case) in cases.iter().enumerate() {
        // SAFETY: written above with this signature.
        let run: Run = unsafe { code.function(&format!("f{index}")) };
        for first in edges(case.of) {
            for second in edges(case.of) {
                let Some(expected) = (case.expected)(first, second) else { continue };
                let mut result = 0;
                run(&[first, second], &mut result);
                // Which NaN it is nobody promises, except where bits are what is asked for.
                let both_nan = is_nan(case.result, expected) && is_nan(case.result, result);
                let says = || format!("{} of {:?} {first:#x}, {second:#x}", case.name, case.of);
                assert!(
                    result == expected || both_nan,
                    "{}: {result:#x}, not {expected:#x}",
                    says()
                );
                count += 1;
            }
        }
    }
    assert!(count > 50_000, "{count} checks");
}

#[test]
fn checked_operations_say_whether_they_overflowed() {
    macro_rules! check {
        ($($of:ident $type:ident $carrier:ident $signed:literal;)*) => {$(
            for (index, op) in [B::Add, B::Subtract, B::Multiply].into_iter().enumerate() {
                let of = Scalar::$of;
                let pointer = scalar(Scalar::Pointer);
                let mut build = Build::new("f", &[pointer, pointer], NOTHING);
                let (from, to) = (build.parameter(0), build.parameter(1));
                let operand = |offset| loaded(of, behind(from, offset));
                build.say(Statement::SetChecked {
                    scalar: of,
                    signed: $signed,
                    to: behind(to, 0),
                    overflow: behind(to, 16),
                    op,
                    values: (operand(0), operand(16)),
                });
                let code = load(&module(vec![build.end(End::Return).done()]));
                // SAFETY: written above with this signature.
                let run: extern "C" fn(*const [u128; 2], *mut [u128; 2]) = unsafe { code.function("f") };
                for first in edges(of) {
                    for second in edges(of) {
                        let (a, b) = (first as $type, second as $type);
                        let by_rust = [$type::overflowing_add, $type::overflowing_sub, $type::overflowing_mul];
                        let (value, overflowed) = by_rust[index](a, b);
                        let mut result = [0; 2];
                        run(&[first, second], &mut result);
                        assert_eq!(result, [(value as $carrier).into(), overflowed.into()], "{op:?} {a} {b}");
                    }
                }
            }
        )*};
    }
    check! {
        I8 u8 u8 false; I8 i8 u8 true; I16 u16 u16 false; I16 i16 u16 true; I32 u32 u32 false;
        I32 i32 u32 true; I64 u64 u64 false; I64 i64 u64 true; I128 u128 u128 false; I128 i128 u128 true;
    }
}

#[test]
fn a_select_takes_one_of_two() {
    for of in [Scalar::I8, Scalar::I64, Scalar::I128, Scalar::F32, Scalar::F64] {
        let pointer = scalar(Scalar::Pointer);
        let mut build = Build::new("f", &[pointer, pointer, scalar(Scalar::I8)], NOTHING);
        let (from, to, which) = (build.parameter(0), build.parameter(1), build.parameter(2));
        let operand = |offset| loaded(of, behind(from, offset));
        let which = loaded(Scalar::I8, at(which, 0));
        build.set(of, behind(to, 0), Value::Select(which, operand(0), operand(16)));
        let code = load(&module(vec![build.end(End::Return).done()]));
        // SAFETY: written above with this signature.
        let run: extern "C" fn(*const [u128; 2], *mut u128, bool) = unsafe { code.function("f") };
        let mut result = 0;
        run(&[7, 9], &mut result, true);
        assert_eq!(result, 7);
        run(&[7, 9], &mut result, false);
        assert_eq!(result, 9);
    }
}
