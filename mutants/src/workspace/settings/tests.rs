//! What is read in files of settings, and which come first.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

use super::*;

/// Settings in two folders, the second around the first.
fn settings(near: &str, far: &str) -> (tempfile::TempDir, Settings) {
    let folder = tempfile::tempdir().unwrap();
    let folders = [folder.path().join("near/.cargo"), folder.path().join(".cargo")];
    for (path, text) in folders.iter().zip([near, far]) {
        fs::create_dir_all(path).unwrap();
        fs::write(path.join("config.toml"), text).unwrap();
    }
    let settings = Settings::of(folders.into_iter());
    (folder, settings)
}

fn nothing(_: &str) -> Option<OsString> {
    None
}

#[test]
fn a_variable_comes_before_a_near_file_and_that_before_one_around_it() {
    let (folder, settings) = settings(
        "[build]\nrustdoc = \"bin/doc\"\n",
        "[build]\nrustdoc = \"x\"\nrustc-wrapper = \"far\"\n",
    );
    let program = |key: &str, value: &dyn Fn(&str) -> Option<OsString>| {
        settings.program(key, &["FIRST", "SECOND"], value)
    };
    // Paths are as from the folder that has `.cargo` in it; words are found in PATH.
    assert_eq!(program("rustdoc", &nothing), Some(folder.path().join("near/bin/doc")));
    assert_eq!(program("rustc-wrapper", &nothing), Some("far".into()));
    assert_eq!(program("rustc", &nothing), None);
    let of = |name: &'static str, text: &'static str| {
        move |asked: &str| (asked == name).then(|| OsString::from(text))
    };
    assert_eq!(program("rustdoc", &of("SECOND", "mine")), Some("mine".into()));
    assert_eq!(program("rustdoc", &of("FIRST", "/a/b")), Some("/a/b".into()));
    assert_eq!(program("rustdoc", &of("FIRST", "")), None);
}

#[test]
fn files_that_are_included_count_after_the_one_that_includes_them() {
    let near = "include = [\"one.toml\", { path = \"two.toml\", optional = true }, \"config.toml\", \"none.toml\"]\n";
    let (folder, _) = settings(near, "");
    let near = folder.path().join("near/.cargo");
    fs::write(near.join("one.toml"), "[build]\nrustdoc = \"one\"\nrustc = \"one\"\n").unwrap();
    fs::write(near.join("two.toml"), "[build]\nrustdoc = \"two\"\n").unwrap();
    let settings = Settings::of(std::iter::once(near.clone()));
    assert_eq!(settings.program("rustdoc", &[], nothing), Some("two".into()));
    assert_eq!(settings.program("rustc", &[], nothing), Some("one".into()));
    assert_eq!(settings.without(&Settings { files: Vec::new() }), [near.join("config.toml")]);
    assert!(settings.without(&settings).is_empty());
}

#[test]
fn tests_for_another_machine_are_refused_with_the_place_that_says_so() {
    let (_folder, plain) = settings("", "");
    let refused = |settings: &Settings, arguments: &[&str], value: Option<&str>| {
        let arguments: Vec<_> = arguments.iter().map(|it| (*it).to_owned()).collect();
        let value = |name: &str| value.filter(|_| name == "CARGO_BUILD_TARGET").map(OsString::from);
        settings.must_be_for("here", &arguments, value).err().map(|it| it.to_string())
    };
    assert_eq!(refused(&plain, &[], None), None);
    assert_eq!(refused(&plain, &["--target=here"], Some("there")), None);
    assert_eq!(refused(&plain, &["--target", "host-tuple"], None), None);
    let said = refused(&plain, &["--target", "there"], None).unwrap();
    assert!(said.starts_with("--target is there, and"), "{said}");
    let said = refused(&plain, &[], Some("there")).unwrap();
    assert!(said.starts_with("CARGO_BUILD_TARGET is there"), "{said}");
    let (folder, other) = settings("", "[build]\ntarget = [\"here\", \"there\"]\n");
    let said = refused(&other, &[], None).unwrap();
    let place = folder.path().join(".cargo/config.toml");
    assert!(said.starts_with(&format!("build.target in {} is there", place.display())), "{said}");
    assert_eq!(refused(&other, &[], Some("here")), None);
}

#[test]
fn lists_that_cargo_would_join_are_left_to_the_one_around() {
    let text = "include = ['a.toml'] # kept\n[build]\nrustflags = [\n  \"-Cx\", # y\n]\ntarget = [\"a\"]\n\
                [target.'cfg(unix)']\nrustdocflags = ['x']\nrunner = ['y']\n[env]\nrustflags = \"z\"\n";
    let expected = "include = [] # kept\n[build]\nrustflags = []\ntarget = [\"a\"]\n\
                    [target.'cfg(unix)']\nrustdocflags = []\nrunner = ['y']\n[env]\nrustflags = \"z\"\n";
    assert_eq!(without_lists(text), expected);
    assert_eq!(without_lists("no TOML ["), "no TOML [");
}

#[test]
fn runners_are_found_by_their_sections() {
    let (_folder, settings) = settings(
        "[target.x86_64-unknown-linux-gnu]\nrunner = \"one\"\nlinker = \"cc\"\n",
        "[target.'cfg(unix)']\nrunner = [\"two\"]\n[target.other]\nlinker = \"cc\"\n",
    );
    let sections: Vec<_> = settings.runners().into_iter().map(|(section, _)| section).collect();
    assert_eq!(sections, ["x86_64-unknown-linux-gnu", "cfg(unix)"]);
}
