//! Where modules are looked for.

use super::*;

fn check(text: &str, expected: &[(&str, &[&str])]) {
    let file = syn::parse_file(text).unwrap();
    let mut found = Vec::new();
    let (directory, nested) = (Path::new("/a"), Path::new("/a/x"));
    declarations(&file.items, directory, nested, &mut Vec::new(), &mut found);
    let found: Vec<(String, Vec<String>)> = found
        .into_iter()
        .map(|(name, candidates)| {
            let paths = candidates.iter().map(|(path, _)| path.display().to_string()).collect();
            (name.join("::"), paths)
        })
        .collect();
    let expected: Vec<(String, Vec<String>)> = expected
        .iter()
        .map(|(name, paths)| ((*name).to_owned(), paths.iter().map(ToString::to_string).collect()))
        .collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn modules_stand_where_rustc_looks_for_them() {
    check("mod b;", &[("b", &["/a/x/b.rs", "/a/x/b/mod.rs"])]);
    check("mod r#loop;", &[("loop", &["/a/x/loop.rs", "/a/x/loop/mod.rs"])]);
    check("mod b { mod c; }", &[("b::c", &["/a/x/b/c.rs", "/a/x/b/c/mod.rs"])]);
    check("#[path = \"../p.rs\"] mod b;", &[("b", &["/p.rs"])]);
    check("mod b { #[path = \"p.rs\"] mod c; }", &[("b::c", &["/a/x/b/p.rs"])]);
    check("#[path = \"q\"] mod b { mod c; }", &[("b::c", &["/a/q/c.rs", "/a/q/c/mod.rs"])]);
    check("mod b {} fn f() {}", &[]);
}

#[test]
fn dots_are_taken_out_of_paths() {
    let path = |path: &str| normal(Path::new(path)).unwrap().display().to_string();
    assert_eq!(path("/a/./b/../c.rs"), "/a/c.rs");
    assert_eq!(path("/../c.rs"), "/c.rs");
}

#[test]
fn a_ring_of_modules_ends() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("song.rs");
    let text = "#[path = \"song.rs\"] mod again;";
    std::fs::write(&path, text).unwrap();
    let source = Source { path, text: text.into(), support: Vec::new() };
    assert!(Tree::read(&source).unwrap().files.len() < 100);
}
