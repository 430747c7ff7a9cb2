//! Functions of `core` that have no body: operations of MIR, by name. `compiler/core/src/intrinsics.rs` says
//! what each of them means.

use ra_ap_hir_def::FunctionId;
use ra_ap_hir_ty::next_solver::{GenericArgs, Ty, TyKind};
use ra_ap_rustc_type_ir::inherent::IntoKind;
use xxhash_rust::xxh3::xxh3_128;

use super::super::mir::size_of;
use super::super::mir::{
    Argument, Binary, Cast, Compare, End, Operand, Place, Scalar, Statement, Unary, Value,
};
use super::build::at;
use super::code::{Code, Held, HeldValue, Tail};
use super::operator::all_bits;
use super::types::is_signed;
use super::{Instance, Result};

impl<'db> Code<'_, 'db> {
    pub(super) fn intrinsic(
        &mut self,
        function: FunctionId,
        args: GenericArgs<'db>,
        values: Vec<Held<'db>>,
        to: Place,
    ) -> Result<()> {
        let name = self.name_of(function);
        let types: Vec<Ty<'db>> = args.iter().filter_map(|arg| arg.ty()).collect();
        let (_, output) = self.types.signature(function, args);
        if self.arithmetic_intrinsic(&name, &values, output, to)?
            || self.type_intrinsic(&name, &types, &values, output, to)?
            || self.memory_intrinsic(&name, &types, &values, output, to)?
        {
            return Ok(());
        }
        Err(self.unsupported(format!("the intrinsic `{name}`")))
    }

    fn value_of(&self, values: &[Held<'db>], index: usize) -> Result<Operand> {
        let value = values.get(index);
        self.operand(value.ok_or_else(|| self.unsupported("an intrinsic with fewer arguments"))?)
    }

    fn arithmetic_intrinsic(
        &mut self,
        name: &str,
        values: &[Held<'db>],
        output: Ty<'db>,
        to: Place,
    ) -> Result<bool> {
        let Some(first) = values.first() else { return Ok(false) };
        let ty = first.ty;
        let signed = is_signed(ty);
        let either = |a, b| if signed { a } else { b };
        let op = match name {
            "wrapping_add" | "unchecked_add" => Binary::Add,
            "wrapping_sub" | "unchecked_sub" => Binary::Subtract,
            "wrapping_mul" | "unchecked_mul" => Binary::Multiply,
            "unchecked_div" | "exact_div" => either(Binary::DivideSigned, Binary::DivideUnsigned),
            "unchecked_rem" => either(Binary::RemainderSigned, Binary::RemainderUnsigned),
            "unchecked_shl" => Binary::ShiftLeft,
            "unchecked_shr" => either(Binary::ShiftRightSigned, Binary::ShiftRightUnsigned),
            "minnumf32" | "minnumf64" => Binary::MinFloat,
            "maxnumf32" | "maxnumf64" => Binary::MaxFloat,
            "copysignf32" | "copysignf64" => Binary::CopySign,
            "rotate_left" | "rotate_right" => return self.rotate(name, values, to),
            "add_with_overflow" => return self.overflowing(Binary::Add, values, output, to),
            "sub_with_overflow" => return self.overflowing(Binary::Subtract, values, output, to),
            "mul_with_overflow" => return self.overflowing(Binary::Multiply, values, output, to),
            "saturating_add" => return self.saturating(Binary::Add, values, to),
            "saturating_sub" => return self.saturating(Binary::Subtract, values, to),
            _ => return self.unary_intrinsic(name, values, output, to),
        };
        let (a, b) = (self.value_of(values, 0)?, self.value_of(values, 1)?);
        let scalar = self.scalar(ty)?;
        self.build.set(scalar, to, Value::Binary(op, a, b));
        Ok(true)
    }

    fn unary_intrinsic(
        &mut self,
        name: &str,
        values: &[Held<'db>],
        output: Ty<'db>,
        to: Place,
    ) -> Result<bool> {
        let op = match name {
            "fabsf32" | "fabsf64" | "fabs" => Unary::Absolute,
            "sqrtf32" | "sqrtf64" => Unary::SquareRoot,
            "floorf32" | "floorf64" => Unary::Floor,
            "ceilf32" | "ceilf64" => Unary::Ceil,
            "truncf32" | "truncf64" => Unary::Truncate,
            "round_ties_even_f32" | "round_ties_even_f64" => Unary::Round,
            "bswap" => Unary::SwapBytes,
            "bitreverse" => Unary::ReverseBits,
            "ctpop" => Unary::CountOnes,
            "ctlz" | "ctlz_nonzero" => Unary::LeadingZeros,
            "cttz" | "cttz_nonzero" => Unary::TrailingZeros,
            _ => return Ok(false),
        };
        let ty = values[0].ty;
        let scalar = self.scalar(ty)?;
        let value = self.value_of(values, 0)?;
        let value = self.build.unary(op, scalar, value);
        let target = self.scalar(output)?;
        let value = self.build.cast(Cast::Unsigned, scalar, target, value);
        self.assign(target, to, value);
        Ok(true)
    }

    fn rotate(&mut self, name: &str, values: &[Held<'db>], to: Place) -> Result<bool> {
        let scalar = self.scalar(values[0].ty)?;
        let (value, amount) = (self.value_of(values, 0)?, self.value_of(values, 1)?);
        let mask = Operand::Constant(Scalar::I32, u128::from(size_of(scalar) * 8 - 1));
        let amount = self.build.value(Scalar::I32, Value::Binary(Binary::And, amount, mask));
        let amount = self.build.cast(Cast::Unsigned, Scalar::I32, scalar, amount);
        let op = if name == "rotate_left" { Binary::RotateLeft } else { Binary::RotateRight };
        self.build.set(scalar, to, Value::Binary(op, value, amount));
        Ok(true)
    }

    fn overflowing(
        &mut self,
        op: Binary,
        values: &[Held<'db>],
        output: Ty<'db>,
        to: Place,
    ) -> Result<bool> {
        let (a, b) = (self.value_of(values, 0)?, self.value_of(values, 1)?);
        let ty = values[0].ty;
        let (value, overflow) = self.with_overflow(op, ty, a, b)?;
        let offset = |index| self.types.offset(output, index).map_err(|it| self.unsupported(it));
        let (first, second) = (offset(0)?, offset(1)?);
        let scalar = self.scalar(ty)?;
        self.assign(scalar, at(to, first), value);
        self.assign(Scalar::I8, at(to, second), overflow);
        Ok(true)
    }

    fn saturating(&mut self, op: Binary, values: &[Held<'db>], to: Place) -> Result<bool> {
        let (a, b) = (self.value_of(values, 0)?, self.value_of(values, 1)?);
        let ty = values[0].ty;
        let scalar = self.scalar(ty)?;
        let (value, overflow) = self.with_overflow(op, ty, a.clone(), b)?;
        let (least, most) = if is_signed(ty) {
            let sign = 1 << (size_of(scalar) * 8 - 1);
            (sign, sign - 1)
        } else {
            (0, all_bits(scalar))
        };
        let constant = |bits| Operand::Constant(scalar, bits);
        let limit = if is_signed(ty) {
            // It overflows on the side where the first operand is.
            let negative = self.build.compare(Compare::LessSigned, scalar, a, constant(0));
            self.build.value(scalar, Value::Select(negative, constant(least), constant(most)))
        } else if op == Binary::Add {
            constant(most)
        } else {
            constant(least)
        };
        self.build.set(scalar, to, Value::Select(overflow, limit, value));
        Ok(true)
    }

    fn type_intrinsic(
        &mut self,
        name: &str,
        types: &[Ty<'db>],
        values: &[Held<'db>],
        output: Ty<'db>,
        to: Place,
    ) -> Result<bool> {
        let ty = types.first().copied();
        match (name, ty) {
            ("size_of" | "align_of" | "min_align_of" | "pref_align_of", Some(ty)) => {
                let layout = self.layout(ty)?;
                let value = if name == "size_of" { layout.size } else { layout.align };
                self.assign(Scalar::I64, to, Operand::Constant(Scalar::I64, value.into()));
            }
            ("size_of_val" | "align_of_val" | "min_align_of_val", Some(ty)) => {
                self.size_of_value(name == "size_of_val", ty, values, to)?;
            }
            ("needs_drop", Some(ty)) => {
                let needs = u128::from(self.types.needs_drop(ty));
                self.assign(Scalar::I8, to, Operand::Constant(Scalar::I8, needs));
            }
            ("type_id", Some(ty)) => {
                // No two types share what drops their values.
                let name = self.program.symbol(&Instance::Drop(ty));
                let number = xxh3_128(name.as_bytes());
                self.assign(Scalar::I128, to, Operand::Constant(Scalar::I128, number));
            }
            ("type_name", Some(ty)) => {
                let name = self.types.name(ty);
                return Err(self.unsupported(format!("`type_name` (of `{name}`)")));
            }
            ("discriminant_value", Some(ty)) => {
                let place = self.in_memory(&values[0])?;
                let place = self.pointee(place, values[0].ty)?;
                let place = self.place(&place)?;
                let scalar = self.scalar(output)?;
                let value = self.discriminant(place, ty, scalar)?;
                self.assign(scalar, to, value);
            }
            ("forget" | "assume" | "cold_path" | "assert_inhabited" | "assert_zero_valid", _) => {}
            ("likely" | "unlikely", _) => {
                let value = self.value_of(values, 0)?;
                self.assign(Scalar::I8, to, value);
            }
            ("black_box", _) => self.store(&values[0], to)?,
            ("abort", _) => self.build.call_host("abort", Vec::new()),
            ("unreachable", _) => self.build.end(End::Unreachable),
            ("caller_location", _) => {
                let pointer = self.caller_pointer()?;
                self.assign(Scalar::Pointer, to, pointer);
            }
            ("transmute" | "transmute_unchecked", _) => self.transmute(values, output, to)?,
            ("float_to_int_unchecked", _) => {
                let value = self.value_of(values, 0)?;
                let from = self.scalar(values[0].ty)?;
                let scalar = self.scalar(output)?;
                let signed = is_signed(output);
                let cast = if signed { Cast::FloatToSigned } else { Cast::FloatToUnsigned };
                self.build.set(scalar, to, Value::Cast(cast, from, value));
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn size_of_value(
        &mut self,
        size: bool,
        ty: Ty<'db>,
        values: &[Held<'db>],
        to: Place,
    ) -> Result<()> {
        let beside = match self.tail(ty) {
            Tail::None => None,
            _ => {
                let place = self.in_memory(&values[0])?;
                Some(Operand::Load(self.tail_scalar(ty), at(place, 8)))
            }
        };
        let (bytes, align) = self.size_and_align(ty, beside.as_ref())?;
        let value = if size { bytes } else { align };
        self.assign(Scalar::I64, to, value);
        Ok(())
    }

    /// The same bytes as another type.
    fn transmute(&mut self, values: &[Held<'db>], output: Ty<'db>, to: Place) -> Result<()> {
        let value = &values[0];
        let (from, target) = (self.layout(value.ty)?, self.layout(output)?);
        if from.size != target.size {
            return Err(self.unsupported("`transmute` between types of different sizes"));
        }
        if from.pass == target.pass {
            return self.store(&Held { ty: output, value: value.value.clone() }, to);
        }
        if let (super::super::mir::Pass::One(a), super::super::mir::Pass::One(b)) =
            (from.pass, target.pass)
        {
            let float = |scalar| matches!(scalar, Scalar::F32 | Scalar::F64);
            let cast = if float(a) || float(b) { Cast::Bits } else { Cast::Unsigned };
            let operand = self.operand(value)?;
            let operand = self.build.cast(cast, a, b, operand);
            self.assign(b, to, operand);
            return Ok(());
        }
        let place = self.in_memory(value)?;
        let align = from.align.min(target.align);
        let size = from.size;
        self.build.push(Statement::Copy { to, from: place, size, align });
        Ok(())
    }

    fn memory_intrinsic(
        &mut self,
        name: &str,
        types: &[Ty<'db>],
        values: &[Held<'db>],
        output: Ty<'db>,
        to: Place,
    ) -> Result<bool> {
        match name {
            "read_via_copy" | "volatile_load" => {
                let address = self.value_of(values, 0)?;
                let from = self.build.behind(address);
                self.copy(from, to, output)?;
            }
            "write_via_move" | "volatile_store" => {
                let address = self.value_of(values, 0)?;
                let place = self.build.behind(address);
                self.store(&values[1], place)?;
            }
            "copy_nonoverlapping" | "copy" => {
                let (from, target) = (self.value_of(values, 0)?, self.value_of(values, 1)?);
                let size = self.bytes(types, values, 2)?;
                let may_overlap = name == "copy";
                self.build.push(Statement::CopyBytes { to: target, from, size, may_overlap });
            }
            "write_bytes" => {
                let (target, value) = (self.value_of(values, 0)?, self.value_of(values, 1)?);
                let size = self.bytes(types, values, 2)?;
                self.build.push(Statement::Fill { to: target, value, size });
            }
            "offset" | "arith_offset" => {
                let pointee = match output.kind() {
                    TyKind::RawPtr(pointee, _) => self.types.normalized(pointee),
                    _ => return Ok(false),
                };
                let (address, by) = (self.value_of(values, 0)?, self.value_of(values, 1)?);
                let size = self.layout(pointee)?.size;
                let address = self.offset_address(address, by, size);
                self.assign(Scalar::Pointer, to, address);
            }
            "ptr_offset_from" | "ptr_offset_from_unsigned" => {
                self.distance(name == "ptr_offset_from", types, values, to)?;
            }
            "aggregate_raw_ptr" => {
                let address = self.value_of(values, 0)?;
                self.assign(Scalar::Pointer, to, address);
                if let HeldValue::Scalar(scalar, beside) = &values[1].value {
                    self.assign(*scalar, at(to, 8), beside.clone());
                }
            }
            "call_once_in_place" => self.call_in_place(types, values, to)?,
            "ptr_metadata" => {
                let place = self.in_memory(&values[0])?;
                if let super::super::mir::Pass::Two(_, scalar, offset) =
                    self.layout(values[0].ty)?.pass
                {
                    self.assign(scalar, to, Operand::Load(scalar, at(place, offset)));
                }
            }
            "compare_bytes" => {
                let arguments = vec![
                    Argument::Scalar(Scalar::Pointer, self.value_of(values, 0)?),
                    Argument::Scalar(Scalar::Pointer, self.value_of(values, 1)?),
                    Argument::Scalar(Scalar::I64, self.value_of(values, 2)?),
                ];
                let result = self.call_c("memcmp", arguments, Scalar::I32)?;
                self.assign(Scalar::I32, to, result);
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// `FnOnce::call_once` of what a pointer points to.
    fn call_in_place(&mut self, types: &[Ty<'db>], values: &[Held<'db>], to: Place) -> Result<()> {
        let ([own, tuple, ..], [pointer, arguments]) = (types, values) else {
            return Err(self.unsupported("an intrinsic with fewer arguments"));
        };
        let method = self.method_of(self.lang().FnOnce, "call_once")?;
        let args = GenericArgs::new_from_slice(&[(*own).into(), (*tuple).into()]);
        if let super::call::Target::Virtual(slot) = self.target(method, args) {
            let (_, output) = self.types.signature(method, args);
            return self.call_virtual(slot, &[pointer.clone(), arguments.clone()], output, to);
        }
        let place = self.in_memory(pointer)?;
        let callee = self.pointee(place, pointer.ty)?;
        let callee = self.held(self.place(&callee)?, *own)?;
        self.call_function(method, args, vec![callee, arguments.clone()], to)
    }

    /// So many elements, in bytes.
    fn bytes(&mut self, types: &[Ty<'db>], values: &[Held<'db>], index: usize) -> Result<Operand> {
        let ty = types.first().copied();
        let ty = ty.ok_or_else(|| self.unsupported("an intrinsic without a type"))?;
        let size = self.layout(ty)?.size;
        let count = self.value_of(values, index)?;
        if size == 1 {
            return Ok(count);
        }
        if let Operand::Constant(_, count) = count {
            return Ok(Operand::Constant(Scalar::I64, count.wrapping_mul(u128::from(size))));
        }
        let size = Operand::Constant(Scalar::I64, size.into());
        Ok(self.build.value(Scalar::I64, Value::Binary(Binary::Multiply, count, size)))
    }

    /// How many elements lie between two addresses.
    fn distance(
        &mut self,
        signed: bool,
        types: &[Ty<'db>],
        values: &[Held<'db>],
        to: Place,
    ) -> Result<()> {
        let ty = types.first().copied();
        let ty = ty.ok_or_else(|| self.unsupported("an intrinsic without a type"))?;
        let size = self.layout(ty)?.size;
        let mut address = |index| {
            let pointer = self.value_of(values, index)?;
            Ok(self.build.cast(Cast::Unsigned, Scalar::Pointer, Scalar::I64, pointer))
        };
        let (end, start) = (address(0)?, address(1)?);
        let bytes = self.build.value(Scalar::I64, Value::Binary(Binary::Subtract, end, start));
        if size <= 1 {
            self.assign(Scalar::I64, to, bytes);
            return Ok(());
        }
        let size = Operand::Constant(Scalar::I64, size.into());
        let op = if signed { Binary::DivideSigned } else { Binary::DivideUnsigned };
        self.build.set(Scalar::I64, to, Value::Binary(op, bytes, size));
        Ok(())
    }
}
