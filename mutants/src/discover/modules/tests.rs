//! Where rustc looks for a module, and where it does not.

use std::path::{Path, PathBuf};

use super::{Module, Place, find};

/// The file of `mod` at the end of a chain such as `outer(path)/inner`, among these files.
fn look(
    files: &[&str],
    from: &str,
    place: Place,
    chain: &[(&str, Option<&str>)],
) -> Result<(PathBuf, Place), String> {
    let root = tempfile::tempdir().expect("there is room");
    for file in files {
        let path = root.path().join(file);
        std::fs::create_dir_all(path.parent().expect("it is in a folder")).expect("there is room");
        std::fs::write(path, "").expect("there is room");
    }
    let modules: Vec<_> = chain
        .iter()
        .map(|(name, path)| Module { name: (*name).into(), path: path.map(str::to_owned), line: 7 })
        .collect();
    find(root.path(), Path::new(from), place, &modules).map(|file| (file.path, file.place))
}

#[test]
fn plain_modules_are_beside_or_below() {
    let a = [("a", None)];
    let found = |path: &str, place| Ok((PathBuf::from(path), place));
    assert_eq!(
        look(&["src/a.rs"], "src/lib.rs", Place::Beside, &a),
        found("src/a.rs", Place::Below)
    );
    assert_eq!(
        look(&["src/a/mod.rs"], "src/lib.rs", Place::Beside, &a),
        found("src/a/mod.rs", Place::Beside)
    );
    assert_eq!(
        look(&["src/b/a.rs"], "src/b.rs", Place::Below, &a),
        found("src/b/a.rs", Place::Below)
    );
    let inside = [("b", None), ("a", None)];
    assert_eq!(
        look(&["src/b/a.rs"], "src/lib.rs", Place::Beside, &inside),
        found("src/b/a.rs", Place::Below)
    );
    assert_eq!(
        look(&["src/c/b/a.rs"], "src/c.rs", Place::Below, &inside),
        found("src/c/b/a.rs", Place::Below)
    );
}

#[test]
fn a_path_begins_where_rustc_begins_it() {
    let found = |path: &str| Ok((PathBuf::from(path), Place::Beside));
    let a = [("a", Some("x/y.rs"))];
    assert_eq!(look(&["src/x/y.rs"], "src/lib.rs", Place::Beside, &a), found("src/x/y.rs"));
    assert_eq!(look(&["src/x/y.rs"], "src/b.rs", Place::Below, &a), found("src/x/y.rs"));
    let inside = [("c", None), ("a", Some("y.rs"))];
    assert_eq!(look(&["src/b/c/y.rs"], "src/b.rs", Place::Below, &inside), found("src/b/c/y.rs"));
    let up = [("a", Some("../z.rs"))];
    assert_eq!(look(&["z.rs", "src/b.rs"], "src/b.rs", Place::Below, &up), found("z.rs"));
}

#[test]
fn a_module_without_a_file_says_where_it_was_looked_for() {
    let said = look(&["src/b.rs"], "src/lib.rs", Place::Beside, &[("a", None)])
        .expect_err("there is none");
    assert_eq!(
        said,
        "src/lib.rs:7: `mod a` is in no file: there is no src/a.rs and no src/a/mod.rs"
    );
}
