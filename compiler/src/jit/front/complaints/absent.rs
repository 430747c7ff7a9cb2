//! Names of the library that programs may use and that its text here does not have. Whether the real one does, nobody
//! here knows: the other compiler has the last word.

use ra_ap_base_db::Crate;
use ra_ap_hir_def::expr_store::{ExpressionStore, ExpressionStoreSourceMap};
use ra_ap_hir_def::hir::{Expr, Pat};
use ra_ap_hir_def::nameres::crate_def_map;
use ra_ap_hir_def::resolver::Resolver;
use ra_ap_hir_def::{ExpressionStoreOwnerId, HasModule, ModuleDefId, ModuleId};
use ra_ap_hir_expand::AstId;
use ra_ap_hir_expand::mod_path::{ModPath, PathKind};
use ra_ap_hir_expand::name::Name;
use ra_ap_hir_ty::next_solver::{Ty, TyKind};
use ra_ap_rustc_type_ir::inherent::IntoKind;
use ra_ap_span::Edition;
use ra_ap_syntax::{AstNode, SyntaxNodePtr, ast};

use super::{Collect, Fault};

/// What `use`, bodies and types name the library by.
const LIBRARY: [&str; 3] = ["std", "core", "alloc"];

/// Macros of the real library that need no `use`.
const PRELUDE_MACROS: [&str; 2] = ["is_x86_feature_detected", "thread_local"];

pub(super) const LABEL: &str = "not in the jit's library";

pub(super) fn says(name: &str) -> String {
    format!("`{name}` is not there in the jit")
}

impl Collect<'_> {
    /// The beginning of a path into the library, up to the first name that is not there.
    pub(super) fn absent<'a>(
        &self,
        scopes: &[Resolver<'_>],
        path: impl Iterator<Item = &'a str>,
    ) -> Option<String> {
        let mut path = path;
        let first = path.next()?;
        let mut module = self.module(scopes, first)?;
        let mut so_far = first.to_owned();
        for name in path {
            so_far = format!("{so_far}::{name}");
            let there = module.def_map(self.db)[module].scope.get(&Name::new_root(name));
            match there.take_types() {
                Some(ModuleDefId::ModuleId(inner)) => module = inner,
                Some(_) => return None,
                None => return there.is_none().then_some(so_far),
            }
        }
        None
    }

    /// The module of the library that a name means in these scopes.
    fn module(&self, scopes: &[Resolver<'_>], name: &str) -> Option<ModuleId> {
        let path = ModPath::from_segments(PathKind::Plain, [Name::new_root(name)]);
        let own = crate_def_map(self.db, self.krate);
        let own = own[own.root_module_id()].scope.get(&Name::new_root(name)).take_types();
        let meant = scopes
            .iter()
            .find_map(|scope| scope.resolve_module_path_in_items(self.db, &path).take_types());
        match own.or(meant) {
            Some(ModuleDefId::ModuleId(module)) => {
                let names = LIBRARY.iter().filter_map(|name| self.library(name));
                names.into_iter().any(|it| it == module.krate(self.db)).then_some(module)
            }
            Some(_) => None,
            None if LIBRARY.contains(&name) => {
                Some(crate_def_map(self.db, self.library(name)?).root_module_id())
            }
            None => None,
        }
    }

    /// What was complained about since is not the program's fault.
    pub(super) fn are_absent(&mut self, since: usize) {
        self.found[since..].iter_mut().for_each(|it| it.fault = Fault::Library);
    }

    /// What was complained about since is that nobody knows this macro: the real library may.
    pub(super) fn is_macro_absent(&mut self, path: &ModPath, since: usize) {
        let names: Vec<&str> = path.segments().iter().map(Name::as_str).collect();
        let is_absent = match names[..] {
            [name] => PRELUDE_MACROS.contains(&name),
            [first, .., _] => LIBRARY.contains(&first),
            [] => false,
        };
        if is_absent {
            let name = path.display(self.db, Edition::Edition2024).to_string();
            for complaint in &mut self.found[since..] {
                complaint.message = says(&format!("{name}!"));
                LABEL.clone_into(&mut complaint.label);
            }
            self.are_absent(since);
        }
    }

    /// Whether a type is the library's own, or of the language: who calls it a method's receiver looks for it there.
    pub(super) fn is_of_library(&self, ty: Ty<'_>) -> bool {
        match ty.kind() {
            TyKind::Ref(_, inner, _) => self.is_of_library(inner),
            TyKind::Adt(adt, _) => adt.def_id().module(self.db).krate(self.db) != self.krate,
            TyKind::Param(_) | TyKind::Alias(..) | TyKind::Error(_) | TyKind::Dynamic(..) => false,
            _ => true,
        }
    }

    fn library(&self, name: &str) -> Option<Crate> {
        let all = &self.krate.data(self.db).dependencies;
        all.iter().find(|it| it.name.as_str() == name).map(|it| it.crate_id)
    }

    /// What an import that leads nowhere lacks of the library; whether that is all there is to say of it.
    pub(super) fn absent_import(&mut self, id: AstId<ast::Use>, tree: &ast::UseTree) -> bool {
        // The path of a tree goes on from those around it.
        let trees = tree.syntax().ancestors().filter_map(ast::UseTree::cast);
        let mut paths: Vec<ast::Path> = trees.filter_map(|it| it.path()).collect();
        paths.reverse();
        let segments = paths.iter().flat_map(ast::Path::segments);
        let names: Vec<String> = segments.map(|it| it.syntax().text().to_string()).collect();
        let names = names.iter().map(String::as_str).filter(|name| *name != "self");
        let Some(name) = self.absent(&[], names) else { return false };
        let node = paths.last().map_or_else(|| tree.syntax().clone(), |it| it.syntax().clone());
        let (pointer, before) = (SyntaxNodePtr::new(&node), self.found.len());
        self.push(id.file_id, pointer, None, says(&name), LABEL.to_owned());
        self.are_absent(before);
        true
    }

    /// What the paths of a body lack.
    pub(super) fn absent_in(
        &mut self,
        owner: ExpressionStoreOwnerId,
        store: &ExpressionStore,
        map: &ExpressionStoreSourceMap,
    ) {
        let scopes = self.scopes(owner, store);
        let expressions = store.exprs().filter_map(|(id, expr)| match expr {
            Expr::Path(path) => Some((id.into(), path)),
            _ => None,
        });
        let patterns = store.pats().filter_map(|(id, pat)| match pat {
            Pat::Path(path) => Some((id.into(), path)),
            _ => None,
        });
        for (id, path) in expressions.chain(patterns) {
            let segments = path.mod_path().map(|it| it.segments()).unwrap_or_default();
            let names = segments.iter().map(Name::as_str);
            let Some(name) = (segments.len() > 1).then(|| self.absent(&scopes, names)).flatten()
            else {
                continue;
            };
            let before = self.found.len();
            self.at(map, id, None, says(&name), LABEL);
            self.are_absent(before);
        }
    }
}
