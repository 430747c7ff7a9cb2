//! cargo's settings: what changes how tests are built or run counts here as it does for cargo, or it is said.

use std::process::Command;

use super::package::{Package, lists};
use crate::running::run;

const LIBRARY: &str = "\
/// Adds.
///
/// ```
/// assert!(cfg!(from_rustdoc) && cfg!(from_rustdocflags));
/// assert_eq!(set::add(2, 3), 5);
/// ```
pub fn add(a: i32, b: i32) -> i32 {
    a + b
}

#[test]
fn settings_hold() {
    assert!(cfg!(from_wrapper) && cfg!(from_flags));
    assert_eq!(std::env::var(\"SUITE_RUNNER\").as_deref(), Ok(\"mine\"));
    let data = std::env::var(\"DATA\").unwrap();
    assert!(std::path::Path::new(&data).join(\"src\").is_dir());
    assert_eq!(add(2, 3), 5);
}
";

/// A flag that rustc takes once only; programs and a folder named as from here; a runner that this machine's tests would have.
const SETTINGS: &str = "\
[build]
build-dir = \"elsewhere\"
rustc-workspace-wrapper = \"tools/wrapper\"
rustdoc = \"tools/rustdoc\"
rustflags = [\"--cfg\", \"from_flags\", \"--diagnostic-width=200\"]
rustdocflags = [\"--cfg\", \"from_rustdocflags\"]

[env]
SUITE_RUNNER = \"mine\"
DATA = { value = \"\", relative = true }

[target.'cfg(unix)']
runner = \"no-such-runner\"

[target.'cfg(windows)']
runner = \"another\"
";

fn package(settings: &str) -> Package {
    Package::of(&[
        ("Cargo.toml", "[package]\nname = \"set\"\nversion = \"0.1.0\"\nedition = \"2021\"\n"),
        ("src/lib.rs", LIBRARY),
        ("tools/wrapper", "#!/bin/sh\nexec \"$@\" --cfg from_wrapper\n"),
        ("tools/rustdoc", "#!/bin/sh\nexec rustdoc \"$@\" --cfg from_rustdoc\n"),
        (".cargo/config.toml", settings),
        // Tests may read manifests that cargo cannot.
        ("tests/data/Cargo.toml", "[package"),
    ])
}

/// `segue mutants` in a folder of the package, without any setting of this machine.
fn mutants(package: &Package, folder: &str) -> Command {
    let mut command = package.mutants("");
    let is_setting = |name: &str| {
        name.starts_with("RUST") && !name.starts_with("RUSTUP")
            || ["CARGO_BUILD", "CARGO_TARGET", "CARGO_ENCODED"]
                .iter()
                .any(|it| name.starts_with(it))
    };
    for (name, _) in std::env::vars_os().filter(|(name, _)| is_setting(&name.to_string_lossy())) {
        command.env_remove(name);
    }
    command.env("CARGO_HOME", package.beside("home")).current_dir(package.root().join(folder));
    command
}

#[test]
fn settings_count_as_they_do_for_cargo_and_what_does_not_is_named() {
    let package = package(SETTINGS);
    // Of a folder that is not around the copy.
    package.write("src/.cargo/config.toml", "[build]\njobs = 1\n");
    let ended = run(mutants(&package, "src")).with_code(0);
    let warnings: Vec<_> = ended.stderr().into_iter().filter(|it| it.contains("warning")).collect();
    assert_eq!(warnings.len(), 2, "{ended:#?}");
    assert!(
        warnings[0].contains("target.cfg(unix).runner in ") && warnings[0].contains("is not used")
    );
    assert!(warnings[1].contains("src/.cargo/config.toml is not read"), "{warnings:?}");
    assert!(
        ended.stdout().iter().any(|it| it.contains("2 tests pass without mutants")),
        "{ended:#?}"
    );
    assert_eq!(lists(&package.root())[1].1.lines().count(), 5, "all are caught");
}

#[test]
fn tests_for_another_machine_are_refused_before_anything_is_built() {
    let package = package("[build]\ntarget = \"wasm32-unknown-unknown\"\n");
    let ended = run(mutants(&package, "")).with_code(1);
    ended.says(&[
        "is wasm32-unknown-unknown, and tests run as forks of this machine's own programs",
    ]);
    assert!(!package.root().join("target/segue-mutants/tree").exists());
}

#[test]
fn flags_count_where_the_target_folder_only_looks_as_if_it_were_inside() {
    let package = package(SETTINGS);
    std::fs::create_dir(package.beside("scratch")).expect("a folder");
    std::os::unix::fs::symlink(package.beside("scratch"), package.root().join("target"))
        .expect("a link");
    let ended = run(mutants(&package, "")).with_code(0);
    assert!(
        ended.stdout().iter().any(|it| it.contains("2 tests pass without mutants")),
        "{ended:#?}"
    );
    assert!(package.beside("scratch/segue-mutants/tree/src/lib.rs").exists());
    assert!(!package.beside("scratch/segue-mutants/tree/target").exists());
}
