//! The places of parts: of a field in a value, of an element in an array or slice.

use ra_ap_hir_def::{AdtId, VariantId};
use ra_ap_hir_ty::next_solver::{Ty, TyKind};
use ra_ap_rustc_type_ir::inherent::IntoKind;

use super::super::mir::{Binary, Cast, Compare, Operand, Place, Scalar, Value};
use super::Result;
use super::build::at;
use super::code::{At, Code, Spot, Tail};
use super::drops::Step;

impl<'db> Code<'_, 'db> {
    /// Type and offset of a field.
    pub(super) fn field_of(
        &self,
        spot: &Spot<'db>,
        field: usize,
        variant: Option<VariantId>,
    ) -> Result<(Ty<'db>, u64)> {
        let layout = self.types.layout(spot.ty).map_err(|what| self.unsupported(what))?;
        match spot.ty.kind() {
            TyKind::Tuple(fields) => {
                let ty = fields.iter().nth(field);
                let ty = ty.ok_or_else(|| self.unsupported("a field that does not exist"))?;
                Ok((self.types.normalized(ty), layout.fields.offset(field).bytes()))
            }
            TyKind::Adt(definition, _) => {
                let variant = match (variant, definition.def_id()) {
                    (Some(variant), _) => variant,
                    (None, AdtId::StructId(id)) => id.into(),
                    (None, AdtId::UnionId(id)) => id.into(),
                    (None, AdtId::EnumId(_)) => {
                        return Err(self.unsupported("a field of an enum"));
                    }
                };
                let ty = self.field_ty(variant, field, spot.ty)?;
                Ok((ty, self.field_offset(spot.ty, variant, field)?))
            }
            _ => {
                let name = self.types.name(spot.ty);
                Err(self.unsupported(format!("a field of a value of type `{name}`")))
            }
        }
    }

    pub(super) fn field_place(
        &mut self,
        spot: &Spot<'db>,
        field: usize,
        variant: Option<VariantId>,
    ) -> Result<Spot<'db>> {
        let (ty, offset) = self.field_of(spot, field, variant)?;
        let sized = match self.tail(ty) {
            Tail::Table => return self.field_behind_table(spot, ty, offset),
            tail => matches!(tail, Tail::None),
        };
        let place = at(self.place(spot)?, offset);
        let length = if sized { None } else { spot.length.clone() };
        let owner = spot.owner.as_ref().map(|part| {
            let variant = match variant {
                Some(VariantId::EnumVariantId(id)) => Some(id),
                _ => None,
            };
            part.then(Step::Field(variant, field))
        });
        Ok(Spot { at: At::Memory(place), ty, length, owner })
    }

    /// An element of an array or slice, after the check that there is one.
    pub(super) fn element(&mut self, place: &Spot<'db>, index: Operand) -> Result<Spot<'db>> {
        let (ty, length) = self.elements(place)?;
        let at = self.location();
        // Read once: what was checked is what is used.
        let index = match index {
            Operand::Load(scalar, _) => self.build.value(scalar, Value::Use(index)),
            _ => index,
        };
        let inside =
            self.build.compare(Compare::LessUnsigned, Scalar::I64, index.clone(), length.clone());
        self.bounds_check(inside, &index, &length, &at);
        if let (Operand::Constant(_, index), Operand::Constant(_, length)) = (&index, &length)
            && index >= length
        {
            // Nobody comes here, and the array has no such place.
            let nowhere = self.build.behind(Operand::Constant(Scalar::Pointer, 0));
            return Ok(self.spot(nowhere, ty));
        }
        let base = self.place(place)?;
        self.element_at(base, index, ty)
    }

    /// The type of the elements, and how many there are.
    pub(super) fn elements(&self, place: &Spot<'db>) -> Result<(Ty<'db>, Operand)> {
        match place.ty.kind() {
            TyKind::Array(element, count) => {
                let count = ra_ap_hir_ty::consteval::try_const_usize(self.db, count)
                    .ok_or_else(|| self.unsupported("an array of unknown length"))?;
                Ok((self.types.normalized(element), Operand::Constant(Scalar::I64, count)))
            }
            TyKind::Slice(element) => {
                let length = place.length.clone();
                let length = length.ok_or_else(|| self.unsupported("a slice without length"))?;
                Ok((self.types.normalized(element), length))
            }
            _ => {
                let name = self.types.name(place.ty);
                Err(self.unsupported(format!("elements of a value of type `{name}`")))
            }
        }
    }

    /// The place of an element of an array or slice that a pattern takes apart.
    pub(super) fn part_at(
        &mut self,
        whole: &Spot<'db>,
        index: Operand,
        ty: Ty<'db>,
    ) -> Result<Spot<'db>> {
        let base = self.place(whole)?;
        let owner = match (&whole.owner, &index, whole.ty.kind()) {
            (Some(part), Operand::Constant(_, index), TyKind::Array(..)) => {
                u64::try_from(*index).ok().map(|index| part.then(Step::Element(index)))
            }
            _ => None,
        };
        Ok(Spot { owner, ..self.element_at(base, index, ty)? })
    }

    /// The place of the element with this index, unchecked.
    pub(super) fn element_at(
        &mut self,
        base: Place,
        index: Operand,
        ty: Ty<'db>,
    ) -> Result<Spot<'db>> {
        let size = self.layout(ty)?.size;
        if let Operand::Constant(_, index) = index {
            let offset = u64::try_from(index).ok().and_then(|index| index.checked_mul(size));
            if let Some(offset) = offset.filter(|offset| *offset <= u64::from(u32::MAX)) {
                return Ok(self.spot(at(base, offset), ty));
            }
        }
        let address = self.build.address_of(base);
        let address = self.offset_address(address, index, size);
        let place = self.build.behind(address);
        Ok(self.spot(place, ty))
    }

    /// An address so many elements of this size further on.
    pub(super) fn offset_address(&mut self, address: Operand, by: Operand, size: u64) -> Operand {
        let bytes = match size {
            0 => return address,
            1 => by,
            _ => {
                let size = Operand::Constant(Scalar::I64, u128::from(size));
                self.build.value(Scalar::I64, Value::Binary(Binary::Multiply, by, size))
            }
        };
        let bytes = self.build.cast(Cast::Unsigned, Scalar::I64, Scalar::Pointer, bytes);
        self.build.value(Scalar::Pointer, Value::Binary(Binary::Add, address, bytes))
    }

    pub(super) fn lang(&self) -> &'db ra_ap_hir_def::lang_item::LangItems {
        self.types.interner.lang_items()
    }
}
