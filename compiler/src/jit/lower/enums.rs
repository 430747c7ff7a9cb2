//! Enums: which variant a value is, and making it one.
//!
//! A variant is told by a tag (the discriminant, perhaps shorter) or by a niche: bits that mean nothing in
//! the one variant that has fields there.

use ra_ap_hir_def::layout::{TagEncoding, Variants};
use ra_ap_hir_def::{AdtId, EnumId, EnumVariantId, Lookup, VariantId};
use ra_ap_hir_ty::layout::{Layout as TypeLayout, RustcEnumVariantIdx};
use ra_ap_hir_ty::next_solver::{Ty, TyKind};
use ra_ap_rustc_type_ir::inherent::IntoKind;

use super::super::mir::{Binary, Cast, Compare, Operand, Place, Scalar, Statement, Value};
use super::Result;
use super::build::at;
use super::code::Code;
use super::operator::all_bits;
use super::types::mir_primitive;

/// Where the tag of an enum is, and what is there.
struct Tag {
    scalar: Scalar,
    place: Place,
}

impl<'db> Code<'_, 'db> {
    pub(super) fn enum_of(&self, ty: Ty<'db>) -> Option<EnumId> {
        match ty.kind() {
            TyKind::Adt(definition, _) => match definition.def_id() {
                AdtId::EnumId(id) => Some(id),
                _ => None,
            },
            _ => None,
        }
    }

    /// The variants of an enum, in order.
    pub(super) fn variants(&self, id: EnumId) -> Vec<EnumVariantId> {
        id.enum_variants(self.db).variants.values().map(|(id, _)| *id).collect()
    }

    fn index_of(&self, variant: EnumVariantId) -> Result<usize> {
        let all = self.variants(variant.lookup(self.db).parent);
        let index = all.iter().position(|it| *it == variant);
        index.ok_or_else(|| self.unsupported("a variant that does not exist"))
    }

    /// The number that `as` gives of a variant.
    pub(super) fn discriminant_of(&self, variant: EnumVariantId) -> Result<i128> {
        let value = self.db.const_eval_discriminant(variant);
        value.map_err(|_| self.unsupported("a discriminant that is computed in this way"))
    }

    fn tag(&self, layout: &TypeLayout, place: Place) -> Result<Tag> {
        match &layout.variants {
            Variants::Multiple { tag, tag_field, .. } => {
                let scalar = mir_primitive(tag.primitive());
                let scalar = scalar.ok_or_else(|| self.unsupported("an enum of this layout"))?;
                let field = u32::from(tag_field.0.into_raw()) as usize;
                Ok(Tag { scalar, place: at(place, layout.fields.offset(field).bytes()) })
            }
            _ => Err(self.unsupported("a tag of an enum without one")),
        }
    }

    fn layout_of_enum(&self, ty: Ty<'db>) -> Result<triomphe::Arc<TypeLayout>> {
        self.types.layout(ty).map_err(|what| self.unsupported(what))
    }

    /// Where a field of a variant or struct is.
    pub(super) fn field_offset(
        &self,
        ty: Ty<'db>,
        variant: VariantId,
        field: usize,
    ) -> Result<u64> {
        let layout = self.layout_of_enum(ty)?;
        if let (VariantId::EnumVariantId(variant), Variants::Multiple { variants, .. }) =
            (variant, &layout.variants)
        {
            let index = self.index_of(variant)?;
            let layout = &variants[RustcEnumVariantIdx(index)];
            return Ok(if field < layout.fields.count() {
                layout.fields.offset(field).bytes()
            } else {
                0
            });
        }
        // A variant that cannot exist has no fields in the layout; nobody comes to where they are used.
        Ok(if field < layout.fields.count() { layout.fields.offset(field).bytes() } else { 0 })
    }

    /// Whether the value in a place is of this variant: as `bool`, or known already.
    pub(super) fn is_variant(
        &mut self,
        place: Place,
        ty: Ty<'db>,
        variant: EnumVariantId,
    ) -> Result<Truth> {
        let layout = self.layout_of_enum(ty)?;
        let index = self.index_of(variant)?;
        let encoding = match &layout.variants {
            Variants::Empty => return Ok(Truth::Never),
            Variants::Single { index: only } if only.0 == index => return Ok(Truth::Always),
            Variants::Single { .. } => return Ok(Truth::Never),
            Variants::Multiple { tag_encoding, .. } => tag_encoding,
        };
        let tag = self.tag(&layout, place)?;
        let value = Operand::Load(tag.scalar, tag.place);
        let condition = match encoding {
            TagEncoding::Direct => {
                let is = self.discriminant_of(variant)? as u128 & all_bits(tag.scalar);
                let is = Operand::Constant(tag.scalar, is);
                self.build.compare(Compare::Equal, tag.scalar, value, is)
            }
            TagEncoding::Niche { untagged_variant, niche_variants, niche_start } => {
                let (first, last) = (niche_variants.start().0, niche_variants.end().0);
                if index == untagged_variant.0 {
                    let start = Operand::Constant(tag.scalar, *niche_start);
                    let relative = Value::Binary(Binary::Subtract, value, start);
                    let relative = self.build.value(tag.scalar, relative);
                    let count = Operand::Constant(tag.scalar, (last - first) as u128);
                    self.build.compare(Compare::LessUnsigned, tag.scalar, count, relative)
                } else if (first..=last).contains(&index) {
                    let is = niche_start.wrapping_add((index - first) as u128);
                    let is = Operand::Constant(tag.scalar, is & all_bits(tag.scalar));
                    self.build.compare(Compare::Equal, tag.scalar, value, is)
                } else {
                    return Ok(Truth::Never);
                }
            }
        };
        Ok(Truth::If(condition))
    }

    /// Makes the value in a place one of this variant. Its fields are there already.
    pub(super) fn set_variant(
        &mut self,
        place: Place,
        ty: Ty<'db>,
        variant: EnumVariantId,
    ) -> Result<()> {
        if let Some((offset, Operand::Constant(scalar, bits))) = self.tag_of(ty, variant)? {
            let value = Value::Use(Operand::Constant(scalar, bits));
            self.build.set(scalar, at(place, offset), value);
            return Ok(());
        }
        // No tag says it: then what is in the place of one is none.
        let layout = self.layout_of_enum(ty)?;
        if let Variants::Multiple { tag_encoding, .. } = &layout.variants
            && let TagEncoding::Niche { niche_variants, niche_start, .. } = tag_encoding
        {
            let Tag { scalar, place } = self.tag(&layout, place)?;
            let (start, end) = (niche_variants.start().0, niche_variants.end().0);
            let (first, count) = (niche_start & all_bits(scalar), (end - start) as u128);
            if let Some(last) = first.checked_add(count).filter(|it| *it <= all_bits(scalar)) {
                self.build.push(Statement::IsNot { scalar, place, first, last });
            }
        }
        Ok(())
    }

    /// Where in a value something tells that it is of this variant, and what.
    pub(super) fn tag_of(
        &self,
        ty: Ty<'db>,
        variant: EnumVariantId,
    ) -> Result<Option<(u64, Operand)>> {
        let layout = self.layout_of_enum(ty)?;
        let index = self.index_of(variant)?;
        let Variants::Multiple { tag_encoding, .. } = &layout.variants else { return Ok(None) };
        let nowhere = super::build::here(super::super::mir::LocalId(0));
        let tag = self.tag(&layout, nowhere)?;
        let value = match tag_encoding {
            TagEncoding::Direct => self.discriminant_of(variant)? as u128,
            TagEncoding::Niche { untagged_variant, .. } if untagged_variant.0 == index => {
                return Ok(None);
            }
            TagEncoding::Niche { niche_variants, niche_start, .. } => {
                let offset = index as u128;
                niche_start.wrapping_add(offset.wrapping_sub(niche_variants.start().0 as u128))
            }
        };
        let value = Operand::Constant(tag.scalar, value & all_bits(tag.scalar));
        Ok(Some((tag.place.offset, value)))
    }

    /// The number of the variant that a value is, as this scalar.
    pub(super) fn discriminant(
        &mut self,
        place: Place,
        ty: Ty<'db>,
        to: Scalar,
    ) -> Result<Operand> {
        let Some(id) = self.enum_of(ty) else { return Ok(Operand::Constant(to, 0)) };
        let layout = self.layout_of_enum(ty)?;
        let all = self.variants(id);
        let encoding = match &layout.variants {
            Variants::Empty => return Ok(Operand::Constant(to, 0)),
            Variants::Single { index } => {
                let variant = all.get(index.0).copied();
                let number = variant.map_or(Ok(0), |variant| self.discriminant_of(variant))?;
                return Ok(Operand::Constant(to, number as u128 & all_bits(to)));
            }
            Variants::Multiple { tag_encoding, .. } => tag_encoding,
        };
        let tag = self.tag(&layout, place)?;
        let value = Operand::Load(tag.scalar, tag.place);
        match encoding {
            TagEncoding::Direct => {
                let negative =
                    all.iter().any(|it| self.discriminant_of(*it).is_ok_and(|it| it < 0));
                let cast = if negative { Cast::Signed } else { Cast::Unsigned };
                Ok(self.build.cast(cast, tag.scalar, to, value))
            }
            TagEncoding::Niche { untagged_variant, niche_variants, niche_start } => {
                let (first, last) = (niche_variants.start().0, niche_variants.end().0);
                let start = Operand::Constant(tag.scalar, *niche_start);
                let relative = Value::Binary(Binary::Subtract, value, start);
                let relative = self.build.value(tag.scalar, relative);
                let count = Operand::Constant(tag.scalar, (last - first) as u128);
                let is_niche = self.build.compare(
                    Compare::LessOrEqualUnsigned,
                    tag.scalar,
                    relative.clone(),
                    count,
                );
                let short = self.build.cast(Cast::Unsigned, tag.scalar, to, relative);
                let first = Operand::Constant(to, first as u128);
                let index = self.build.value(to, Value::Binary(Binary::Add, short, first));
                let untagged = Operand::Constant(to, untagged_variant.0 as u128);
                Ok(self.build.value(to, Value::Select(is_niche, index, untagged)))
            }
        }
    }
}

/// What is known of a condition.
pub(super) enum Truth {
    Always,
    Never,
    If(Operand),
}
