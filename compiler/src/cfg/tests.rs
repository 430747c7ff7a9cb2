//! Which predicates hold.

use super::*;

#[test]
fn predicates() {
    for (predicate, expected) in [
        ("unix", true),
        ("windows", false),
        ("test", false),
        ("not(test)", true),
        ("debug_assertions", false),
        ("target_os = \"linux\"", true),
        ("target_os = \"macos\"", false),
        ("all()", true),
        ("any()", false),
        ("all(unix, not(windows))", true),
        ("all(unix, windows)", false),
        ("any(windows, target_pointer_width = \"64\")", true),
        ("feature = \"x\"", false),
        ("panic = \"unwind\"", true),
        // Not known: kept, whatever stands beside it.
        ("target_feature = \"avx2\"", true),
        ("all(unix, something)", true),
        ("all(windows, something)", false),
        ("any(windows, something)", true),
    ] {
        let item: Item = syn::parse_str(&format!("#[cfg({predicate})] fn f() {{}}")).unwrap();
        assert_eq!(exists(attributes(&item)), expected, "{predicate}");
    }
}

#[test]
fn excluded_items_go_wherever_they_stand() {
    let mut file = syn::parse_file(
        "#[cfg(test)] mod tests { fn a() {} }
         mod kept { #[cfg(windows)] fn b() {} fn c() {} }
         impl A { #[cfg(test)] fn d() {} fn e() {} }
         trait T { #[cfg(test)] fn f(); fn g(); }",
    )
    .unwrap();
    retain(&mut file.items);
    let text = crate::tokens::canonical(&file);
    for (name, is_kept) in [
        ("a", false),
        ("b", false),
        ("c", true),
        ("d", false),
        ("e", true),
        ("f", false),
        ("g", true),
    ] {
        assert_eq!(text.contains(&format!("fn {name} ")), is_kept, "{name} in {text}");
    }
}
