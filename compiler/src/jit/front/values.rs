//! Values that are known before anything runs: what statics and constants consist of, as bytes and addresses.
//!
//! rust-analyzer's interpreter computes them. What it gives are the bytes of the value, in which references
//! are numbers of its own, and the bytes that they lead to.

use std::collections::BTreeMap;

use ra_ap_base_db::Crate;
use ra_ap_hir_def::signatures::{StaticFlags, StaticSignature, StructFlags, StructSignature};
use ra_ap_hir_def::src::HasSource;
use ra_ap_hir_def::{AdtId, CallableDefId, EnumId, FunctionId, Lookup, StaticId, VariantId};
use ra_ap_hir_ty::consteval::{ConstEvalError, try_const_usize};
use ra_ap_hir_ty::db::{HirDatabase, InternedClosureId};
use ra_ap_hir_ty::display::DisplayTarget;
use ra_ap_hir_ty::layout::{Layout, RustcEnumVariantIdx, TagEncoding, Variants};
use ra_ap_hir_ty::next_solver::infer::DbInternerInferExt;
use ra_ap_hir_ty::next_solver::infer::traits::ObligationCause;
use ra_ap_hir_ty::next_solver::{
    Allocation, DbInterner, GenericArgs, ParamEnv, Ty, TyKind, TypingMode,
};
use ra_ap_hir_ty::{MemoryMap, ParamEnvAndCrate};
use ra_ap_rustc_type_ir::TypeVisitableExt;
use ra_ap_rustc_type_ir::inherent::IntoKind;
use ra_ap_syntax::ast::HasAttrs;
use triomphe::Arc;
use xxhash_rust::xxh3::xxh3_128;

use super::super::mir::{Address, Data, DataKind};

/// What a function pointer in a value points to.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Named<'db> {
    Function(FunctionId, GenericArgs<'db>),
    /// One without captures.
    Closure(InternedClosureId, GenericArgs<'db>),
}

/// What a value consists of.
#[derive(Debug)]
pub(crate) struct Value<'db> {
    pub(crate) bytes: Vec<u8>,
    pub(crate) align: u64,
    pub(crate) addresses: Vec<(u64, Address, i64)>,
    /// What its references lead to.
    pub(crate) behind: Vec<Data>,
    pub(crate) functions: Vec<Named<'db>>,
}

/// Reads values for one program.
pub(crate) struct Values<'a, 'db> {
    pub(crate) db: &'db dyn HirDatabase,
    pub(crate) live: Crate,
    /// The symbol of what a function pointer points to.
    pub(crate) symbol: &'a dyn Fn(Named<'db>) -> String,
}

/// The bytes that one evaluation left behind, by the interpreter's own addresses.
struct Memory<'m, 'db> {
    map: &'m MemoryMap<'db>,
    known: BTreeMap<usize, Vec<u8>>,
}

impl<'db> Values<'_, 'db> {
    /// A static's initial value under `symbol`, and what it refers to.
    pub(crate) fn variable(
        &self,
        id: StaticId,
        symbol: String,
    ) -> Result<(Vec<Data>, Vec<Named<'db>>), String> {
        let value = self.db.const_eval_static(id).map_err(|error| self.why(&error))?;
        let ty = value.ty;
        let Value { bytes, align, addresses, behind, functions } = self.value(value)?;
        let is_mutable = StaticSignature::of(self.db, id).flags.contains(StaticFlags::MUTABLE);
        let kind = match is_mutable || self.is_interior_mutable(ty) {
            true => DataKind::Mutable,
            false => DataKind::Static,
        };
        let mut data = vec![Data { symbol, bytes, align, kind, addresses }];
        data.extend(behind);
        Ok((data, functions))
    }

    /// What an evaluated constant consists of.
    pub(crate) fn value(&self, value: Allocation<'db>) -> Result<Value<'db>, String> {
        let memory = Memory::of(&value.memory_map);
        let mut result = Value {
            bytes: value.memory.to_vec(),
            align: self.layout(value.ty)?.align.bytes(),
            addresses: Vec::new(),
            behind: Vec::new(),
            functions: Vec::new(),
        };
        self.walk(&memory, &mut result, 0, value.ty)?;
        Ok(result)
    }

    fn layout(&self, ty: Ty<'db>) -> Result<Arc<Layout>, String> {
        let interner = DbInterner::new_with(self.db, self.live);
        let env = ParamEnvAndCrate { param_env: ParamEnv::empty(interner), krate: self.live };
        let layout = self.db.layout_of_ty(ty.store(), env.store());
        layout.map_err(|error| format!("the layout of a constant's type: {error}"))
    }

    /// Finds the addresses in the value of type `ty` at `at`.
    fn walk(
        &self,
        memory: &Memory<'_, 'db>,
        value: &mut Value<'db>,
        at: u64,
        ty: Ty<'db>,
    ) -> Result<(), String> {
        match ty.kind() {
            TyKind::Bool
            | TyKind::Char
            | TyKind::Int(_)
            | TyKind::Uint(_)
            | TyKind::Float(_)
            | TyKind::Never
            | TyKind::FnDef(..) => Ok(()),
            TyKind::Ref(_, inner, _) => self.reference(memory, value, at, inner),
            TyKind::FnPtr(..) => self.function(memory, value, at),
            TyKind::RawPtr(..) => match self.word(value, at)? {
                0..4096 => Ok(()),
                _ => Err("a raw pointer in a constant".to_owned()),
            },
            TyKind::Array(inner, length) => {
                let count = try_const_usize(self.db, length).ok_or("a length in a constant")?;
                let size = self.layout(inner)?.size.bytes();
                if self.has_addresses(inner) {
                    for index in 0..u64::try_from(count).unwrap_or(0) {
                        self.walk(memory, value, at + index * size, inner)?;
                    }
                }
                Ok(())
            }
            TyKind::Tuple(fields) => {
                let layout = self.layout(ty)?;
                for (index, field) in fields.iter().enumerate() {
                    self.walk(memory, value, at + layout.fields.offset(index).bytes(), field)?;
                }
                Ok(())
            }
            TyKind::Adt(def, args) => self.adt(memory, value, at, (ty, def.def_id(), args)),
            TyKind::Pat(inner, _) => self.walk(memory, value, at, inner),
            _ => Err("a constant of this type".to_owned()),
        }
    }

    fn adt(
        &self,
        memory: &Memory<'_, 'db>,
        value: &mut Value<'db>,
        at: u64,
        (ty, id, args): (Ty<'db>, AdtId, GenericArgs<'db>),
    ) -> Result<(), String> {
        let layout = self.layout(ty)?;
        let (variant, offsets): (VariantId, &Layout) = match id {
            AdtId::StructId(id) => (id.into(), &*layout),
            AdtId::UnionId(_) if self.has_addresses(ty) => {
                return Err("a union with references in a constant".to_owned());
            }
            AdtId::UnionId(_) => return Ok(()),
            AdtId::EnumId(id) => {
                let index = self.variant(&layout, id, value, at)?;
                let (variant, _) = *id
                    .enum_variants(self.db)
                    .variants
                    .get_index(index)
                    .ok_or("a variant in a constant")?
                    .1;
                let own = match &layout.variants {
                    Variants::Multiple { variants, .. } => &variants[RustcEnumVariantIdx(index)],
                    _ => &*layout,
                };
                (variant.into(), own)
            }
        };
        for (index, field) in self.fields_of(variant, args).into_iter().enumerate() {
            self.walk(memory, value, at + offsets.fields.offset(index).bytes(), field)?;
        }
        Ok(())
    }

    /// The types of the fields of one variant.
    fn fields_of(&self, variant: VariantId, args: GenericArgs<'db>) -> Vec<Ty<'db>> {
        let interner = DbInterner::new_with(self.db, self.live);
        let infer = interner.infer_ctxt().build(TypingMode::PostAnalysis);
        let (cause, env) = (ObligationCause::dummy(), ParamEnv::empty(interner));
        let types = self.db.field_types(variant).iter();
        let types = types.map(|(_, ty)| ty.ty().instantiate(interner, args).skip_norm_wip());
        types
            .map(|ty| match ty.has_aliases() {
                true => infer.at(&cause, env).deeply_normalize(ty).unwrap_or(ty),
                false => ty,
            })
            .collect()
    }

    /// Which variant of an enum is there.
    fn variant(
        &self,
        layout: &Layout,
        id: EnumId,
        value: &Value<'db>,
        at: u64,
    ) -> Result<usize, String> {
        let (tag, encoding) = match &layout.variants {
            Variants::Empty => return Err("a value of a type without values".to_owned()),
            Variants::Single { index } => return Ok(index.0),
            Variants::Multiple { tag, tag_encoding, .. } => (tag, tag_encoding),
        };
        let target = self.db.target_data_layout(self.live).map_err(|error| error.to_string())?;
        let size = tag.size(target).bytes();
        let stored = read(value, at + layout.fields.offset(0).bytes(), size)?;
        let mask = u128::MAX >> (128 - 8 * size);
        match encoding {
            TagEncoding::Direct => {
                let variants = id.enum_variants(self.db).variants.values();
                let found = variants.map(|(variant, _)| *variant).position(|variant| {
                    let number = self.db.const_eval_discriminant(variant);
                    number.is_ok_and(|number| number.cast_unsigned() & mask == stored)
                });
                found.ok_or_else(|| "a variant in a constant".to_owned())
            }
            TagEncoding::Niche { untagged_variant, niche_variants, niche_start } => {
                let (first, last) = (niche_variants.start().0, niche_variants.end().0);
                let relative = stored.wrapping_sub(*niche_start) & mask;
                match usize::try_from(relative) {
                    Ok(relative) if relative <= last - first => Ok(first + relative),
                    _ => Ok(untagged_variant.0),
                }
            }
        }
    }

    fn reference(
        &self,
        memory: &Memory<'_, 'db>,
        value: &mut Value<'db>,
        at: u64,
        inner: Ty<'db>,
    ) -> Result<(), String> {
        let (element, count) = match inner.kind() {
            TyKind::Str => (None, self.word(value, at + 8)?),
            TyKind::Slice(element) => (Some(element), self.word(value, at + 8)?),
            TyKind::Dynamic(..) => return Err("a trait object in a constant".to_owned()),
            _ => (Some(inner), 1),
        };
        let (size, align) = match element {
            None => (1, 1),
            Some(ty) => {
                let layout = self.layout(ty)?;
                (layout.size.bytes(), layout.align.bytes())
            }
        };
        let bytes = memory.read(self.word(value, at)?, size.saturating_mul(count))?;
        let mut behind = Value {
            bytes,
            align,
            addresses: Vec::new(),
            behind: Vec::new(),
            functions: Vec::new(),
        };
        if let Some(ty) = element.filter(|ty| self.has_addresses(*ty)) {
            for index in 0..count {
                self.walk(memory, &mut behind, index * size, ty)?;
            }
        }
        let Value { bytes, align, addresses, behind: more, functions } = behind;
        let symbol = named(&bytes, align, &addresses);
        value.bytes[at as usize..at as usize + 8].fill(0);
        value.addresses.push((at, Address::Data(symbol.clone()), 0));
        value.functions.extend(functions);
        value.behind.extend(more);
        let kind = DataKind::Constant;
        if !value.behind.iter().any(|data| data.symbol == symbol) {
            value.behind.push(Data { symbol, bytes, align, kind, addresses });
        }
        Ok(())
    }

    fn function(
        &self,
        memory: &Memory<'_, 'db>,
        value: &mut Value<'db>,
        at: u64,
    ) -> Result<(), String> {
        let number = usize::try_from(self.word(value, at)?).unwrap_or(0);
        let ty = memory.map.vtable_ty(number).map_err(|_| "a function pointer in a constant")?;
        let named = match ty.kind() {
            TyKind::Closure(id, args) => Named::Closure(id.0, args),
            TyKind::FnDef(id, args) => match id.0 {
                CallableDefId::FunctionId(function) if !self.is_tracked(function) => {
                    Named::Function(function, args)
                }
                _ => return Err("a pointer to this function in a constant".to_owned()),
            },
            _ => return Err("a function pointer in a constant".to_owned()),
        };
        value.bytes[at as usize..at as usize + 8].fill(0);
        value.addresses.push((at, Address::Function((self.symbol)(named)), 0));
        value.functions.push(named);
        Ok(())
    }

    /// Whether a function takes the place of its call from its caller: pointers to it point elsewhere.
    fn is_tracked(&self, function: FunctionId) -> bool {
        let source = function.lookup(self.db).source(self.db);
        source.value.attrs().any(|attribute| attribute.to_string().contains("track_caller"))
    }

    fn word(&self, value: &Value<'db>, at: u64) -> Result<u64, String> {
        Ok(u64::try_from(read(value, at, 8)?).unwrap_or(u64::MAX))
    }

    /// Whether there can be an address in a value of this type.
    fn has_addresses(&self, ty: Ty<'db>) -> bool {
        match ty.kind() {
            TyKind::Bool
            | TyKind::Char
            | TyKind::Int(_)
            | TyKind::Uint(_)
            | TyKind::Float(_)
            | TyKind::Never
            | TyKind::FnDef(..)
            | TyKind::Str => false,
            TyKind::Array(inner, _) | TyKind::Slice(inner) | TyKind::Pat(inner, _) => {
                self.has_addresses(inner)
            }
            TyKind::Tuple(fields) => fields.iter().any(|ty| self.has_addresses(ty)),
            TyKind::Adt(def, args) => {
                self.fields(def.def_id(), args).into_iter().any(|ty| self.has_addresses(ty))
            }
            _ => true,
        }
    }

    /// Whether a value of this type can change behind a shared reference.
    fn is_interior_mutable(&self, ty: Ty<'db>) -> bool {
        match ty.kind() {
            TyKind::Bool
            | TyKind::Char
            | TyKind::Int(_)
            | TyKind::Uint(_)
            | TyKind::Float(_)
            | TyKind::Never
            | TyKind::FnDef(..)
            | TyKind::Str
            | TyKind::Ref(..)
            | TyKind::RawPtr(..)
            | TyKind::FnPtr(..) => false,
            TyKind::Array(inner, _) | TyKind::Slice(inner) | TyKind::Pat(inner, _) => {
                self.is_interior_mutable(inner)
            }
            TyKind::Tuple(fields) => fields.iter().any(|ty| self.is_interior_mutable(ty)),
            TyKind::Adt(def, args) => {
                if let AdtId::StructId(id) = def.def_id()
                    && StructSignature::of(self.db, id).flags.contains(StructFlags::IS_UNSAFE_CELL)
                {
                    return true;
                }
                let fields = self.fields(def.def_id(), args);
                fields.into_iter().any(|ty| self.is_interior_mutable(ty))
            }
            // Writable memory is right for everything; what is read-only may not be.
            _ => true,
        }
    }

    /// The types of all fields, of all variants.
    fn fields(&self, id: AdtId, args: GenericArgs<'db>) -> Vec<Ty<'db>> {
        let variants: Vec<VariantId> = match id {
            AdtId::StructId(id) => vec![id.into()],
            AdtId::UnionId(id) => vec![id.into()],
            AdtId::EnumId(id) => {
                let variants = id.enum_variants(self.db).variants.values();
                variants.map(|(variant, _)| VariantId::from(*variant)).collect()
            }
        };
        variants.into_iter().flat_map(|variant| self.fields_of(variant, args)).collect()
    }

    fn why(&self, error: &ConstEvalError) -> String {
        let mut text = String::new();
        let target = DisplayTarget::from_crate(self.db, self.live);
        let place = |_, _| String::new();
        match error.pretty_print(&mut text, self.db, place, target) {
            Ok(()) => format!("this constant: {}", text.trim().replace('\n', ", ")),
            Err(_) => "this constant".to_owned(),
        }
    }
}

impl<'m, 'db> Memory<'m, 'db> {
    /// The interpreter's addresses are private; its `Debug` form has them all. The family of crates is
    /// pinned to one release, and a test would notice another form.
    fn of(map: &'m MemoryMap<'db>) -> Memory<'m, 'db> {
        let mut known = BTreeMap::new();
        match map {
            MemoryMap::Empty => {}
            MemoryMap::Simple(bytes) => drop(known.insert(0, bytes.to_vec())),
            MemoryMap::Complex(complex) => {
                let text = format!("{complex:?}");
                let inner = text.split_once("memory: {").map_or("", |(_, rest)| rest);
                for entry in inner.split_once('}').map_or("", |(entries, _)| entries).split(']') {
                    let Some((address, bytes)) = entry.split_once(": [") else { continue };
                    let address = address.trim_start_matches([',', ' ']).parse();
                    let bytes: Result<Vec<u8>, _> = bytes
                        .split(',')
                        .map(str::trim)
                        .filter(|byte| !byte.is_empty())
                        .map(str::parse)
                        .collect();
                    if let (Ok(address), Ok(bytes)) = (address, bytes) {
                        known.insert(address, bytes);
                    }
                }
            }
        }
        Memory { map, known }
    }

    /// What one of the interpreter's addresses leads to: it may lie inside of what is known.
    fn read(&self, address: u64, size: u64) -> Result<Vec<u8>, String> {
        let unknown = || "what a constant's reference leads to".to_owned();
        let address = usize::try_from(address).map_err(|_| unknown())?;
        let size = usize::try_from(size).map_err(|_| unknown())?;
        if size == 0 {
            return Ok(Vec::new());
        }
        let candidates = self.known.range(..=address).rev();
        let mut parts = candidates.filter_map(|(begin, bytes)| {
            let from = address - begin;
            bytes.get(from..from.checked_add(size)?)
        });
        parts.next().map(<[u8]>::to_vec).ok_or_else(unknown)
    }
}

/// A number in the bytes of a value.
fn read(value: &Value<'_>, at: u64, size: u64) -> Result<u128, String> {
    let range = usize::try_from(at).ok().zip(usize::try_from(at + size).ok());
    let bytes = range.and_then(|(from, to)| value.bytes.get(from..to));
    let bytes = bytes.filter(|bytes| bytes.len() <= 16).ok_or("a constant of this size")?;
    let mut whole = [0; 16];
    whole[..bytes.len()].copy_from_slice(bytes);
    Ok(u128::from_le_bytes(whole))
}

/// Constants are named by what they consist of: equal ones are one.
fn named(bytes: &[u8], align: u64, addresses: &[(u64, Address, i64)]) -> String {
    let digest = xxh3_128(format!("{align} {bytes:?} {addresses:?}").as_bytes());
    format!(".Lconstant.{digest:032x}")
}

#[cfg(test)]
mod tests;
