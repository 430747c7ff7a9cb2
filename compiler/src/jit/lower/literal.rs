//! Literals: numbers as bits, texts as data.

use ra_ap_hir_def::hir::{Expr, ExprId, Literal};
use ra_ap_hir_ty::next_solver::{Ty, TyKind};
use ra_ap_rustc_type_ir::inherent::IntoKind;

use super::super::mir::{Operand, Pass, Place, Scalar, Value};
use super::Result;
use super::body::Body;
use super::build::at;
use super::code::Code;
use super::known::{Known, known_scalar};

impl<'a> Body<'a, '_> {
    /// The literal that an expression is: what the live text says, which the front end may not have been given.
    pub(super) fn literal(&self, e: ExprId) -> Option<&'a Literal> {
        match &self.store[e] {
            Expr::Literal(known) => Some(self.source.literal(e).unwrap_or(known)),
            _ => None,
        }
    }
}

impl<'db> Code<'_, 'db> {
    /// The value of a literal, if it is a scalar.
    pub(super) fn literal_scalar(&self, literal: &Literal, ty: Ty<'db>) -> Result<Option<Operand>> {
        let bits = match literal {
            Literal::String(_) | Literal::ByteString(_) | Literal::CString(_) => return Ok(None),
            Literal::Char(c) => u128::from(u32::from(*c)),
            Literal::Bool(b) => u128::from(*b),
            Literal::Int(value, _) => *value as u128,
            Literal::Uint(value, _) => *value,
            Literal::Float(..) => 0,
        };
        let scalar = self.scalar(ty)?;
        let text = match (literal, scalar) {
            (Literal::Float(value, _), Scalar::F32 | Scalar::F64) => value.to_string(),
            (Literal::Int(value, _), Scalar::F32 | Scalar::F64) => value.to_string(),
            (Literal::Float(..), _) => return Err(self.unsupported("a float of this type")),
            _ => {
                let all = super::operator::all_bits(scalar);
                if !is_in_range(literal, all, matches!(ty.kind(), TyKind::Int(_))) {
                    return Err(self.unsupported("a literal that is out of range for its type"));
                }
                let bits = bits & all;
                return Ok(Some(Operand::Constant(scalar, bits)));
            }
        };
        let text = text.replace('_', "");
        let bits = match scalar {
            Scalar::F32 => text.parse::<f32>().map(|value| u128::from(value.to_bits())),
            _ => text.parse::<f64>().map(|value| u128::from(value.to_bits())),
        };
        let bits = bits.map_err(|_| self.unsupported(format!("the number {text}")))?;
        let is_finite = match scalar {
            Scalar::F32 => bits & 0x7f80_0000 != 0x7f80_0000,
            _ => bits >> 52 & 0x7ff != 0x7ff,
        };
        if !is_finite {
            return Err(self.unsupported(format!("{text}, which is out of range for its type")));
        }
        Ok(Some(Operand::Constant(scalar, bits)))
    }

    /// A literal's bytes.
    pub(super) fn known_literal(&mut self, literal: &Literal, ty: Ty<'db>) -> Option<Known> {
        if let Some(operand) = self.literal_scalar(literal, ty).ok()? {
            return Some(known_scalar(&operand));
        }
        let bytes = text_of(literal);
        let length = bytes.len() as u64;
        let fat = self.types.layout(ty).ok()?.size.bytes() == 16;
        let address = self.build.constant(bytes, 1, Vec::new());
        Known::pointer(&address, fat.then_some(length))
    }

    pub(super) fn literal_into(&mut self, literal: &Literal, ty: Ty<'db>, to: Place) -> Result<()> {
        if let Some(constant) = self.literal_scalar(literal, ty)? {
            let scalar = self.scalar(ty)?;
            self.build.set(scalar, to, Value::Use(constant));
            return Ok(());
        }
        let bytes = text_of(literal);
        let length = bytes.len() as u128;
        let address = self.build.constant(bytes, 1, Vec::new());
        self.build.set(Scalar::Pointer, to, Value::Use(address));
        if let Pass::Two(..) = self.layout(ty)?.pass {
            let length = Operand::Constant(Scalar::I64, length);
            self.build.set(Scalar::I64, at(to, 8), Value::Use(length));
        }
        Ok(())
    }
}

/// Whether an integer fits its type, of which `all` are all bits. A sign before it is an operator.
fn is_in_range(literal: &Literal, all: u128, is_signed: bool) -> bool {
    let (size, is_negative) = match literal {
        // The front end has no other place for the upper half of `u128`: it is negative there.
        _ if all == u128::MAX => return true,
        Literal::Int(value, _) => (value.unsigned_abs(), *value < 0),
        Literal::Uint(value, _) => (*value, false),
        _ => return true,
    };
    if is_signed { size <= all / 2 + 1 } else { size <= all && !is_negative }
}

/// The bytes of a literal that is no scalar; a text of C's has its zero.
fn text_of(literal: &Literal) -> Vec<u8> {
    match literal {
        Literal::String(text) => text.as_str().as_bytes().to_vec(),
        Literal::ByteString(bytes) => bytes.to_vec(),
        Literal::CString(bytes) => bytes.iter().copied().chain([0]).collect(),
        _ => Vec::new(),
    }
}
