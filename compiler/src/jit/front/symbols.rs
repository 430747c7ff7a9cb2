//! Names for the linker: the v0 mangling (RFC 2603), so that everybody who reads rustc's symbols reads ours.
//!
//! Two things differ from rustc. The crate's disambiguator says `jit`: functions of both compilers pass
//! values in different ways, and must never be taken for one another. And what is private to an object
//! ends in `.jit`: it has no slot.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt::Write;

use ra_ap_base_db::Crate;
use ra_ap_hir_def::expr_store::ExpressionStore;
use ra_ap_hir_def::signatures::{
    ConstSignature, EnumSignature, FunctionSignature, StaticSignature, StructSignature,
    TraitSignature, UnionSignature,
};
use ra_ap_hir_def::src::HasSource;
use ra_ap_hir_def::{
    AdtId, BlockId, ConstId, DefWithBodyId, ExpressionStoreOwnerId, FunctionId, HasModule, ImplId,
    ItemContainerId, Lookup, ModuleId, StaticId, TraitId,
};
use ra_ap_hir_ty::db::{HirDatabase, InternedClosureId};
use ra_ap_hir_ty::next_solver::{
    Const, ConstKind, DbInterner, GenericArgs, Ty, TyKind, ValTreeKind,
};
use ra_ap_rustc_type_ir::inherent::IntoKind;
use ra_ap_rustc_type_ir::{FloatTy, IntTy, Mutability, UintTy};
use ra_ap_syntax::ast::{self, HasAttrs};
use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

/// The end of names that are private to an object.
pub(crate) const PRIVATE: &str = ".jit";
/// The crate's disambiguator.
const DISAMBIGUATOR: &str = "s3jit_";
/// What is longer than this is named by a digest.
const LONGEST: usize = 400;

/// The names of one program.
pub(crate) struct Symbols<'db> {
    db: &'db dyn HirDatabase,
    live: Crate,
    /// The live crate's name.
    name: String,
    /// What the items of a block are below: the function around it.
    blocks: RefCell<HashMap<BlockId, String>>,
}

impl<'db> Symbols<'db> {
    pub(crate) fn new(db: &'db dyn HirDatabase, live: Crate, name: &str) -> Symbols<'db> {
        Symbols { db, live, name: name.to_owned(), blocks: RefCell::default() }
    }

    /// With what was noted of blocks before.
    pub(crate) fn with(
        db: &'db dyn HirDatabase,
        live: Crate,
        name: &str,
        blocks: HashMap<BlockId, String>,
    ) -> Symbols<'db> {
        Symbols { db, live, name: name.to_owned(), blocks: RefCell::new(blocks) }
    }

    /// What was noted of blocks.
    pub(crate) fn blocks(&self) -> HashMap<BlockId, String> {
        self.blocks.borrow().clone()
    }

    /// Items in the blocks of this function's body are named below it.
    pub(crate) fn note_blocks(&self, function: FunctionId, body: &ExpressionStore) {
        let mut blocks = body.blocks(self.db).peekable();
        if blocks.peek().is_none() {
            return;
        }
        let path = self.function_path(function, None);
        self.blocks.borrow_mut().extend(blocks.map(|(block, _)| (block, path.clone())));
    }

    /// Whether a function is reached through a slot: it is the live crate's, and one function, not a
    /// family of them.
    pub(crate) fn is_live(&self, function: FunctionId, args: GenericArgs<'db>) -> bool {
        function.krate(self.db) == self.live && is_concrete(args)
    }

    /// The symbol of a function: the name it is given, or its path.
    pub(crate) fn function(&self, function: FunctionId, args: GenericArgs<'db>) -> String {
        let loc = function.lookup(self.db);
        let source = loc.source(self.db).value;
        let own = || FunctionSignature::of(self.db, function).name.as_str().to_owned();
        if let ItemContainerId::ExternBlockId(_) = loc.container {
            return given(&source, "link_name").unwrap_or_else(own);
        }
        if is_concrete(args) {
            if let Some(name) = given(&source, "export_name") {
                return name;
            }
            if has(&source, "no_mangle") {
                return own();
            }
        }
        let path = self.function_path(function, Some(args));
        match self.is_live(function, args) {
            true => format!("_R{path}"),
            false => private(&self.with_args(path, args)),
        }
    }

    /// The symbol of a closure's body.
    pub(crate) fn closure(&self, closure: InternedClosureId, args: GenericArgs<'db>) -> String {
        private(&self.with_args(self.closure_path(closure), args))
    }

    /// The symbol of a method that the compiler itself writes for a type: `kind` names it.
    pub(crate) fn derived(&self, kind: &str, adt: AdtId, args: GenericArgs<'db>) -> String {
        let mut path = format!("INv{}{}", self.root(self.live), identifier(kind));
        path.push_str(&self.adt(adt));
        self.args(&mut path, args);
        path.push('E');
        private(&path)
    }

    /// The symbol of what the compiler itself writes for one type.
    pub(crate) fn written_for(&self, kind: &str, ty: Ty<'db>) -> String {
        let mut path = format!("INv{}{}", self.root(self.live), identifier(kind));
        self.ty(&mut path, ty);
        path.push('E');
        private(&path)
    }

    /// The symbol of a trait's method in the table of a trait object, for the type that its arguments begin with.
    pub(crate) fn in_table(&self, method: FunctionId, args: GenericArgs<'db>) -> String {
        let path = format!("Nv{}5table", self.function_path(method, Some(args)));
        private(&self.with_args(path, args))
    }

    /// The symbol of the function that computes a constant.
    pub(crate) fn computed(&self, id: ConstId, args: GenericArgs<'db>) -> String {
        let name = ConstSignature::of(self.db, id).name.as_ref().map_or("_", |it| it.as_str());
        let container = id.lookup(self.db).container;
        let path = format!("Nv{}{}", self.container(container, Some(args)), identifier(name));
        private(&self.with_args(path, args))
    }

    /// The symbol of a static: the name it is given, or its path.
    pub(crate) fn variable(&self, id: StaticId) -> String {
        let loc = id.lookup(self.db);
        let source = loc.source(self.db).value;
        let signature = StaticSignature::of(self.db, id);
        let own = signature.name.as_str();
        match loc.container {
            ItemContainerId::ExternBlockId(_) => {
                given(&source, "link_name").unwrap_or_else(|| own.to_owned())
            }
            _ if has(&source, "no_mangle") => own.to_owned(),
            container => given(&source, "export_name").unwrap_or_else(|| {
                format!("_RNv{}{}", self.container(container, None), identifier(own))
            }),
        }
    }

    fn with_args(&self, path: String, args: GenericArgs<'db>) -> String {
        if is_concrete(args) {
            return path;
        }
        let mut whole = format!("I{path}");
        self.args(&mut whole, args);
        whole.push('E');
        whole
    }

    fn function_path(&self, function: FunctionId, args: Option<GenericArgs<'db>>) -> String {
        let name = FunctionSignature::of(self.db, function).name.as_str();
        let container = function.lookup(self.db).container;
        format!("Nv{}{}", self.container(container, args), identifier(name))
    }

    fn closure_path(&self, closure: InternedClosureId) -> String {
        let loc = closure.loc(self.db);
        let owner = match loc.owner.expression_store_owner(self.db) {
            ExpressionStoreOwnerId::Body(DefWithBodyId::FunctionId(function)) => {
                self.function_path(function, None)
            }
            ExpressionStoreOwnerId::Body(DefWithBodyId::StaticId(id)) => {
                let name = StaticSignature::of(self.db, id).name.as_str();
                let container = id.lookup(self.db).container;
                format!("Nv{}{}", self.container(container, None), identifier(name))
            }
            ExpressionStoreOwnerId::Body(DefWithBodyId::ConstId(id)) => {
                let name =
                    ConstSignature::of(self.db, id).name.as_ref().map_or("_", |it| it.as_str());
                let container = id.lookup(self.db).container;
                format!("Nv{}{}", self.container(container, None), identifier(name))
            }
            owner => self.module(owner.module(self.db)),
        };
        let number = u64::from(loc.expr.into_raw().into_u32());
        format!("NC{owner}{}0", disambiguator(number))
    }

    fn container(&self, container: ItemContainerId, args: Option<GenericArgs<'db>>) -> String {
        match container {
            ItemContainerId::ModuleId(module) => self.module(module),
            ItemContainerId::ImplId(block) => self.block(block, args),
            ItemContainerId::TraitId(id) => self.of_trait(id),
            ItemContainerId::ExternBlockId(block) => self.module(block.module(self.db)),
        }
    }

    /// The path of an impl block. Without `args`, parameters of it are named by their block alone.
    fn block(&self, block: ImplId, args: Option<GenericArgs<'db>>) -> String {
        let module = block.module(self.db);
        let mut siblings = module.def_map(self.db)[module].scope.impls();
        let number = siblings.position(|sibling| sibling == block).unwrap_or(0);
        let of = self.db.impl_trait(block);
        let mut path = String::from(if of.is_some() { "X" } else { "M" });
        path.push_str(&disambiguator(number as u64));
        path.push_str(&self.module(module));
        let interner = DbInterner::new_with(self.db, self.live);
        let own = self.db.impl_self_ty(block);
        let own = match args {
            Some(args) => own.instantiate(interner, args).skip_norm_wip(),
            None => own.instantiate_identity().skip_norm_wip(),
        };
        self.ty(&mut path, own);
        if let Some(of) = of {
            let of = match args {
                Some(args) => of.instantiate(interner, args).skip_norm_wip(),
                None => of.instantiate_identity().skip_norm_wip(),
            };
            let generic: Vec<_> = of.args.types().skip(1).collect();
            let base = self.of_trait(of.def_id.0);
            if generic.is_empty() && of.args.consts().next().is_none() {
                path.push_str(&base);
            } else {
                let _ = write!(path, "I{base}");
                generic.into_iter().for_each(|ty| self.ty(&mut path, ty));
                for value in of.args.consts() {
                    path.push('K');
                    self.constant(&mut path, value);
                }
                path.push('E');
            }
        }
        path
    }

    fn of_trait(&self, id: TraitId) -> String {
        let name = TraitSignature::of(self.db, id).name.as_str();
        format!("Nt{}{}", self.module(id.module(self.db)), identifier(name))
    }

    fn adt(&self, id: AdtId) -> String {
        let name = match id {
            AdtId::StructId(id) => StructSignature::of(self.db, id).name.as_str(),
            AdtId::UnionId(id) => UnionSignature::of(self.db, id).name.as_str(),
            AdtId::EnumId(id) => EnumSignature::of(self.db, id).name.as_str(),
        };
        format!("Nt{}{}", self.module(id.module(self.db)), identifier(name))
    }

    fn root(&self, krate: Crate) -> String {
        if krate == self.live {
            return format!("C{DISAMBIGUATOR}{}", identifier(&self.name));
        }
        let name = krate.extra_data(self.db).display_name.as_ref();
        let name = name.map_or_else(|| "core".to_owned(), |name| name.crate_name().to_string());
        format!("C{DISAMBIGUATOR}{}", identifier(&name))
    }

    fn module(&self, module: ModuleId) -> String {
        let Some(parent) = module.containing_module(self.db) else {
            return self.root(module.krate(self.db));
        };
        if module.is_block_module(self.db)
            && let Some(block) = module.block(self.db)
        {
            if let Some(path) = self.blocks.borrow().get(&block) {
                return path.clone();
            }
            let range = block.loc(self.db).ast_id.to_ptr(self.db).text_range();
            let number = disambiguator(u64::from(u32::from(range.start())));
            return format!("Nk{}{number}5block", self.module(parent));
        }
        let name = module.name(self.db);
        format!(
            "Nt{}{}",
            self.module(parent),
            identifier(name.as_ref().map_or("", |it| it.as_str()))
        )
    }

    fn args(&self, into: &mut String, args: GenericArgs<'db>) {
        args.types().for_each(|ty| self.ty(into, ty));
        for value in args.consts() {
            into.push('K');
            self.constant(into, value);
        }
    }

    fn ty(&self, into: &mut String, ty: Ty<'db>) {
        let mut all = |before: &str, inner: &mut dyn Iterator<Item = Ty<'db>>, after: &str| {
            into.push_str(before);
            inner.for_each(|ty| self.ty(into, ty));
            into.push_str(after);
        };
        match ty.kind() {
            TyKind::Tuple(fields) if fields.is_empty() => into.push('u'),
            TyKind::Tuple(fields) => all("T", &mut fields.iter(), "E"),
            TyKind::Ref(_, inner, Mutability::Not) => all("R", &mut [inner].into_iter(), ""),
            TyKind::Ref(_, inner, Mutability::Mut) => all("Q", &mut [inner].into_iter(), ""),
            TyKind::RawPtr(inner, Mutability::Not) => all("P", &mut [inner].into_iter(), ""),
            TyKind::RawPtr(inner, Mutability::Mut) => all("O", &mut [inner].into_iter(), ""),
            TyKind::Slice(inner) => all("S", &mut [inner].into_iter(), ""),
            TyKind::Array(inner, length) => {
                all("A", &mut [inner].into_iter(), "");
                self.constant(into, length);
            }
            TyKind::Adt(def, args) => into.push_str(&self.with_args(self.adt(def.def_id()), args)),
            TyKind::Closure(id, args) => {
                into.push_str(&self.with_args(self.closure_path(id.0), args));
            }
            TyKind::FnDef(id, args) => {
                if let ra_ap_hir_def::CallableDefId::FunctionId(function) = id.0 {
                    let path = self.function_path(function, Some(args));
                    into.push_str(&self.with_args(path, args));
                } else {
                    self.unnamed(into, &format!("{ty:?}"));
                }
            }
            kind => match simple(&kind) {
                Some(letter) => into.push(letter),
                None => self.unnamed(into, &format!("{ty:?}")),
            },
        }
    }

    /// What the mangling has no letters for.
    fn unnamed(&self, into: &mut String, text: &str) {
        let name = format!("t{:016x}", xxh3_64(text.as_bytes()));
        let _ = write!(into, "Nt{}{}", self.root(self.live), identifier(&name));
    }

    fn constant(&self, into: &mut String, value: Const<'db>) {
        if let ConstKind::Value(value) = value.kind()
            && let ValTreeKind::Leaf(leaf) = value.value.inner()
            && let Some(letter) = simple(&value.ty.kind())
        {
            let size = leaf.size();
            let negative = matches!(value.ty.kind(), TyKind::Int(_)) && leaf.to_int(size) < 0;
            let digits = match negative {
                true => format!("n{:x}", leaf.to_int(size).unsigned_abs()),
                false => format!("{:x}", leaf.to_uint(size)),
            };
            let _ = write!(into, "{letter}{digits}_");
            return;
        }
        let _ = write!(into, "y{:x}_", xxh3_64(format!("{value:?}").as_bytes()));
    }
}

/// Whether nothing is left to choose.
fn is_concrete(args: GenericArgs<'_>) -> bool {
    args.types().next().is_none() && args.consts().next().is_none()
}

fn private(path: &str) -> String {
    if path.len() <= LONGEST {
        return format!("_R{path}{PRIVATE}");
    }
    format!("_jit.{:032x}{PRIVATE}", xxh3_128(path.as_bytes()))
}

/// The letter of a type that has one.
fn simple(kind: &TyKind<'_>) -> Option<char> {
    Some(match kind {
        TyKind::Bool => 'b',
        TyKind::Char => 'c',
        TyKind::Str => 'e',
        TyKind::Never => 'z',
        TyKind::Int(int) => match int {
            IntTy::I8 => 'a',
            IntTy::I16 => 's',
            IntTy::I32 => 'l',
            IntTy::I64 => 'x',
            IntTy::I128 => 'n',
            IntTy::Isize => 'i',
        },
        TyKind::Uint(int) => match int {
            UintTy::U8 => 'h',
            UintTy::U16 => 't',
            UintTy::U32 => 'm',
            UintTy::U64 => 'y',
            UintTy::U128 => 'o',
            UintTy::Usize => 'j',
        },
        TyKind::Float(FloatTy::F32) => 'f',
        TyKind::Float(FloatTy::F64) => 'd',
        TyKind::Param(_) => 'p',
        _ => return None,
    })
}

/// Nothing for the first of a kind, `s_` for the second.
fn disambiguator(number: u64) -> String {
    match number {
        0 => String::new(),
        1 => "s_".to_owned(),
        more => format!("s{}_", base62(more - 2)),
    }
}

fn base62(mut number: u64) -> String {
    const DIGITS: &[u8; 62] = b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    let mut digits = Vec::new();
    loop {
        digits.push(char::from(DIGITS[(number % 62) as usize]));
        number /= 62;
        if number == 0 {
            return digits.into_iter().rev().collect();
        }
    }
}

/// A name with its length. What is not ASCII is spelled out.
fn identifier(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    for character in name.chars() {
        match character {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '_' => plain.push(character),
            // Writing to a String cannot fail.
            other => drop(write!(plain, "_u{:x}_", u32::from(other))),
        }
    }
    let separator = match plain.chars().next() {
        Some('0'..='9' | '_') => "_",
        _ => "",
    };
    format!("{}{separator}{plain}", plain.len())
}

/// `name` of `#[key = "name"]` or `#[unsafe(key = "name")]`.
fn given(item: &impl HasAttrs, key: &str) -> Option<String> {
    item.attrs().find_map(|attribute| match inner(attribute.meta()?) {
        ast::Meta::KeyValueMeta(meta) if is_path(meta.path(), key) => match meta.expr()? {
            ast::Expr::Literal(literal) => match literal.kind() {
                ast::LiteralKind::String(text) => Some(text.value().ok()?.into_owned()),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    })
}

/// Whether it has the attribute `#[key]` or `#[unsafe(key)]`.
fn has(item: &impl HasAttrs, key: &str) -> bool {
    item.attrs().any(|attribute| {
        matches!(attribute.meta().map(inner), Some(ast::Meta::PathMeta(meta)) if is_path(meta.path(), key))
    })
}

fn inner(meta: ast::Meta) -> ast::Meta {
    match &meta {
        ast::Meta::UnsafeMeta(outer) => outer.meta().unwrap_or(meta),
        _ => meta,
    }
}

fn is_path(path: Option<ast::Path>, key: &str) -> bool {
    path.and_then(|path| path.as_single_name_ref()).is_some_and(|name| name.text() == key)
}

#[cfg(test)]
mod tests;
