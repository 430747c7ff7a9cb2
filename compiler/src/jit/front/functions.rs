//! What the live crate defines: every function with a body, every static, and every body there is to check.

use ra_ap_base_db::Crate;
use ra_ap_hir_def::Lookup;
use ra_ap_hir_def::expr_store::Body;
use ra_ap_hir_def::nameres::assoc::TraitItems;
use ra_ap_hir_def::nameres::{DefMap, crate_def_map};
use ra_ap_hir_def::signatures::{FnFlags, FunctionSignature};
use ra_ap_hir_def::src::HasSource;
use ra_ap_hir_def::{
    AdtId, AssocItemId, ConstId, DefWithBodyId, EnumVariantId, FunctionId, ImplId, ModuleDefId,
    StaticId, TraitId,
};
use ra_ap_hir_expand::InFile;
use ra_ap_hir_expand::name::Name;
use ra_ap_hir_ty::db::HirDatabase;
use ra_ap_syntax::AstNode;
use ra_ap_syntax::ast::HasName;

use super::database::Database;

/// What a crate defines, in the order of its modules; items inside of bodies follow their bodies.
#[derive(Debug, Default)]
pub(crate) struct Items {
    /// With a body, generic ones among them.
    pub(crate) functions: Vec<FunctionId>,
    pub(crate) statics: Vec<StaticId>,
    pub(crate) constants: Vec<ConstId>,
    pub(crate) variants: Vec<EnumVariantId>,
    pub(crate) adts: Vec<AdtId>,
    pub(crate) impls: Vec<ImplId>,
    pub(crate) traits: Vec<TraitId>,
}

impl Items {
    pub(crate) fn of(db: &dyn HirDatabase, krate: Crate) -> Items {
        let mut items = Items::default();
        let mut maps = vec![crate_def_map(db, krate)];
        // Bodies contain items, whose bodies contain items.
        while let Some(map) = maps.pop() {
            let bodies = items.add(db, map);
            let inner = bodies.into_iter().flat_map(|body| Body::of(db, body).blocks(db));
            maps.extend(inner.map(|(_, map)| map));
        }
        items
    }

    /// Everything with a body.
    pub(crate) fn bodies(&self) -> impl Iterator<Item = DefWithBodyId> + '_ {
        let functions = self.functions.iter().map(|it| DefWithBodyId::FunctionId(*it));
        let statics = self.statics.iter().map(|it| DefWithBodyId::StaticId(*it));
        let constants = self.constants.iter().map(|it| DefWithBodyId::ConstId(*it));
        let variants = self.variants.iter().map(|it| DefWithBodyId::VariantId(*it));
        functions.chain(statics).chain(constants).chain(variants)
    }

    /// Adds what a map defines; gives the bodies among it.
    fn add(&mut self, db: &dyn HirDatabase, map: &DefMap) -> Vec<DefWithBodyId> {
        let mut added = Items::default();
        for (_, module) in map.modules() {
            for definition in module.scope.declarations() {
                match definition {
                    ModuleDefId::FunctionId(id) => added.function(db, id),
                    ModuleDefId::StaticId(id) => added.statics.push(id),
                    ModuleDefId::ConstId(id) => added.constants.push(id),
                    ModuleDefId::TraitId(id) => {
                        added.traits.push(id);
                        let items = TraitItems::query_with_diagnostics(db, id);
                        added.associated(db, &items.0.items);
                    }
                    ModuleDefId::AdtId(id) => {
                        added.adts.push(id);
                        if let AdtId::EnumId(id) = id {
                            let variants = id.enum_variants(db).variants.values();
                            added.variants.extend(variants.map(|(variant, _)| *variant));
                        }
                    }
                    _ => {}
                }
            }
            added.constants.extend(module.scope.unnamed_consts());
            for block in module.scope.impls() {
                added.impls.push(block);
                added.associated(db, &block.impl_items(db).items);
            }
        }
        let bodies = added.bodies().collect();
        self.functions.append(&mut added.functions);
        self.statics.append(&mut added.statics);
        self.constants.append(&mut added.constants);
        self.variants.append(&mut added.variants);
        self.adts.append(&mut added.adts);
        self.impls.append(&mut added.impls);
        self.traits.append(&mut added.traits);
        bodies
    }

    fn associated(&mut self, db: &dyn HirDatabase, items: &[(Name, AssocItemId)]) {
        for (_, item) in items {
            match *item {
                AssocItemId::FunctionId(id) => self.function(db, id),
                AssocItemId::ConstId(id) => self.constants.push(id),
                AssocItemId::TypeAliasId(_) => {}
            }
        }
    }

    fn function(&mut self, db: &dyn HirDatabase, id: FunctionId) {
        if FunctionSignature::of(db, id).flags.contains(FnFlags::HAS_BODY) {
            self.functions.push(id);
        }
    }
}

/// Where the names of functions stand: file and offset. Asks queries.
pub(in crate::jit) fn names(db: &Database, items: &Items) -> Vec<(FunctionId, String, usize)> {
    let name = |function: &FunctionId| {
        let source = function.lookup(db).source(db);
        let name = source.value.name()?;
        let range = InFile::new(source.file_id, name.syntax()).original_file_range_rooted(db);
        let (path, _) = db.file(range.file_id.file_id(db))?;
        Some((*function, path, usize::from(range.range.start())))
    };
    items.functions.iter().filter_map(name).collect()
}
