//! The workspace that is tested: its packages, their targets and features, as `cargo metadata` says them.
//!
//! Phase: everything after it asks here where things are. Dependencies are not resolved, so it needs neither
//! a network nor a lock file.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{Error, ErrorKind};

mod features;
mod metadata;
mod settings;

#[cfg(test)]
mod tests;

pub use features::Features;
pub(crate) use metadata::resolved;
pub use metadata::{Dependency, Package, Target};
pub(crate) use settings::{Settings, inner, without_lists};

/// A cargo workspace; a package that is in none is one of its own.
#[derive(Debug, Clone)]
pub struct Workspace {
    root: PathBuf,
    target_directory: PathBuf,
    packages: Vec<Package>,
    default_members: Vec<String>,
    here: PathBuf,
}

/// Which packages are changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Packages {
    /// What cargo would take in the folder where the workspace was opened: the package around it, otherwise
    /// the workspace's default members.
    #[default]
    Here,
    /// All of the workspace.
    All,
    /// These, by name.
    Named(Vec<String>),
}

impl Workspace {
    /// The workspace that a folder or a `Cargo.toml` belongs to.
    ///
    /// # Errors
    ///
    /// When cargo cannot be run, or says that there is no package.
    pub fn open(at: &Path) -> Result<Workspace, Error> {
        let folder = match at.file_name() {
            Some(name) if name == "Cargo.toml" => at
                .parent()
                .filter(|parent| !parent.as_os_str().is_empty())
                .unwrap_or(Path::new(".")),
            _ => at,
        };
        let here = folder.canonicalize().map_err(Error::named(
            "open",
            folder,
            "name the folder of a cargo package",
        ))?;
        if !here.is_dir() {
            let message = format!(
                "{} is no folder: name the folder of a cargo package, or its Cargo.toml",
                folder.display()
            );
            return Err(Error::new(ErrorKind::Usage, message));
        }
        let output = Command::new(cargo())
            .args(["metadata", "--no-deps", "--format-version", "1"])
            .current_dir(&here)
            .output()
            .map_err(|error| cannot_run(&cargo(), &error))?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            return Err(Error::new(
                ErrorKind::Usage,
                format!(
                    "cargo does not accept the package in {}:\n{}",
                    here.display(),
                    said.trim_end()
                ),
            ));
        }
        metadata::read(&output.stdout, here)
    }

    /// The workspace's folder, absolute.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Where cargo builds by default, absolute.
    #[must_use]
    pub fn target_directory(&self) -> &Path {
        &self.target_directory
    }

    /// The folder that cargo would be started in, absolute.
    pub(crate) fn here(&self) -> &Path {
        &self.here
    }

    /// All packages, by name.
    #[must_use]
    pub fn packages(&self) -> &[Package] {
        &self.packages
    }

    /// The package of this name.
    #[must_use]
    pub fn package(&self, name: &str) -> Option<&Package> {
        self.packages.iter().find(|package| package.name == name)
    }

    /// The packages that are meant, by name.
    ///
    /// # Errors
    ///
    /// When a name is unknown.
    pub fn select(&self, packages: &Packages) -> Result<Vec<&Package>, Error> {
        match packages {
            Packages::All => Ok(self.packages.iter().collect()),
            Packages::Named(names) => {
                for name in names {
                    self.known(name)?;
                }
                Ok(self.packages.iter().filter(|package| names.contains(&package.name)).collect())
            }
            Packages::Here => {
                let around =
                    self.here.ancestors().find(|folder| folder.join("Cargo.toml").is_file());
                let is_around = |package: &&Package| {
                    Some(self.root.join(&package.directory).as_path()) == around
                };
                if let Some(package) = self.packages.iter().find(is_around) {
                    return Ok(vec![package]);
                }
                let defaults = &self.default_members;
                Ok(self.packages.iter().filter(|package| defaults.contains(&package.id)).collect())
            }
        }
    }

    fn known(&self, name: &str) -> Result<(), Error> {
        if self.package(name).is_some() {
            return Ok(());
        }
        let names: Vec<_> = self.packages.iter().map(|package| package.name.as_str()).collect();
        Err(Error::new(
            ErrorKind::Usage,
            format!(
                "no package `{name}` in {}; there is {}",
                self.root.display(),
                names.join(", ")
            ),
        ))
    }
}

/// A program that cannot be started.
pub(crate) fn cannot_run(program: &OsStr, error: &std::io::Error) -> Error {
    let message =
        format!("cannot run {}: {error}; is it installed and in PATH?", program.display());
    Error::new(ErrorKind::Machine, message)
}

/// The cargo that runs us, or the one that is found.
pub(crate) fn cargo() -> OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}
