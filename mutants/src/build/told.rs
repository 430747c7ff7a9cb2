//! What decides how tests are compiled, besides the workspace's files: what was found with other features, another profile or
//! other flags is not remembered. Not among it is what a build alone decides for itself, such as how far it optimises.

use std::ffi::OsString;

use super::BuildOptions;
use crate::Workspace;
use crate::workspace::{Settings, resolved};

/// Variables that change what cargo and rustc make, by how they begin.
const VARIABLES: [&str; 9] = [
    "CARGO_BUILD_",
    "CARGO_ENCODED_RUST",
    "CARGO_PROFILE_",
    "CARGO_TARGET_",
    "CARGO_UNSTABLE_",
    "RUSTC",
    "RUSTDOCFLAGS",
    "RUSTFLAGS",
    // Of threads, those of the tests among them.
    "RUST_MIN_STACK",
];

/// Of those, the ones that say where it is made and how fast.
const WITHOUT_EFFECT: [&str; 4] =
    ["CARGO_BUILD_BUILD_DIR", "CARGO_BUILD_JOBS", "CARGO_BUILD_TARGET_DIR", "CARGO_TARGET_DIR"];

impl BuildOptions {
    /// What these options, the environment and cargo's settings outside of the workspace say of how tests are compiled, as one
    /// text.
    #[must_use]
    pub fn told(&self, workspace: &Workspace) -> String {
        let mut told = format!("{:?}{}", self.arguments(), counted(std::env::vars_os()));
        // Those in the workspace are among its files.
        let settings = Settings::around(workspace.root());
        for (_, text) in
            settings.texts().filter(|(path, _)| !resolved(path).starts_with(workspace.root()))
        {
            told.push_str(text);
        }
        told
    }

    /// Those of cargo's arguments that change what is made.
    fn arguments(&self) -> Vec<String> {
        let mut arguments = self.features.arguments();
        arguments.extend(self.profile.iter().map(|it| format!("--profile={it}")));
        arguments.extend(self.cargo_arguments.iter().cloned());
        arguments
    }
}

/// The variables that count, in the order of their names.
fn counted(variables: impl Iterator<Item = (OsString, OsString)>) -> String {
    let is_counted = |name: &str| {
        VARIABLES.iter().any(|it| name.starts_with(it)) && !WITHOUT_EFFECT.contains(&name)
    };
    let pairs = variables.map(|(name, value)| (name.to_string_lossy().into_owned(), value));
    let mut pairs: Vec<_> = pairs.filter(|(name, _)| is_counted(name)).collect();
    pairs.sort();
    format!("{pairs:?}")
}

#[cfg(test)]
mod tests;
