//! The same text once more, with its own packages optimised: for tests that compute for long. Nothing is rejected in it that was
//! not, since rustc rejects before it optimises; what a debug build checks is checked.
//!
//! What the user says of optimisation counts: then nothing is built again.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use toml::de::DeTable;

use super::alone::AloneBuilder;
use super::cargo::{self, Cargo};
use super::copy::Copy;
use super::rounds::refuse_killed;
use super::{BuildOptions, OptLevel, binaries, packages};
use crate::run::{Again, Alone, BuiltAgain};
use crate::workspace::{Settings, inner};
use crate::{Error, Image, TestBinary, TestKind, Workspace};

/// So many times what the first build took, and at least so long, must be computed: many mutants are noticed before their last test.
const TIMES: u32 = 4;
const LEAST: Duration = Duration::from_secs(20);

/// Builds an image again.
#[derive(Debug)]
pub struct AgainBuilder {
    workspace: Workspace,
    options: BuildOptions,
    took: Duration,
}

impl AgainBuilder {
    /// Nothing is built yet. `took` is what the first build took. `None` where it was said how to optimise: by the options, in the
    /// environment, in a manifest or in cargo's settings.
    pub fn new(workspace: &Workspace, options: &BuildOptions, took: Duration) -> Option<Self> {
        let is_open = options.opt_level == OptLevel::Auto && !is_said(workspace, options);
        is_open.then(|| AgainBuilder {
            workspace: workspace.clone(),
            options: BuildOptions { opt_level: OptLevel::Level('1'), ..options.clone() },
            took,
        })
    }
}

impl Again for AgainBuilder {
    fn is_worth(&self, each: Duration) -> bool {
        is_worth(self.took, each)
    }

    fn build(&mut self, image: &Image) -> Result<Option<BuiltAgain>, Error> {
        let (workspace, options) = (&self.workspace, &self.options);
        let copy = Copy::of(workspace);
        let packages = packages(workspace, image.mutants.iter().map(|it| &it.mutant), options);
        let cargo = Cargo::new(&copy, workspace, &packages, options)?;
        let said = cargo.build(options.profile.is_some())?;
        refuse_killed(&said)?;
        if !said.success {
            return Ok(None);
        }
        let built = binaries::collect(&cargo, &copy, workspace, &cargo::host()?)?;
        let Some(binaries) = replaced(&image.binaries, &built) else { return Ok(None) };
        let image = Image { binaries, ..image.clone() };
        let alone = AloneBuilder::new(workspace, &image, options)?;
        let alone = alone.map(|it| -> Arc<Mutex<dyn Alone>> { Arc::new(Mutex::new(it)) });
        Ok(Some(BuiltAgain { image, alone }))
    }
}

/// Whether to build again what took so long to build, where each job computes for so long.
fn is_worth(took: Duration, each: Duration) -> bool {
    each >= LEAST.max(took * TIMES)
}

/// The same binaries as they were built again. Examples of the documentation, of which each takes time to build, stay.
fn replaced(before: &[TestBinary], built: &[TestBinary]) -> Option<Vec<TestBinary>> {
    let again = |of: &TestBinary| {
        if matches!(of.kind, TestKind::Doctest | TestKind::PanickingDoctest) {
            return Some(of.clone());
        }
        let is_same = |it: &&TestBinary| {
            it.package == of.package && it.target == of.target && it.kind == of.kind
        };
        built.iter().find(is_same).cloned()
    };
    before.iter().map(again).collect()
}

/// Whether the user says how tests are to be optimised. Who names a profile does.
fn is_said(workspace: &Workspace, options: &BuildOptions) -> bool {
    let is_variable =
        |name: &str| name.starts_with("CARGO_PROFILE_") && name.ends_with("_OPT_LEVEL");
    let in_environment =
        || std::env::vars_os().any(|(name, _)| is_variable(&name.to_string_lossy()));
    let in_arguments = || options.cargo_arguments.iter().any(|it| it.contains("opt-level"));
    let in_files = || {
        let manifest = std::fs::read_to_string(workspace.root().join("Cargo.toml"));
        manifest.is_ok_and(|text| says(&text))
            || Settings::around(workspace.root()).texts().any(|(_, text)| says(text))
    };
    options.profile.is_some() || in_arguments() || in_environment() || in_files()
}

/// Whether a manifest or settings say how a profile that tests have is optimised.
fn says(text: &str) -> bool {
    let Ok(table) = DeTable::parse(text) else { return false };
    let Some(profiles) = inner(table.get_ref(), "profile") else { return false };
    ["dev", "test"].iter().any(|name| {
        inner(profiles, name)
            .is_some_and(|it| it.iter().any(|(key, _)| key.get_ref() == "opt-level"))
    })
}

#[cfg(test)]
mod tests;
