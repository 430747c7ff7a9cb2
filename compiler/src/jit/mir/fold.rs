//! What is computed from constants alone is a constant, and what a step leaves as it was is not computed.
//!
//! Integers only: of floats every operation stays, in its place.

use super::verify::{is_float, size_of};
use super::{Binary, Cast, Compare, Operand, Scalar, Unary, Value};

/// All bits of a scalar.
pub(super) fn mask(scalar: Scalar) -> u128 {
    u128::MAX >> (128 - 8 * size_of(scalar))
}

/// A value that is the same in fewer steps, if there is one.
pub(super) fn folded(scalar: Scalar, value: &Value) -> Option<Value> {
    if is_float(scalar) {
        return match value {
            Value::Select(condition, first, second) => chosen(condition, first, second),
            _ => None,
        };
    }
    let constant = |bits: u128| Some(Value::Use(Operand::Constant(scalar, bits & mask(scalar))));
    match value {
        Value::Binary(op, first, second) => match (number(first), number(second)) {
            (Some(first), Some(second)) => constant(binary(scalar, *op, first, second)?),
            (None, Some(second)) => is_neutral(*op, second).then(|| Value::Use(first.clone())),
            (Some(0), None) if *op == Binary::Add => Some(Value::Use(second.clone())),
            _ => None,
        },
        Value::Compare(op, of, first, second) if !is_float(*of) => {
            let holds = compared(*op, *of, number(first)?, number(second)?)?;
            constant(holds.into())
        }
        Value::Cast(Cast::Unsigned, _, operand) => constant(number(operand)?),
        Value::Cast(Cast::Signed, from, operand) => {
            constant(signed(*from, number(operand)?) as u128)
        }
        Value::Unary(Unary::Not, operand) => constant(!number(operand)?),
        Value::Unary(Unary::Negate, operand) => constant(number(operand)?.wrapping_neg()),
        Value::Select(condition, first, second) => chosen(condition, first, second),
        _ => None,
    }
}

fn number(operand: &Operand) -> Option<u128> {
    match operand {
        Operand::Constant(scalar, bits) if !is_float(*scalar) => Some(*bits),
        _ => None,
    }
}

fn chosen(condition: &Operand, first: &Operand, second: &Operand) -> Option<Value> {
    let is_first = number(condition)? != 0;
    Some(Value::Use(if is_first { first.clone() } else { second.clone() }))
}

fn signed(scalar: Scalar, bits: u128) -> i128 {
    let beyond = 128 - 8 * size_of(scalar) as u32;
    ((bits << beyond) as i128) >> beyond
}

fn binary(scalar: Scalar, op: Binary, first: u128, second: u128) -> Option<u128> {
    let amount = || u32::try_from(second).ok().filter(|it| u64::from(*it) < 8 * size_of(scalar));
    Some(match op {
        Binary::Add => first.wrapping_add(second),
        Binary::Subtract => first.wrapping_sub(second),
        Binary::Multiply => first.wrapping_mul(second),
        Binary::And => first & second,
        Binary::Or => first | second,
        Binary::Xor => first ^ second,
        Binary::ShiftLeft => first << amount()?,
        Binary::ShiftRightUnsigned => first >> amount()?,
        Binary::ShiftRightSigned => (signed(scalar, first) >> amount()?) as u128,
        Binary::DivideUnsigned => first.checked_div(second)?,
        Binary::RemainderUnsigned => first.checked_rem(second)?,
        _ => return None,
    })
}

/// What an operation gives of two numbers, and whether that overflows.
pub(super) fn checked(
    scalar: Scalar,
    is_signed: bool,
    op: Binary,
    first: u128,
    second: u128,
) -> Option<(u128, bool)> {
    // Of 128 bits the exact result may not be one.
    if scalar == Scalar::I128 {
        return None;
    }
    let exact = |number: u128| if is_signed { signed(scalar, number) } else { number as i128 };
    let (first, second) = (exact(first), exact(second));
    let result = match op {
        Binary::Add => first + second,
        Binary::Subtract => first - second,
        Binary::Multiply => first.checked_mul(second)?,
        _ => return None,
    };
    let wrapped = result as u128 & mask(scalar);
    Some((wrapped, exact(wrapped) != result))
}

/// Whether an operation with this second operand gives the first.
fn is_neutral(op: Binary, second: u128) -> bool {
    match op {
        Binary::Add
        | Binary::Subtract
        | Binary::Or
        | Binary::Xor
        | Binary::ShiftLeft
        | Binary::ShiftRightUnsigned
        | Binary::ShiftRightSigned => second == 0,
        Binary::Multiply | Binary::DivideUnsigned => second == 1,
        _ => false,
    }
}

fn compared(op: Compare, of: Scalar, first: u128, second: u128) -> Option<bool> {
    let (least, most) = (signed(of, first), signed(of, second));
    Some(match op {
        Compare::Equal => first == second,
        Compare::NotEqual => first != second,
        Compare::LessUnsigned => first < second,
        Compare::LessOrEqualUnsigned => first <= second,
        Compare::LessSigned => least < most,
        Compare::LessOrEqualSigned => least <= most,
        Compare::LessFloat | Compare::LessOrEqualFloat => return None,
    })
}

#[cfg(test)]
mod tests;
