//! Symbols say the path that people write, and who is live.

use ra_ap_hir_def::expr_store::Body;
use ra_ap_hir_def::hir::Expr;
use ra_ap_hir_def::{DefWithBodyId, FunctionId, GenericDefId};
use ra_ap_hir_ty::InferenceResult;
use ra_ap_hir_ty::next_solver::{DbInterner, GenericArgs, TyKind};
use ra_ap_rustc_type_ir::inherent::{GenericArgs as _, IntoKind};

use super::super::database::Database;
use super::super::functions::Items;
use super::{Symbols, base62, disambiguator};
use crate::symbol::{defining_crate, function_path, is_live};

fn own_args<'db>(db: &'db Database, function: FunctionId) -> GenericArgs<'db> {
    let interner = DbInterner::new_with(db, db.live_crate());
    GenericArgs::identity_for_item(interner, GenericDefId::FunctionId(function).into())
}

/// The symbols of all functions, sorted.
fn symbols(text: &str) -> Vec<String> {
    let mut db = Database::new();
    db.apply(vec![("/song.rs".to_owned(), text.to_owned())]);
    db.attach(|db| {
        let items = Items::of(db, db.live_crate());
        let symbols = Symbols::new(db, db.live_crate(), "song");
        for function in &items.functions {
            symbols.note_blocks(*function, Body::of(db, (*function).into()));
        }
        let all = items.functions.iter().map(|it| symbols.function(*it, own_args(db, *it)));
        let variables = items.statics.iter().map(|it| symbols.variable(*it));
        let mut all: Vec<String> = all.chain(variables).collect();
        all.sort();
        all
    })
}

const TEXT: &str = "
    pub fn gain(x: f32) -> f32 { fn inner() {} struct In; impl In { fn deep(&self) {} } x }
    static COUNT: u32 = 3;
    pub mod voices { pub fn tick() {} pub mod r#type { pub fn r#fn() {} } static mut N: u8 = 1; }
    struct Voice { x: f32 }
    impl Voice { fn tick(&mut self) {} const fn made() -> Voice { Voice { x: 0.0 } } }
    impl Voice { fn other<'a>(&'a self) -> &'a f32 { &self.x } }
    trait Sound { fn sound(&self) -> f32; fn twice(&self) -> f32 { 2.0 } }
    impl Sound for Voice { fn sound(&self) -> f32 { 1.0 } }
    impl Sound for [u8; 4] { fn sound(&self) -> f32 { 1.0 } }
    impl<T> Sound for *const T { fn sound(&self) -> f32 { 1.0 } }
    fn any<T, const N: usize>(x: [T; N]) {}
    #[unsafe(export_name = \"__segue_fn_gain\")] pub extern \"C\" fn shim() {}
    #[unsafe(no_mangle)] pub extern \"C\" fn plain() {}
    unsafe extern \"C\" { fn sinf(x: f32) -> f32; }
";

#[test]
fn live_functions_have_the_paths_that_people_write() {
    let all = symbols(TEXT);
    let live: Vec<String> = all
        .iter()
        .filter(|symbol| is_live(symbol, "song") && symbol.starts_with("_R"))
        .map(|symbol| {
            assert_eq!(defining_crate(symbol), Some("song"), "{symbol}");
            function_path(symbol)
        })
        .collect();
    let mut live: Vec<&str> = live.iter().map(String::as_str).collect();
    live.sort_unstable();
    assert_eq!(
        live,
        [
            "COUNT",
            "Voice::made",
            "Voice::other",
            "Voice::sound",
            "Voice::tick",
            "[u8; 4]::sound",
            "gain",
            "gain::In::deep",
            "gain::inner",
            "voices::N",
            "voices::tick",
            "voices::type::fn",
        ],
        "{all:#?}"
    );
}

#[test]
fn given_names_are_kept_and_private_ones_are_not_live() {
    let all = symbols(TEXT);
    for name in ["__segue_fn_gain", "plain"] {
        assert!(all.iter().any(|symbol| symbol == name), "{all:#?}");
    }
    let private: Vec<&String> = all.iter().filter(|symbol| symbol.ends_with(".jit")).collect();
    // `any`, `twice`, and `sound` for every pointer.
    assert_eq!(private.len(), 3, "{all:#?}");
    for symbol in private {
        assert!(!is_live(symbol, "song"), "{symbol}");
        assert!(rustc_demangle::try_demangle(symbol).is_ok(), "{symbol}");
    }
}

#[test]
fn every_instance_has_a_symbol_of_its_own() {
    let text = "
        struct Pair<A, B>(A, B);
        fn any<T>(_x: T) {}
        fn sized<const N: usize, const M: i8>() {}
        fn all(a: &u8, b: &mut u8, c: *const u8, d: *mut u8, e: fn(u8) -> u8, f: fn(u8), g: &[u8], h: &str) {
            any(1_u8); any(1_u16); any((1_u8, 2_u16)); any((1_u16, 2_u8)); any([1_u8; 3]); any([1_u8; 4]);
            any(a); any(b); any(c); any(d); any(e); any(f); any(g); any(h); any(()); any('a'); any(true);
            any(Pair(1_u8, 1_i8)); any(Pair(1_i8, 1_u8)); any(|| 1_u8); any(|| 2_u8); any(all); any(any::<u8>);
            sized::<1, 2>(); sized::<2, 1>(); sized::<1, -2>();
        }";
    let mut db = Database::new();
    db.apply(vec![("/song.rs".to_owned(), text.to_owned())]);
    let symbols: Vec<String> = db.attach(|db| {
        let items = Items::of(db, db.live_crate());
        let symbols = Symbols::new(db, db.live_crate(), "song");
        let all = *items.functions.last().expect("there is one");
        let body = Body::of(db, all.into());
        let inferred = InferenceResult::of(db, DefWithBodyId::FunctionId(all));
        let called = body.exprs().filter_map(|(_, expr)| match expr {
            Expr::Call { callee, .. } => match inferred.expr_ty(*callee).kind() {
                TyKind::FnDef(id, args) => match id.0 {
                    ra_ap_hir_def::CallableDefId::FunctionId(id) => Some((id, args)),
                    _ => None,
                },
                _ => None,
            },
            _ => None,
        });
        called.map(|(id, args)| symbols.function(id, args)).collect()
    });
    assert_eq!(symbols.len(), 26);
    let distinct: std::collections::BTreeSet<&String> = symbols.iter().collect();
    assert_eq!(distinct.len(), symbols.len(), "{symbols:#?}");
    for symbol in &symbols {
        assert!(symbol.ends_with(".jit") && !is_live(symbol, "song"), "{symbol}");
        assert!(rustc_demangle::try_demangle(symbol).is_ok(), "{symbol}");
    }
}

#[test]
fn numbers_are_written_as_the_mangling_wants_them() {
    assert_eq!([0, 1, 2, 3].map(disambiguator), ["", "s_", "s0_", "s1_"]);
    assert_eq!([0, 9, 10, 61, 62, 63].map(base62), ["0", "9", "a", "Z", "10", "11"]);
}
