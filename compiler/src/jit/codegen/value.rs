//! Operations on scalars. Where Cranelift has no instruction for what Rust means, it is said here why.

use cranelift_codegen::ir::condcodes::{FloatCC, IntCC};
use cranelift_codegen::ir::{self, InstBuilder, Type, types};

use super::super::mir::{Binary, Cast, Compare, Operand, Scalar, Unary, Value};
use super::function::Translator;
use super::signature::type_of;

impl Translator<'_, '_> {
    pub(super) fn value(&mut self, scalar: Scalar, value: &Value) -> Result<ir::Value, String> {
        match value {
            Value::Use(operand) => self.operand(operand),
            Value::AddressOf(place) => self.address(*place),
            Value::Binary(op, first, second) => {
                let (first, second) = (self.operand(first)?, self.operand(second)?);
                self.binary(scalar, *op, first, second)
            }
            Value::Compare(op, of, first, second) => {
                let (first, second) = (self.operand(first)?, self.operand(second)?);
                Ok(self.compare(*op, *of, first, second))
            }
            Value::Unary(op, operand) => {
                let operand = self.operand(operand)?;
                self.unary(scalar, *op, operand)
            }
            Value::Cast(cast, from, operand) => {
                let operand = self.operand(operand)?;
                self.cast(*cast, *from, scalar, operand)
            }
            Value::Select(condition, first, second) => {
                let condition = self.operand(condition)?;
                let (first, second) = (self.operand(first)?, self.operand(second)?);
                Ok(self.builder.ins().select(condition, first, second))
            }
        }
    }

    pub(super) fn operand(&mut self, operand: &Operand) -> Result<ir::Value, String> {
        match operand {
            Operand::Load(scalar, place) => self.read(*scalar, *place),
            Operand::Constant(scalar, bits) => Ok(self.constant(*scalar, *bits)),
            Operand::Address(address, addend) => Ok(self.address_of(address, *addend)),
        }
    }

    pub(super) fn constant(&mut self, scalar: Scalar, bits: u128) -> ir::Value {
        let ins = self.builder.ins();
        match scalar {
            Scalar::F32 => ins.f32const(ir::immediates::Ieee32::with_bits(bits as u32)),
            Scalar::F64 => ins.f64const(ir::immediates::Ieee64::with_bits(bits as u64)),
            Scalar::I128 => {
                let low = ins.iconst(types::I64, bits as u64 as i64);
                let high = self.builder.ins().iconst(types::I64, (bits >> 64) as u64 as i64);
                self.builder.ins().iconcat(low, high)
            }
            _ => {
                let ty = type_of(scalar);
                let mask = u64::MAX >> (64 - ty.bits());
                ins.iconst(ty, (bits as u64 & mask) as i64)
            }
        }
    }

    fn binary(
        &mut self,
        scalar: Scalar,
        op: Binary,
        first: ir::Value,
        second: ir::Value,
    ) -> Result<ir::Value, String> {
        use Binary as B;
        let is_float = type_of(scalar).is_float();
        let is_wide = scalar == Scalar::I128;
        let amount = matches!(
            op,
            B::ShiftLeft
                | B::ShiftRightUnsigned
                | B::ShiftRightSigned
                | B::RotateLeft
                | B::RotateRight
        );
        // Cranelift's shifts take any type of amount, but 128 bits only for 128 bits.
        let second = if amount { self.resized(second, types::I32) } else { second };
        let ins = self.builder.ins();
        Ok(match op {
            B::Add if is_float => ins.fadd(first, second),
            B::Add => ins.iadd(first, second),
            B::Subtract if is_float => ins.fsub(first, second),
            B::Subtract => ins.isub(first, second),
            B::Multiply if is_float => ins.fmul(first, second),
            B::Multiply => ins.imul(first, second),
            B::DivideFloat => ins.fdiv(first, second),
            B::DivideUnsigned if is_wide => return self.wide("divide_unsigned", first, second),
            B::DivideSigned if is_wide => return self.wide("divide_signed", first, second),
            B::RemainderUnsigned if is_wide => {
                return self.wide("remainder_unsigned", first, second);
            }
            B::RemainderSigned if is_wide => return self.wide("remainder_signed", first, second),
            B::DivideUnsigned => ins.udiv(first, second),
            B::DivideSigned => ins.sdiv(first, second),
            B::RemainderUnsigned => ins.urem(first, second),
            B::RemainderSigned => ins.srem(first, second),
            B::RemainderFloat => {
                let ty = type_of(scalar);
                let name = if scalar == Scalar::F32 { "fmodf" } else { "fmod" };
                return self.function_of(name, &[ty, ty], ty, &[first, second]);
            }
            B::And => ins.band(first, second),
            B::Or => ins.bor(first, second),
            B::Xor => ins.bxor(first, second),
            B::ShiftLeft => ins.ishl(first, second),
            B::ShiftRightUnsigned => ins.ushr(first, second),
            B::ShiftRightSigned => ins.sshr(first, second),
            B::RotateLeft => ins.rotl(first, second),
            B::RotateRight => ins.rotr(first, second),
            B::MinFloat => self.least(FloatCC::LessThan, first, second),
            B::MaxFloat => self.least(FloatCC::GreaterThan, first, second),
            B::CopySign => ins.fcopysign(first, second),
        })
    }

    /// As rustc's code on this processor does it, which decides what comes of zeros of both signs.
    fn least(&mut self, is_better: FloatCC, first: ir::Value, second: ir::Value) -> ir::Value {
        let better = self.builder.ins().fcmp(is_better, second, first);
        let best = self.builder.ins().select(better, second, first);
        let is_nan = self.builder.ins().fcmp(FloatCC::Unordered, first, first);
        self.builder.ins().select(is_nan, second, best)
    }

    /// A function of the host's, of 128-bit integers, for which the processor has no instruction.
    fn wide(
        &mut self,
        name: &str,
        first: ir::Value,
        second: ir::Value,
    ) -> Result<ir::Value, String> {
        let name = format!("segue_jit_{name}");
        let wide = types::I128;
        self.function_of(&name, &[wide, wide], wide, &[first, second])
    }

    fn function_of(
        &mut self,
        name: &str,
        parameters: &[Type],
        result: Type,
        arguments: &[ir::Value],
    ) -> Result<ir::Value, String> {
        let results = self.library(name, parameters, &[result], arguments)?;
        results.first().copied().ok_or_else(|| format!("`{name}` without a result"))
    }

    /// Also whether the operation overflowed.
    pub(super) fn checked(
        &mut self,
        scalar: Scalar,
        signed: bool,
        op: Binary,
        first: ir::Value,
        second: ir::Value,
    ) -> Result<(ir::Value, ir::Value), String> {
        if op == Binary::Multiply && scalar == Scalar::I128 {
            return self.checked_wide_product(signed, first, second);
        }
        let ins = self.builder.ins();
        Ok(match (op, signed) {
            (Binary::Add, false) => ins.uadd_overflow(first, second),
            (Binary::Add, true) => ins.sadd_overflow(first, second),
            (Binary::Subtract, false) => ins.usub_overflow(first, second),
            (Binary::Subtract, true) => ins.ssub_overflow(first, second),
            (Binary::Multiply, false) => ins.umul_overflow(first, second),
            (Binary::Multiply, true) => ins.smul_overflow(first, second),
            (other, _) => return Err(format!("a checked {other:?}")),
        })
    }

    /// The host says whether a product fits.
    fn checked_wide_product(
        &mut self,
        signed: bool,
        first: ir::Value,
        second: ir::Value,
    ) -> Result<(ir::Value, ir::Value), String> {
        let which = if signed { "signed" } else { "unsigned" };
        let name = format!("segue_jit_product_overflows_{which}");
        let parameters = [types::I128, types::I128];
        let overflows = self.function_of(&name, &parameters, types::I8, &[first, second])?;
        Ok((self.builder.ins().imul(first, second), overflows))
    }

    fn compare(
        &mut self,
        op: Compare,
        of: Scalar,
        first: ir::Value,
        second: ir::Value,
    ) -> ir::Value {
        use Compare as C;
        let is_float = type_of(of).is_float();
        let ins = self.builder.ins();
        match op {
            C::Equal if is_float => ins.fcmp(FloatCC::Equal, first, second),
            C::NotEqual if is_float => ins.fcmp(FloatCC::NotEqual, first, second),
            C::LessFloat => ins.fcmp(FloatCC::LessThan, first, second),
            C::LessOrEqualFloat => ins.fcmp(FloatCC::LessThanOrEqual, first, second),
            C::Equal => ins.icmp(IntCC::Equal, first, second),
            C::NotEqual => ins.icmp(IntCC::NotEqual, first, second),
            C::LessUnsigned => ins.icmp(IntCC::UnsignedLessThan, first, second),
            C::LessSigned => ins.icmp(IntCC::SignedLessThan, first, second),
            C::LessOrEqualUnsigned => ins.icmp(IntCC::UnsignedLessThanOrEqual, first, second),
            C::LessOrEqualSigned => ins.icmp(IntCC::SignedLessThanOrEqual, first, second),
        }
    }

    fn unary(
        &mut self,
        scalar: Scalar,
        op: Unary,
        operand: ir::Value,
    ) -> Result<ir::Value, String> {
        use Unary as U;
        let is_float = type_of(scalar).is_float();
        let ins = self.builder.ins();
        Ok(match op {
            U::Not => ins.bnot(operand),
            U::Negate if is_float => ins.fneg(operand),
            U::Negate => ins.ineg(operand),
            U::Absolute if is_float => ins.fabs(operand),
            U::Absolute => ins.iabs(operand),
            U::SquareRoot => ins.sqrt(operand),
            U::Floor => ins.floor(operand),
            U::Ceil => ins.ceil(operand),
            U::Truncate => ins.trunc(operand),
            U::Round => ins.nearest(operand),
            U::CountOnes => ins.popcnt(operand),
            U::LeadingZeros => ins.clz(operand),
            U::TrailingZeros => ins.ctz(operand),
            U::SwapBytes if scalar == Scalar::I8 => operand,
            U::SwapBytes => ins.bswap(operand),
            U::ReverseBits => ins.bitrev(operand),
        })
    }

    /// Shorter, or longer with zeros.
    pub(super) fn resized(&mut self, value: ir::Value, to: Type) -> ir::Value {
        let from = self.builder.func.dfg.value_type(value);
        match from.bits().cmp(&to.bits()) {
            std::cmp::Ordering::Less => self.builder.ins().uextend(to, value),
            std::cmp::Ordering::Equal => value,
            std::cmp::Ordering::Greater => self.builder.ins().ireduce(to, value),
        }
    }

    fn cast(
        &mut self,
        cast: Cast,
        from: Scalar,
        to: Scalar,
        value: ir::Value,
    ) -> Result<ir::Value, String> {
        let (source, ty) = (type_of(from), type_of(to));
        Ok(match cast {
            Cast::Unsigned => self.resized(value, ty),
            Cast::Signed if source.bits() < ty.bits() => self.builder.ins().sextend(ty, value),
            Cast::Signed => self.resized(value, ty),
            Cast::UnsignedToFloat | Cast::SignedToFloat if from == Scalar::I128 => {
                let signed = if cast == Cast::SignedToFloat { "signed" } else { "unsigned" };
                let name = format!("segue_jit_{signed}_to_f{}", ty.bits());
                return self.function_of(&name, &[source], ty, &[value]);
            }
            Cast::UnsignedToFloat if source.bits() == 64 && ty == types::F64 => {
                self.unsigned_to_double(value)
            }
            Cast::UnsignedToFloat => self.builder.ins().fcvt_from_uint(ty, value),
            Cast::SignedToFloat => self.builder.ins().fcvt_from_sint(ty, value),
            Cast::FloatToUnsigned | Cast::FloatToSigned if to == Scalar::I128 => {
                let signed = if cast == Cast::FloatToSigned { "signed" } else { "unsigned" };
                let name = format!("segue_jit_f{}_to_{signed}", source.bits());
                return self.function_of(&name, &[source], ty, &[value]);
            }
            Cast::FloatToUnsigned => self.saturated(value, ty, false),
            Cast::FloatToSigned => self.saturated(value, ty, true),
            Cast::Float if source.bits() < ty.bits() => self.builder.ins().fpromote(ty, value),
            Cast::Float if source.bits() > ty.bits() => self.builder.ins().fdemote(ty, value),
            Cast::Float => value,
            Cast::Bits => self.same_bits(value, ty),
        })
    }

    /// Each half of the bits becomes the low end of a double whose exponent puts it in its place; the sum of both is
    /// rounded once. Cranelift's own way waits for whatever was in the register before.
    fn unsigned_to_double(&mut self, value: ir::Value) -> ir::Value {
        /// The bits of 2 to the 52, of 2 to the 84, and of their sum.
        const LOW: i64 = 0x4330_0000_0000_0000;
        const HIGH: i64 = 0x4530_0000_0000_0000;
        const BOTH: u64 = 0x4530_0000_0010_0000;
        let low = self.builder.ins().ireduce(types::I32, value);
        let low = self.builder.ins().uextend(types::I64, low);
        let high = self.builder.ins().ushr_imm_u(value, 32);
        let [low, high] = [(low, LOW), (high, HIGH)].map(|(half, exponent)| {
            let exponent = self.builder.ins().iconst(types::I64, exponent);
            let bits = self.builder.ins().bor(half, exponent);
            self.same_bits(bits, types::F64)
        });
        let both = self.builder.ins().f64const(ir::immediates::Ieee64::with_bits(BOTH));
        let high = self.builder.ins().fsub(high, both);
        self.builder.ins().fadd(high, low)
    }

    /// Cranelift saturates at 32 and 64 bits: what is shorter is bounded afterwards.
    fn saturated(&mut self, value: ir::Value, ty: Type, signed: bool) -> ir::Value {
        if ty.bits() >= 32 {
            let ins = self.builder.ins();
            return if signed {
                ins.fcvt_to_sint_sat(ty, value)
            } else {
                ins.fcvt_to_uint_sat(ty, value)
            };
        }
        let (least, most) = if signed {
            (-(1_i64 << (ty.bits() - 1)), (1_i64 << (ty.bits() - 1)) - 1)
        } else {
            (0, (1_i64 << ty.bits()) - 1)
        };
        let value = self.builder.ins().fcvt_to_sint_sat(types::I32, value);
        let least = self.builder.ins().iconst(types::I32, least);
        let most = self.builder.ins().iconst(types::I32, most);
        let value = self.builder.ins().smax(value, least);
        let value = self.builder.ins().smin(value, most);
        self.builder.ins().ireduce(ty, value)
    }
}
