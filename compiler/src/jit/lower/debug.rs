//! What `#[derive(Debug)]` writes: calls of `core::fmt::derived`, field by field.

use ra_ap_hir_def::item_tree::FieldsShape;
use ra_ap_hir_def::signatures::StructSignature;
use ra_ap_hir_def::{AdtId, FunctionId, GenericDefId, VariantId};
use ra_ap_hir_ty::next_solver::{GenericArgs, Mutability, Region, Ty};
use ra_ap_rustc_type_ir::inherent::GenericArgs as _;

use super::super::mir::{Operand, Place, Scalar, Value};
use super::Result;
use super::build::{NO_LAYOUT, at};
use super::code::{Code, Held, Spot};

impl<'db> Code<'_, 'db> {
    /// `Debug::fmt` of a struct or enum.
    pub(super) fn debug_fields(
        &mut self,
        own: &Spot<'db>,
        adt: AdtId,
        formatter: Held<'db>,
        to: Place,
    ) -> Result<()> {
        self.each_variant(own, adt, |code, variant| {
            let name = code.debug_name(variant);
            let fields = variant.fields(code.db);
            let count = fields.fields().len();
            let name = code.text_value(&name)?;
            if count == 0 {
                let values = vec![formatter.clone(), name];
                return code.call_formatting("derived_unit", None, values, to);
            }
            let named = fields.shape == FieldsShape::Record;
            let kind = if named { "struct" } else { "tuple" };
            let values = vec![formatter.clone(), name];
            let begin = code.library_function("fmt", &format!("derived_{kind}"))?;
            let args = code.arguments_of(begin, None);
            let (_, builder) = code.types.signature(begin, args);
            let room = code.temporary(builder)?;
            code.call_function(begin, args, values, room)?;
            let room = code.spot(room, builder);
            for index in 0..count {
                let field = code.field_place(own, index, Some(variant))?;
                let mut values = vec![code.reference_to(&room, Mutability::Mut)?];
                if named {
                    let name = fields.fields().iter().nth(index);
                    let name = name.map_or_else(String::new, |(_, it)| it.name.as_str().to_owned());
                    values.push(code.text_value(&name)?);
                }
                values.push(code.reference_to(&field, Mutability::Not)?);
                let nowhere = code.build.temporary(NO_LAYOUT);
                let function = format!("derived_{kind}_field");
                code.call_formatting(&function, Some(field.ty), values, nowhere)?;
            }
            let values = vec![code.reference_to(&room, Mutability::Mut)?];
            code.call_formatting(&format!("derived_{kind}_end"), None, values, to)
        })
    }

    fn call_formatting(
        &mut self,
        name: &str,
        ty: Option<Ty<'db>>,
        values: Vec<Held<'db>>,
        to: Place,
    ) -> Result<()> {
        let function = self.library_function("fmt", name)?;
        let args = self.arguments_of(function, ty);
        self.call_function(function, args, values, to)
    }

    /// The arguments of a function of lifetimes and at most one type.
    fn arguments_of(&self, function: FunctionId, ty: Option<Ty<'db>>) -> GenericArgs<'db> {
        let interner = self.types.interner;
        let own = GenericArgs::identity_for_item(interner, GenericDefId::from(function).into());
        let all: Vec<_> = own
            .as_slice()
            .iter()
            .map(|arg| match (arg.region(), ty) {
                (Some(_), _) => Region::new_erased(interner).into(),
                (None, Some(ty)) => ty.into(),
                (None, None) => *arg,
            })
            .collect();
        GenericArgs::new_from_slice(&all)
    }

    /// The name of a struct or variant as `{:?}` says it.
    fn debug_name(&self, variant: VariantId) -> String {
        match variant {
            VariantId::EnumVariantId(id) => {
                use ra_ap_hir_def::Lookup;
                let all = id.lookup(self.db).parent.enum_variants(self.db);
                let mut all = all.variants.iter();
                let found = all.find(|(_, (variant, _))| *variant == id);
                found.map_or_else(String::new, |(name, _)| name.as_str().to_owned())
            }
            VariantId::StructId(id) => StructSignature::of(self.db, id).name.as_str().to_owned(),
            VariantId::UnionId(_) => String::new(),
        }
    }

    /// A `&str`.
    fn text_value(&mut self, text: &str) -> Result<Held<'db>> {
        let ty = self.reference(self.types.interner.default_types().types.str, Mutability::Not);
        let place = self.temporary(ty)?;
        let address = self.build.text(text);
        self.build.set(Scalar::Pointer, place, Value::Use(address));
        let length = Operand::Constant(Scalar::I64, text.len() as u128);
        self.build.set(Scalar::I64, at(place, 8), Value::Use(length));
        self.held(place, ty)
    }
}
