//! Workspaces as cargo shows them: members, defaults, features.

use std::collections::BTreeSet;
use std::path::Path;

use super::{Features, Packages, Workspace};
use crate::ErrorKind;

fn write(root: &Path, files: &[(&str, &str)]) {
    for (path, text) in files {
        let path = root.join(path);
        std::fs::create_dir_all(path.parent().expect("it is in a folder")).expect("there is room");
        std::fs::write(path, text).expect("there is room");
    }
}

/// Three packages: `c` depends on `a`, and for its tests on itself.
fn workspace() -> tempfile::TempDir {
    let root = tempfile::tempdir().expect("there is room");
    let package = |name: &str, more: &str| {
        format!("[package]\nname = \"{name}\"\nversion = \"1.2.3\"\nedition = \"2021\"\n{more}")
    };
    let c = "[dependencies]\na = { path = \"../a\", default-features = false, features = [\"deep\"] }\n\
             b = { path = \"../b\", optional = true }\n\
             [features]\ndefault = [\"one\"]\none = [\"a/extra\"]\ntwo = [\"dep:b\", \"one\"]\nthree = [\"b?/x\"]\n";
    write(
        root.path(),
        &[
            (
                "Cargo.toml",
                "[workspace]\nresolver = \"3\"\nmembers = [\"a\", \"b\", \"c\"]\ndefault-members = [\"b\"]\n",
            ),
            (
                "a/Cargo.toml",
                &package(
                    "a",
                    "[features]\ndefault = [\"usual\"]\nusual = []\nextra = []\ndeep = [\"deeper\"]\ndeeper = []\n",
                ),
            ),
            ("a/src/lib.rs", ""),
            ("b/Cargo.toml", &package("b", "[features]\nx = []\n")),
            ("b/src/main.rs", "fn main() {}"),
            ("b/build.rs", "fn main() {}"),
            ("c/Cargo.toml", &package("c", c)),
            ("c/src/lib.rs", ""),
            ("c/tests/t.rs", ""),
        ],
    );
    root
}

fn names(workspace: &Workspace, packages: &Packages) -> Vec<String> {
    let chosen = workspace.select(packages).expect("they are there");
    chosen.iter().map(|package| package.name.clone()).collect()
}

#[test]
fn what_is_no_folder_is_named() {
    let root = workspace();
    for file in [root.path().join("c/src/lib.rs"), "/dev/full".into()] {
        let error = Workspace::open(&file).expect_err("a package is a folder");
        let said = format!("{} is no folder: name the folder of a cargo package", file.display());
        assert!(error.to_string().starts_with(&said), "{error}");
        assert_eq!(error.kind(), ErrorKind::Usage);
    }
}

#[test]
fn packages_are_chosen_as_cargo_chooses_them() {
    let root = workspace();
    let whole = Workspace::open(root.path()).expect("it is a workspace");
    assert_eq!(names(&whole, &Packages::Here), ["b"], "the default members");
    assert_eq!(names(&whole, &Packages::All), ["a", "b", "c"]);
    assert_eq!(names(&whole, &Packages::Named(vec!["c".into(), "a".into()])), ["a", "c"]);
    let inside = Workspace::open(&root.path().join("c/src")).expect("it is in a package");
    assert_eq!(names(&inside, &Packages::Here), ["c"], "the package around it");
    assert_eq!(inside.root(), whole.root());
    let manifest = Workspace::open(&root.path().join("a/Cargo.toml")).expect("it is a manifest");
    assert_eq!(names(&manifest, &Packages::Here), ["a"]);
    let said = whole.select(&Packages::Named(vec!["d".into()])).expect_err("there is none");
    assert!(
        said.to_string().contains("no package `d`") && said.to_string().ends_with("a, b, c"),
        "{said}"
    );
}

#[test]
fn targets_and_scripts_are_known() {
    let root = workspace();
    let workspace = Workspace::open(root.path()).expect("it is a workspace");
    let c = workspace.package("c").expect("it is there");
    let targets: Vec<_> =
        c.targets.iter().map(|target| (target.name.as_str(), target.is_product())).collect();
    assert_eq!(targets, [("c", true), ("t", false)]);
    assert_eq!((c.directory.as_path(), c.version.as_str()), (Path::new("c"), "1.2.3"));
    assert!(workspace.package("b").expect("it is there").has_build_script());
    assert!(!c.has_build_script());
}

#[test]
fn features_are_switched_on_through_the_workspace() {
    let root = workspace();
    let workspace = Workspace::open(root.path()).expect("it is a workspace");
    let on = |features: Features| {
        let chosen = workspace.select(&Packages::Named(vec!["c".into()])).expect("it is there");
        let on = workspace.features(&chosen, &features);
        let of = |name: &str| on.get(name).cloned().unwrap_or_default();
        (of("c"), of("a"))
    };
    let set = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<_>>();
    let deep = &["deep", "deeper"];
    assert_eq!(
        on(Features::default()),
        (set(&["default", "one"]), set(&["deep", "deeper", "extra"]))
    );
    let none = Features { no_default: true, ..Features::default() };
    assert_eq!(on(none.clone()), (set(&[]), set(deep)));
    let two = Features { names: vec!["two,c/three other/x".into()], ..none };
    assert_eq!(on(two).0, set(&["one", "three", "two"]));
    let all = Features { all: true, ..Features::default() };
    assert_eq!(on(all).0, set(&["default", "one", "three", "two"]));
}

#[test]
fn a_folder_without_a_package_is_said() {
    let root = tempfile::tempdir().expect("there is room");
    let said = Workspace::open(root.path()).expect_err("there is no package");
    assert_eq!(said.kind(), ErrorKind::Usage);
    assert!(said.to_string().contains("Cargo.toml"), "{said}");
    let said = Workspace::open(&root.path().join("nowhere")).expect_err("there is no folder");
    assert_eq!(said.kind(), ErrorKind::File);
}
