//! Reads what `cargo metadata` prints. The library `cargo_metadata` is not used: it switches on features of
//! `serde_core`, `camino` and `semver` that recompile rust-analyzer's crates for everybody who builds the workspace.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::Workspace;
use crate::{Error, ErrorKind};

/// A package of the workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    /// Its name.
    pub name: String,
    /// Its version, as in its manifest.
    pub version: String,
    /// What cargo calls it in its messages (`package_id`).
    pub id: String,
    /// Its folder, relative to the workspace's root; empty for the root itself.
    pub directory: PathBuf,
    /// Its `Cargo.toml`, absolute.
    pub manifest: PathBuf,
    /// Its edition.
    pub edition: String,
    /// What it consists of.
    pub targets: Vec<Target>,
    /// Its features, and what each switches on.
    pub features: BTreeMap<String, Vec<String>>,
    /// What it depends on, for development too.
    pub dependencies: Vec<Dependency>,
}

/// A target of a package.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Target {
    /// Its name.
    pub name: String,
    /// What it is: `lib`, `bin`, `test`, `example`, `bench`, `custom-build`, `proc-macro`, `cdylib`, ...
    pub kind: Vec<String>,
    /// Its first file, absolute.
    #[serde(rename = "src_path")]
    pub source: PathBuf,
    /// Whether `cargo test` builds and runs its tests.
    #[serde(default = "yes")]
    pub test: bool,
    /// Whether its documentation has tests.
    #[serde(default)]
    pub doctest: bool,
    /// The features without which it is not built.
    #[serde(default, rename = "required-features")]
    pub required_features: Vec<String>,
    /// Its edition.
    pub edition: String,
}

/// A dependency of a package, as its manifest has it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Dependency {
    /// The package's name.
    pub name: String,
    /// What the manifest calls it, where that is something else.
    pub rename: Option<String>,
    /// Whether a feature switches it on.
    pub optional: bool,
    /// Whether its default features are on.
    pub uses_default_features: bool,
    /// Which of its features are switched on.
    pub features: Vec<String>,
    /// Its folder, for a package of this machine.
    pub path: Option<PathBuf>,
    /// What it is for, where that is not the package's own code: `dev` or `build`.
    pub kind: Option<String>,
}

#[derive(Deserialize)]
struct Raw {
    workspace_root: PathBuf,
    target_directory: PathBuf,
    packages: Vec<RawPackage>,
    workspace_members: Vec<String>,
    #[serde(default)]
    workspace_default_members: Option<Vec<String>>,
}

#[derive(Deserialize)]
struct RawPackage {
    name: String,
    version: String,
    id: String,
    manifest_path: PathBuf,
    edition: String,
    targets: Vec<Target>,
    features: BTreeMap<String, Vec<String>>,
    dependencies: Vec<Dependency>,
}

impl Package {
    /// Whether it has a build script, which may set any `cfg`.
    #[must_use]
    pub fn has_build_script(&self) -> bool {
        self.targets.iter().any(|target| target.is("custom-build"))
    }
}

impl Target {
    /// Whether it is of this kind.
    #[must_use]
    pub fn is(&self, kind: &str) -> bool {
        self.kind.iter().any(|its| its == kind)
    }

    /// Whether it is what a package is there for: a library or a program, no test, example or build script.
    #[must_use]
    pub fn is_product(&self) -> bool {
        ["lib", "rlib", "dylib", "cdylib", "staticlib", "proc-macro", "bin"]
            .iter()
            .any(|kind| self.is(kind))
    }
}

/// Makes a workspace of cargo's text. Packages whose folder is not below the root are left out.
pub(super) fn read(text: &[u8], here: PathBuf) -> Result<Workspace, Error> {
    let raw: Raw = serde_json::from_slice(text).map_err(|error| {
        Error::new(ErrorKind::Usage, format!("`cargo metadata` printed something unknown: {error}"))
    })?;
    let mut packages: Vec<Package> = raw
        .packages
        .into_iter()
        .filter(|package| raw.workspace_members.contains(&package.id))
        .filter_map(|package| below(&raw.workspace_root, package))
        .collect();
    packages.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(Workspace {
        default_members: raw.workspace_default_members.unwrap_or(raw.workspace_members),
        root: raw.workspace_root,
        target_directory: resolved(&raw.target_directory),
        packages,
        here,
    })
}

/// A path without links and `..`, as cargo sees it from inside. Of what is not there yet, what it is to be in.
pub(crate) fn resolved(path: &Path) -> PathBuf {
    let there = path.ancestors().find_map(|it| Some((it, it.canonicalize().ok()?)));
    let Some((part, mut real)) = there else { return path.to_path_buf() };
    // Nothing that is joined would make it the name of a folder.
    real.extend(path.strip_prefix(part).into_iter().flat_map(Path::components));
    real
}

fn below(root: &Path, raw: RawPackage) -> Option<Package> {
    let directory = raw.manifest_path.parent()?.strip_prefix(root).ok()?.to_path_buf();
    Some(Package {
        name: raw.name,
        version: raw.version,
        id: raw.id,
        directory,
        manifest: raw.manifest_path,
        edition: raw.edition,
        targets: raw.targets,
        features: raw.features,
        dependencies: raw.dependencies,
    })
}

fn yes() -> bool {
    true
}
