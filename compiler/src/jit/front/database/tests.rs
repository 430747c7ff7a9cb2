//! Texts go in, types come out; an edit is seen, and only what it touches is computed again.

use ra_ap_hir_def::nameres::crate_def_map;
use ra_ap_hir_def::{DefWithBodyId, FunctionId, ModuleDefId};
use ra_ap_hir_ty::InferenceResult;
use ra_ap_hir_ty::db::HirDatabase as _;

use super::Database;

fn with(files: &[(&str, &str)]) -> Database {
    let mut db = Database::new();
    db.apply(owned(files));
    db
}

fn owned(files: &[(&str, &str)]) -> Vec<(String, String)> {
    files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

/// All functions of the live crate, in the order of its modules.
fn functions(db: &Database) -> Vec<FunctionId> {
    let map = crate_def_map(db, db.live_crate());
    let modules = map.modules().flat_map(|(_, module)| module.scope.declarations());
    let of_kind = modules.filter_map(|it| match it {
        ModuleDefId::FunctionId(function) => Some(function),
        _ => None,
    });
    of_kind.collect()
}

/// How many complaints type inference has about each function.
fn complaints(db: &Database) -> Vec<usize> {
    db.attach(|db| {
        let bodies = functions(db).into_iter().map(DefWithBodyId::FunctionId);
        bodies.map(|body| InferenceResult::of(db, body).diagnostics().len()).collect()
    })
}

#[test]
fn types_are_inferred_and_an_edit_is_seen() {
    let mut db = with(&[("/song.rs", "fn gain(x: i32) -> i32 { x }")]);
    assert_eq!(complaints(&db), [0]);
    db.apply(owned(&[("/song.rs", "fn gain(x: i32) -> i32 { true }")]));
    assert_eq!(complaints(&db), [1]);
    db.apply(owned(&[("/song.rs", "fn gain(x: bool) -> bool { true }")]));
    assert_eq!(complaints(&db), [0]);
}

#[test]
fn core_is_found_by_all_of_its_names() {
    let text =
        "use std::marker::Copy as A; use core::marker::Copy as B; use alloc::marker::Copy as C;
        fn all<T: A + B + C + ::core::marker::Copy + Copy>(_x: T) {} fn ask() { all(1_i32) }";
    let db = with(&[("/song.rs", text)]);
    assert_eq!(complaints(&db), [0, 0]);
    let errors = crate_def_map(&db, db.core_crate()).diagnostics().len();
    assert_eq!(errors, 0, "core itself resolves");
    assert_eq!(crate_def_map(&db, db.live_crate()).diagnostics().len(), 0);
}

#[test]
fn modules_are_found_in_their_files_and_where_an_attribute_says() {
    let root = "mod voice; #[path = \"../lib/prelude.rs\"] pub mod prelude;
        fn both() -> i32 { voice::one(prelude::two()) }";
    let voice = ("/songs/voice.rs", "pub fn one(x: i32) -> i32 { x }");
    let prelude = ("/lib/prelude.rs", "pub fn two() -> i32 { 2 }");
    let mut db = with(&[("/songs/a.rs", root), voice, prelude]);
    assert_eq!(complaints(&db), [0, 0, 0]);
    // A file that goes is gone, and one that comes is there.
    db.apply(owned(&[("/songs/a.rs", root), prelude]));
    assert_eq!(complaints(&db).len(), 2);
    assert!(!crate_def_map(&db, db.live_crate()).diagnostics().is_empty());
    db.apply(owned(&[("/songs/a.rs", root), voice, prelude]));
    assert_eq!(complaints(&db), [0, 0, 0]);
}

#[test]
fn configuration_and_layouts_are_those_of_the_target() {
    let text =
        "#[cfg(all(unix, target_os = \"linux\", target_pointer_width = \"64\"))] fn here() {}
        #[cfg(any(windows, test, debug_assertions))] fn not_here() {}";
    let db = with(&[("/song.rs", text)]);
    assert_eq!(functions(&db).len(), 1);
    let layout = db.target_data_layout(db.live_crate()).expect("it can be read");
    assert_eq!(layout.pointer_size().bytes(), 8);
    assert_eq!(layout.i128_align.bytes(), 16);
}

#[test]
fn a_file_is_found_by_its_number() {
    let db = with(&[("/song.rs", "fn gain() {}")]);
    let root = db.live_crate().data(&db).root_file_id;
    assert_eq!(db.file(root), Some(("/song.rs".to_owned(), "fn gain() {}")));
    let core = db.core_crate().data(&db).root_file_id;
    assert_eq!(db.file(core).map(|(path, _)| path).as_deref(), Some("/core/lib.rs"));
}
