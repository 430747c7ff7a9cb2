//! Names of types that lead nowhere: in signatures, in fields and in bodies.

use ra_ap_hir_def::expr_store::path::Path;
use ra_ap_hir_def::expr_store::{ExpressionStore, ExpressionStoreSourceMap, HygieneId};
use ra_ap_hir_def::resolver::{HasResolver, Resolver};
use ra_ap_hir_def::type_ref::TypeRef;
use ra_ap_hir_def::{AdtId, ExpressionStoreOwnerId, GenericDefId, VariantId};
use ra_ap_span::Edition;

use super::super::functions::Items;
use super::{Collect, absent};

impl<'db> Collect<'db> {
    /// Names of types in signatures and fields.
    pub(super) fn signatures(&mut self, items: &Items) {
        let functions = items.functions.iter().map(|it| GenericDefId::from(*it));
        let statics = items.statics.iter().map(|it| GenericDefId::from(*it));
        let constants = items.constants.iter().map(|it| GenericDefId::from(*it));
        let impls = items.impls.iter().map(|it| GenericDefId::from(*it));
        let traits = items.traits.iter().map(|it| GenericDefId::from(*it));
        let adts = items.adts.iter().map(|it| GenericDefId::from(*it));
        let all = functions.chain(statics).chain(constants).chain(impls).chain(traits).chain(adts);
        let variants = items.adts.iter().filter_map(|adt| match *adt {
            AdtId::StructId(id) => Some(VariantId::from(id)),
            AdtId::UnionId(id) => Some(VariantId::from(id)),
            AdtId::EnumId(_) => None,
        });
        let variants = variants.chain(items.variants.iter().map(|it| VariantId::from(*it)));
        let owners: Vec<ExpressionStoreOwnerId> = all
            .map(ExpressionStoreOwnerId::Signature)
            .chain(variants.map(ExpressionStoreOwnerId::VariantFields))
            .collect();
        for owner in owners {
            let (store, map) = ExpressionStore::with_source_map(self.db, owner);
            self.types(owner, store, map);
            self.lowering(map);
        }
    }

    pub(super) fn types(
        &mut self,
        owner: ExpressionStoreOwnerId,
        store: &ExpressionStore,
        map: &ExpressionStoreSourceMap,
    ) {
        let scopes = self.scopes(owner, store);
        for (id, ty) in store.types.iter() {
            let TypeRef::Path(path) = ty else { continue };
            let anchored = matches!(path, Path::Normal(normal) if normal.type_anchor.is_some());
            // A constant argument looks like a type.
            let found = |it: &Resolver<'_>| {
                it.resolve_path_in_type_ns(self.db, path).is_some()
                    || it.resolve_path_in_value_ns(self.db, path, HygieneId::ROOT).is_some()
            };
            if anchored || scopes.iter().any(found) {
                continue;
            }
            let name = path.mod_path().map(|path| path.display(self.db, Edition::Edition2024));
            let Some(name) = name.map(|name| name.to_string()) else { continue };
            if let Some(absent) = self.absent(&scopes, name.split("::")) {
                let before = self.found.len();
                self.at_type(map, id, None, absent::says(&absent), absent::LABEL);
                self.are_absent(before);
                continue;
            }
            let (code, message) = match name.rsplit_once("::") {
                None => ("E0425", format!("cannot find type `{name}` in this scope")),
                Some((module, name)) => ("E0433", format!("cannot find `{name}` in `{module}`")),
            };
            self.at_type(map, id, Some(code), message, "not found in this scope");
        }
    }

    /// Where names of a body or a signature are looked for.
    pub(super) fn scopes(
        &self,
        owner: ExpressionStoreOwnerId,
        store: &ExpressionStore,
    ) -> Vec<Resolver<'db>> {
        // A block may define them too; which one a name stands in is not known here.
        let blocks = store.blocks(self.db).map(|(_, map)| map.root_module_id().resolver(self.db));
        std::iter::once(owner.resolver(self.db)).chain(blocks).collect()
    }
}
