//! Which `#[cfg]` hold: what rustc and cargo set for a package, and what nobody can know before it is built.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use syn::parse::ParseStream;
use syn::{Expr, Lit, Meta, Token};

use super::attributes;
use crate::workspace::{Settings, cannot_run};
use crate::{Error, ErrorKind, Package, Workspace};

#[cfg(test)]
mod tests;

/// Keys that are rustc's own: what it does not print for them does not hold.
const KEYS_OF_RUSTC: [&str; 10] = [
    "unix",
    "windows",
    "debug_assertions",
    "overflow_checks",
    "panic",
    "proc_macro",
    "relocation_model",
    "doc",
    "doctest",
    "miri",
];
/// Of these, what a profile in a manifest or an option may change.
const KEYS_OF_THE_PROFILE: [&str; 3] = ["debug_assertions", "overflow_checks", "panic"];

/// Whether something is compiled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answer {
    Yes,
    No,
    /// A build script, a compiler's flag or a profile decides.
    Unknown,
}

/// What holds for one package. Code is judged as it is compiled for use: `test` does not hold.
#[derive(Debug, Clone, Default)]
pub(crate) struct Conditions {
    /// Whether it does all the same.
    test: bool,
    /// `unix`, and `target_os="linux"`.
    set: BTreeSet<(String, Option<String>)>,
    features: BTreeSet<String>,
    open: Open,
}

/// What is not known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Open {
    /// Everything: no `cfg` is looked at, as cargo-mutants has it.
    #[default]
    Everything,
    /// What rustc does not know, since a build script or a configuration file may set it.
    Foreign {
        /// And what a profile may change.
        profile: bool,
    },
    /// Nothing.
    Nothing {
        /// Apart from what a profile may change.
        profile: bool,
    },
}

/// What rustc says of a target, and what the environment adds; the same for every package.
#[derive(Debug, Clone)]
pub(crate) struct Surroundings {
    set: BTreeSet<(String, Option<String>)>,
    profile: bool,
    flags: bool,
}

impl Surroundings {
    /// Asks rustc, in the workspace's folder, since that may choose the toolchain.
    pub(crate) fn ask(
        workspace: &Workspace,
        target: Option<&str>,
        profile: Option<&str>,
    ) -> Result<Surroundings, Error> {
        let flags = std::env::var("RUSTFLAGS").unwrap_or_default();
        let target = target.iter().flat_map(|it| ["--target", it]);
        let arguments: Vec<_> = target.chain(flags.split_whitespace()).collect();
        let set = printed(workspace.root(), &arguments)?;
        let contains = |file: &str, word: &str| {
            let read =
                |folder: &Path| std::fs::read_to_string(folder.join(file)).unwrap_or_default();
            workspace.root().ancestors().any(|folder| read(folder).contains(word))
        };
        Ok(Surroundings {
            set,
            profile: profile.is_some()
                || contains("Cargo.toml", "debug-assertions")
                || contains("Cargo.toml", "overflow-checks"),
            flags: std::env::vars_os().any(|(name, _)| sets_flags(&name.to_string_lossy()))
                || Settings::around(workspace.root())
                    .texts()
                    .any(|(_, text)| text.contains("flags")),
        })
    }

    /// What holds for a package with these features.
    pub(crate) fn of(&self, package: &Package, features: BTreeSet<String>) -> Conditions {
        let profile = self.profile;
        let open = match self.flags || package.has_build_script() {
            true => Open::Foreign { profile },
            false => Open::Nothing { profile },
        };
        Conditions { test: false, set: self.set.clone(), features, open }
    }
}

/// Whether a variable hands on flags to rustc that it was not asked about. `RUSTFLAGS` itself is told to it.
fn sets_flags(variable: &str) -> bool {
    let is_target = variable.starts_with("CARGO_TARGET_") && variable.ends_with("_RUSTFLAGS");
    is_target || ["CARGO_ENCODED_RUSTFLAGS", "CARGO_BUILD_RUSTFLAGS"].contains(&variable)
}

/// Whether a section of cargo's settings such as `cfg(unix)` may be for this machine's own programs.
pub(crate) fn may_hold(workspace: &Workspace, section: &str) -> Result<bool, Error> {
    let condition = |input: ParseStream<'_>| attributes::condition(input);
    let inside = section.strip_prefix("cfg(").and_then(|it| it.strip_suffix(')'));
    let parsed = inside.and_then(|it| syn::parse::Parser::parse_str(condition, it).ok());
    let Some(parsed) = parsed else { return Ok(false) };
    let set = Surroundings::ask(workspace, None, None)?.set;
    let open = Open::Foreign { profile: true };
    let conditions = Conditions { test: false, set, features: BTreeSet::new(), open };
    Ok(conditions.ask(&parsed) != Answer::No)
}

/// What rustc prints in this folder, with these arguments.
fn printed(folder: &Path, arguments: &[&str]) -> Result<BTreeSet<(String, Option<String>)>, Error> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let mut command = Command::new(&rustc);
    command.args(["--print", "cfg"]).args(arguments).current_dir(folder);
    let output = command.output().map_err(|error| cannot_run(&rustc, &error))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).lines().map(line).collect());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let message = format!("rustc does not say which `cfg` hold:\n{}", said.trim_end());
    Err(Error::new(ErrorKind::Usage, message))
}

/// `unix`, or `target_os="linux"`.
fn line(line: &str) -> (String, Option<String>) {
    match line.split_once('=') {
        Some((key, value)) => (key.to_owned(), Some(value.trim_matches('"').to_owned())),
        None => (line.to_owned(), None),
    }
}

impl Conditions {
    /// What holds for a live file, which is no package and is compiled with flags of Segue's own.
    pub(super) fn of_live_file() -> Result<Conditions, Error> {
        let set = printed(Path::new("."), &["-Cdebug-assertions=no"])?;
        let open = Open::Nothing { profile: false };
        Ok(Conditions { test: false, set, features: BTreeSet::new(), open })
    }

    /// The same with `test`: for the tests themselves.
    pub(super) fn with_test(self) -> Conditions {
        Conditions { test: true, ..self }
    }

    /// These hold, and nothing else.
    #[cfg(test)]
    pub(super) fn for_tests(set: &[&str], features: BTreeSet<String>) -> Conditions {
        let set = set.iter().map(|text| line(text)).collect();
        Conditions { test: false, set, features, open: Open::Nothing { profile: false } }
    }

    /// Whether a condition holds. What is not written as one holds for all we know.
    pub(super) fn ask(&self, condition: &Meta) -> Answer {
        match condition {
            Meta::List(list) => {
                let Ok(parts) = list.parse_args_with(|input: ParseStream<'_>| {
                    input.parse_terminated(attributes::condition, Token![,])
                }) else {
                    return Answer::Unknown;
                };
                let answers: Vec<_> = parts.iter().map(|part| self.ask(part)).collect();
                if list.path.is_ident("all") {
                    all(&answers)
                } else if list.path.is_ident("any") {
                    not(all(&answers.into_iter().map(not).collect::<Vec<_>>()))
                } else if list.path.is_ident("not") {
                    answers.first().copied().map_or(Answer::Unknown, not)
                } else {
                    Answer::Unknown
                }
            }
            Meta::Path(path) => match path.get_ident() {
                Some(key) => self.holds(&key.to_string(), None),
                None => Answer::Unknown,
            },
            Meta::NameValue(pair) => match (pair.path.get_ident(), &pair.value) {
                (Some(key), Expr::Lit(value)) => match &value.lit {
                    Lit::Str(value) => self.holds(&key.to_string(), Some(value.value())),
                    _ => Answer::Unknown,
                },
                _ => Answer::Unknown,
            },
        }
    }

    /// Whether a feature that a target requires may be on. One of a dependency may.
    pub(super) fn has(&self, feature: &str) -> bool {
        self.open == Open::Everything || feature.contains('/') || self.features.contains(feature)
    }

    fn holds(&self, key: &str, value: Option<String>) -> Answer {
        let decided = |holds| if holds { Answer::Yes } else { Answer::No };
        match (self.open, key, &value) {
            (Open::Everything, _, _) => return Answer::Unknown,
            (_, "test", None) => return decided(self.test),
            (_, "true", None) => return Answer::Yes,
            (_, "false", None) => return Answer::No,
            (_, "feature", Some(feature)) => return decided(self.features.contains(feature)),
            _ => {}
        }
        let (Open::Foreign { profile } | Open::Nothing { profile }) = self.open else {
            return Answer::Unknown;
        };
        if profile && KEYS_OF_THE_PROFILE.contains(&key) {
            return Answer::Unknown;
        }
        if self.set.contains(&(key.to_owned(), value)) {
            return Answer::Yes;
        }
        let is_rustcs = key.starts_with("target_") || KEYS_OF_RUSTC.contains(&key);
        match self.open {
            Open::Foreign { .. } if !is_rustcs => Answer::Unknown,
            _ => Answer::No,
        }
    }
}

fn all(answers: &[Answer]) -> Answer {
    if answers.contains(&Answer::No) {
        Answer::No
    } else if answers.contains(&Answer::Unknown) {
        Answer::Unknown
    } else {
        Answer::Yes
    }
}

fn not(answer: Answer) -> Answer {
    match answer {
        Answer::Yes => Answer::No,
        Answer::No => Answer::Yes,
        Answer::Unknown => Answer::Unknown,
    }
}
