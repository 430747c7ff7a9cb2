//! When a library is built as a test.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

use super::*;
use crate::Features;

/// What cargo is told of a package with this manifest behind its name and this library, whose tests stand in `tests/it.rs`.
fn told(manifest: &str, library: &str, options: &BuildOptions) -> Vec<String> {
    let root = tempfile::tempdir().unwrap();
    let manifest =
        format!("[package]\nname = \"apart\"\nversion = \"0.0.0\"\nedition = \"2021\"\n{manifest}");
    let files = [
        ("Cargo.toml", manifest.as_str()),
        ("src/lib.rs", library),
        ("tests/it.rs", "#[test]\nfn it() {}\n"),
        ("other/Cargo.toml", "[package]\nname = \"other\"\n"),
        ("other/src/lib.rs", ""),
    ];
    for (path, text) in files {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let workspace = Workspace::open(root.path()).unwrap();
    arguments(&workspace, &[workspace.package("apart").unwrap()], options)
}

#[track_caller]
fn check(manifest: &str, library: &str, is_left_out: bool) {
    let expected = if is_left_out { "--test=it" } else { "--tests" };
    assert_eq!(told(manifest, library, &BuildOptions::default()), [expected]);
}

#[test]
fn a_library_whose_text_has_no_tests_is_left_out() {
    // What is said of tests in comments and texts is none, nor is what only looks like the name of a file.
    let library =
        "//! A test.\n/// `#[test]`, benches\npub fn path() -> &'static str { \"#[test]\" }\n";
    check("", library, true);
    check("", "#![allow(clippy::needless_doctest_main)]\n", true);
    check("", "#[cfg(test)]\nmod tests {}\n", false);
    check("", "mod inner { macro_rules! m { () => { #[test] fn f() {} } } m!(); }\n", false);
    check("", "include!(concat!(env!(\"OUT_DIR\"), \"/more.rs\"));\n", false);
    check("", "#[path = \"../more.rs\"]\nmod more;\n", false);
    check("", "this is no \" Rust of a test\n", false);
}

#[test]
fn macros_of_others_may_make_tests() {
    let other = |more: &str| format!("other = {{ path = \"other\"{more} }}\n");
    let optional = other(", optional = true");
    check(&format!("[dependencies]\n{}", other("")), "", false);
    check(&format!("[dev-dependencies]\n{}", other("")), "", true);
    check(&format!("[build-dependencies]\n{}", other("")), "", true);
    let features = |entry: &str| {
        format!(
            "[dependencies]\n{optional}[features]\ndefault = [\"one\"]\none = [\"{entry}\"]\ntwo = [\"dep:other\"]\n"
        )
    };
    check(&features("other?/more"), "", true);
    check(&features("dep:other"), "", false);
    check(&features("other/more"), "", false);
    check(&features("two"), "", false);
    // Who asks for features gets them.
    let all = Features { all: true, ..Features::default() };
    let two = Features { names: vec!["two".to_owned()], ..Features::default() };
    for features_asked in [all, two] {
        let options = BuildOptions { features: features_asked, ..BuildOptions::default() };
        assert_eq!(told(&features("other?/more"), "", &options), ["--tests"]);
    }
    let cargo_arguments = vec!["--features=two".to_owned()];
    let options = BuildOptions { cargo_arguments, ..BuildOptions::default() };
    assert_eq!(told(&features("other?/more"), "", &options), ["--tests"]);
}

#[test]
fn a_target_that_cargo_would_test_as_well_is_not_forgotten() {
    check("[[bin]]\nname = \"tool\"\npath = \"src/lib.rs\"\n", "fn main() {}", false);
    check("[[test]]\nname = \"it\"\nrequired-features = [\"x\"]\n[features]\nx = []\n", "", false);
    check("[[test]]\nname = \"it\"\ntest = false\n", "", false);
    check("[lib]\nharness = false\n", "fn main() {}", false);
    check("[lib]\ntest = false\n", "", false);
}
