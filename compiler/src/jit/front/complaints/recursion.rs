//! Types that contain themselves with no pointer between: they have no size, and whoever asks for one does not come
//! to an end. As in rustc, what counts is which type stands in which, whatever their arguments are. And macros that
//! expand to themselves: the front end stops at the limit, without a word.

use std::collections::{HashMap, HashSet};

use ra_ap_hir_def::nameres::crate_def_map;
use ra_ap_hir_def::signatures::{EnumSignature, StructSignature, UnionSignature};
use ra_ap_hir_def::src::HasSource;
use ra_ap_hir_def::{AdtId, Lookup, VariantId};
use ra_ap_hir_expand::db::ExpandDatabase as _;
use ra_ap_hir_expand::{MacroCallId, MacroCallKind};
use ra_ap_hir_ty::next_solver::{DbInterner, GenericArgs, Ty, TyKind};
use ra_ap_rustc_type_ir::inherent::{GenericArgs as _, IntoKind};
use ra_ap_syntax::ast::{self, HasName};
use ra_ap_syntax::{AstNode, SyntaxNode, SyntaxNodePtr};

use super::Collect;

impl Collect<'_> {
    /// Says which of these types, in this order, contain themselves.
    pub(super) fn recursive(&mut self, types: &[AdtId]) {
        let mut contents =
            Contents { of: self, inside: HashMap::new(), parameters: HashMap::new() };
        let mut told: HashSet<AdtId> = HashSet::new();
        let mut circles = Vec::new();
        for ty in types {
            if told.contains(ty) {
                continue;
            }
            if let Some(circle) = contents.circle(*ty) {
                told.extend(&circle);
                circles.push(circle);
            }
        }
        circles.iter().for_each(|circle| self.tell_of(circle));
    }

    /// What is wrong with a call of a macro that is too deep in expansions of others, or leads to one that is; and the call of
    /// the user's that it came from.
    pub(super) fn endless_expansion(&self, call: MacroCallId) -> Option<(MacroCallId, String)> {
        let (mut depth, mut outermost) = (0, call);
        let mut file = call.loc(self.db).kind.file_id();
        while let Some(outer) = file.macro_file() {
            (depth, outermost) = (depth + 1, outer);
            file = outer.loc(self.db).kind.file_id();
        }
        let limit = crate_def_map(self.db, self.krate).recursion_limit();
        if depth < limit {
            return None;
        }
        let inside = self.db.parse_or_expand(call.into());
        let calls = |node: SyntaxNode| ast::MacroCall::can_cast(node.kind());
        if depth == limit && !inside.descendants().any(calls) {
            return None;
        }
        let path = match call.loc(self.db).kind {
            MacroCallKind::FnLike { ast_id, .. } => ast_id.to_node(self.db).path(),
            _ => None,
        };
        let name = path.map_or_else(String::new, |path| format!(" `{}!`", path.syntax().text()));
        Some((outermost, format!("recursion limit reached while expanding{name}")))
    }

    fn tell_of(&mut self, circle: &[AdtId]) {
        let names: Vec<String> = circle.iter().map(|it| format!("`{}`", self.adt(*it))).collect();
        let message = match names.split_last() {
            Some((last, rest)) if !rest.is_empty() => {
                format!("recursive types {} and {last} have infinite size", rest.join(", "))
            }
            _ => format!("recursive type {} has infinite size", names.concat()),
        };
        let Some((file, pointer)) = circle.first().and_then(|it| self.name_of(*it)) else {
            return self.somewhere();
        };
        let label = "recursive without indirection".to_owned();
        self.push(file, pointer, Some("E0072"), message, label);
    }

    fn adt(&self, id: AdtId) -> &str {
        match id {
            AdtId::StructId(id) => StructSignature::of(self.db, id).name.as_str(),
            AdtId::UnionId(id) => UnionSignature::of(self.db, id).name.as_str(),
            AdtId::EnumId(id) => EnumSignature::of(self.db, id).name.as_str(),
        }
    }

    /// Where its name stands.
    fn name_of(&self, id: AdtId) -> Option<(ra_ap_hir_expand::HirFileId, SyntaxNodePtr)> {
        let (file, name) = match id {
            AdtId::StructId(id) => {
                let source = id.lookup(self.db).source(self.db);
                (source.file_id, source.value.name())
            }
            AdtId::UnionId(id) => {
                let source = id.lookup(self.db).source(self.db);
                (source.file_id, source.value.name())
            }
            AdtId::EnumId(id) => {
                let source = id.lookup(self.db).source(self.db);
                (source.file_id, source.value.name())
            }
        };
        Some((file, SyntaxNodePtr::new(name?.syntax())))
    }
}

/// What stands in the values of types.
struct Contents<'a, 'db> {
    of: &'a Collect<'db>,
    /// The types that stand in each.
    inside: HashMap<AdtId, Vec<AdtId>>,
    /// Which of its parameters do; nothing yet where that is being found out.
    parameters: HashMap<AdtId, HashSet<u32>>,
}

impl<'db> Contents<'_, 'db> {
    /// The types from this one back to it.
    fn circle(&mut self, from: AdtId) -> Option<Vec<AdtId>> {
        // Each with who led there, from the nearest on.
        let mut seen: Vec<(AdtId, usize)> = vec![(from, 0)];
        let mut next = 0;
        while next < seen.len() {
            for inside in self.inside(seen[next].0) {
                if inside == from {
                    let mut circle = vec![seen[next].0];
                    let mut at = next;
                    while at != 0 {
                        at = seen[at].1;
                        circle.push(seen[at].0);
                    }
                    circle.reverse();
                    return Some(circle);
                }
                if seen.iter().all(|(it, _)| *it != inside) {
                    seen.push((inside, next));
                }
            }
            next += 1;
        }
        None
    }

    fn inside(&mut self, id: AdtId) -> Vec<AdtId> {
        if let Some(known) = self.inside.get(&id) {
            return known.clone();
        }
        let mut found = Vec::new();
        for field in self.fields(id) {
            self.add(field, &mut found, &mut HashSet::new());
        }
        self.inside.insert(id, found.clone());
        found
    }

    fn parameters(&mut self, id: AdtId) -> HashSet<u32> {
        if let Some(known) = self.parameters.get(&id) {
            return known.clone();
        }
        // A type that comes back to itself is told of anyway.
        self.parameters.insert(id, HashSet::new());
        let mut found = HashSet::new();
        for field in self.fields(id) {
            self.add(field, &mut Vec::new(), &mut found);
        }
        self.parameters.insert(id, found.clone());
        found
    }

    /// Adds the types and parameters whose values stand in those of `ty`.
    fn add(&mut self, ty: Ty<'db>, types: &mut Vec<AdtId>, parameters: &mut HashSet<u32>) {
        match ty.kind() {
            TyKind::Param(parameter) => {
                parameters.insert(parameter.index);
            }
            TyKind::Tuple(fields) => fields.iter().for_each(|it| self.add(it, types, parameters)),
            TyKind::Array(item, _) | TyKind::Pat(item, _) => self.add(item, types, parameters),
            TyKind::Adt(adt, args) => {
                types.push(adt.def_id());
                let inside = self.parameters(adt.def_id());
                let own = args.iter().enumerate();
                let own =
                    own.filter(|(at, _)| u32::try_from(*at).is_ok_and(|at| inside.contains(&at)));
                for argument in own.filter_map(|(_, argument)| argument.ty()) {
                    self.add(argument, types, parameters);
                }
            }
            _ => {}
        }
    }

    /// The types of all its fields, in its own parameters.
    fn fields(&self, id: AdtId) -> Vec<Ty<'db>> {
        let db = self.of.db;
        let interner = DbInterner::new_with(db, self.of.krate);
        let own = GenericArgs::identity_for_item(interner, id.into());
        let variants: Vec<VariantId> = match id {
            AdtId::StructId(id) => vec![id.into()],
            AdtId::UnionId(id) => vec![id.into()],
            AdtId::EnumId(id) => {
                id.enum_variants(db).variants.values().map(|(it, _)| (*it).into()).collect()
            }
        };
        let types = variants
            .into_iter()
            .flat_map(|variant| ra_ap_hir_ty::db::HirDatabase::field_types(db, variant).iter());
        types.map(|(_, field)| field.ty().instantiate(interner, own).skip_norm_wip()).collect()
    }
}
