//! Where the sources of SQLite, Lua and zlib come from: crates.io packages that carry them, fetched
//! once by cargo into the target folder and never committed.
//!
//! A package of our own making names the three crates with exact versions; `cargo vendor` lays their
//! files out below it. Later runs find the folder there and need no network.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// The crates with the folders in them that hold the C sources.
const PACKAGES: [(&str, &str, &str); 3] = [
    ("libsqlite3-sys", "0.39.1", "sqlite3"),
    ("lua-src", "551.1.0", "lua-5.4.9"),
    ("libz-sys", "1.1.31", "src/zlib"),
];

/// How SQLite is compiled: with the parts that have most to do.
pub(crate) const SQLITE_DEFINES: &[&str] = &[
    "SQLITE_ENABLE_FTS5",
    "SQLITE_ENABLE_FTS4",
    "SQLITE_ENABLE_RTREE",
    "SQLITE_ENABLE_MATH_FUNCTIONS",
    "SQLITE_ENABLE_STAT4",
    "SQLITE_SOUNDEX",
    "SQLITE_THREADSAFE=1",
];

/// The folder for everything that outlives one run.
pub(crate) fn cache() -> &'static Path {
    Path::new(env!("CARGO_TARGET_TMPDIR"))
}

/// The folder of C sources that `package` carries.
pub(crate) fn of(package: &str) -> PathBuf {
    static VENDORED: OnceLock<PathBuf> = OnceLock::new();
    let vendored = VENDORED.get_or_init(vendor);
    let (name, version, inside) =
        PACKAGES.iter().find(|(name, ..)| *name == package).expect("one of the table's packages");
    let folder = vendored.join(format!("{name}-{version}")).join(inside);
    assert!(folder.is_dir(), "the sources of {name} {version} are not at {}", folder.display());
    folder
}

/// The folder that holds one folder a crate. It has its name only when it is complete.
fn vendor() -> PathBuf {
    let versions = PACKAGES.map(|(_, version, _)| version).join("-");
    let complete = cache().join(format!("program-sources-{versions}"));
    if complete.is_dir() {
        return complete;
    }
    let package = tempfile::tempdir_in(cache()).unwrap();
    write_package(package.path());
    // What is in cargo's own cache needs no network.
    let offline = cargo_vendor(package.path(), &["--offline"]);
    if offline.is_err() {
        let online = cargo_vendor(package.path(), &[]);
        online.unwrap_or_else(|why| {
            panic!(
                "the sources of SQLite, Lua and zlib come from crates.io, which could not be \
                 reached: run this test once with a network, later runs need none.\n{why}"
            )
        });
    }
    // Another process may have been faster: then its folder is as good as ours.
    let renamed = std::fs::rename(package.path().join("vendor"), &complete);
    assert!(renamed.is_ok() || complete.is_dir(), "{renamed:?}");
    complete
}

/// A package that depends on the crates, each without what it does not need to carry its sources.
fn write_package(folder: &Path) {
    let mut manifest = "[package]\nname = \"sources\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
                        [workspace]\n\n[dependencies]\n"
        .to_owned();
    for (name, version, _) in PACKAGES {
        let line = format!("{name} = {{ version = \"={version}\", default-features = false }}\n");
        manifest.push_str(&line);
    }
    std::fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    std::fs::create_dir(folder.join("src")).unwrap();
    std::fs::write(folder.join("src/lib.rs"), "").unwrap();
}

fn cargo_vendor(folder: &Path, more: &[&str]) -> Result<(), String> {
    let mut command = Command::new(env!("CARGO"));
    command.current_dir(folder).args(["vendor", "--quiet", "--versioned-dirs"]).args(more);
    let output = command.arg("vendor").output().unwrap();
    match output.status.success() {
        true => Ok(()),
        false => Err(String::from_utf8_lossy(&output.stderr).into_owned()),
    }
}
