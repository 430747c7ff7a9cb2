//! cargo, run in the copy, and what it says.
//!
//! Workspace members are compiled through a wrapper (`RUSTC_WORKSPACE_WRAPPER`) that adds what we need: lints are
//! capped, since what is put in would break many of them, and objects are linked into what is run. So the user's own
//! flags stay what they are, and dependencies are compiled without ours. A wrapper of the user's own is called by ours.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use serde::Deserialize;

use super::copy::Copy;
use super::{BuildOptions, process, script, targets};
use crate::workspace::Settings;
use crate::{Error, ErrorKind, Package, Workspace};

/// Variables that name a wrapper around rustc for workspace members, and rustdoc: before what cargo's settings name.
const WRAPPERS: [&str; 2] = ["RUSTC_WORKSPACE_WRAPPER", "CARGO_BUILD_RUSTC_WORKSPACE_WRAPPER"];
const RUSTDOCS: [&str; 2] = ["RUSTDOC", "CARGO_BUILD_RUSTDOC"];

/// cargo with everything that stays the same between its runs.
#[derive(Debug)]
pub(super) struct Cargo {
    program: OsString,
    tree: PathBuf,
    build: PathBuf,
    wrapper: PathBuf,
    arguments: Vec<String>,
    /// Which test binaries are built.
    targets: Vec<String>,
    /// In place of rustdoc.
    documenter: PathBuf,
    /// What compilers write on the way.
    temporary: PathBuf,
    stop: Arc<AtomicBool>,
}

/// What came of one run.
#[derive(Debug, Default)]
pub(super) struct Said {
    /// Whether all was built.
    pub(super) success: bool,
    /// What rustc said, in order.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// The executables, with their targets.
    pub(super) executables: Vec<Artifact>,
    /// What cargo itself said.
    pub(super) stderr: String,
    /// What it printed besides: what the tests' harness says.
    pub(super) stdout: String,
}

#[derive(Deserialize)]
#[serde(tag = "reason")]
enum Message {
    #[serde(rename = "compiler-message")]
    Said { message: Diagnostic },
    #[serde(rename = "compiler-artifact")]
    Built(Artifact),
    #[serde(other)]
    Other,
}

/// A thing that cargo built.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Artifact {
    pub(super) package_id: String,
    pub(super) target: ArtifactTarget,
    pub(super) executable: Option<PathBuf>,
}

/// Its target.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct ArtifactTarget {
    pub(super) name: String,
    pub(super) kind: Vec<String>,
}

/// One of rustc's messages.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Diagnostic {
    pub(super) message: String,
    pub(super) code: Option<Code>,
    pub(super) level: String,
    pub(super) spans: Vec<DiagnosticSpan>,
    #[serde(default)]
    pub(super) children: Vec<Diagnostic>,
    pub(super) rendered: Option<String>,
}

/// An error's number, or a lint's name.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Code {
    pub(super) code: String,
}

/// A place that a message speaks of.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct DiagnosticSpan {
    pub(super) file_name: PathBuf,
    pub(super) byte_start: usize,
    pub(super) byte_end: usize,
    pub(super) is_primary: bool,
    pub(super) expansion: Option<Box<Expansion>>,
}

/// The macro call that a place came from.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Expansion {
    pub(super) span: DiagnosticSpan,
}

impl Cargo {
    /// cargo for a copy of the workspace.
    pub(super) fn new(
        copy: &Copy,
        workspace: &Workspace,
        packages: &[&Package],
        options: &BuildOptions,
    ) -> Result<Cargo, Error> {
        let mut arguments = options.features.arguments();
        for package in packages {
            // By name alone it may be one of its own dependencies, too.
            arguments.push(format!("--package={}@{}", package.name, package.version));
        }
        if let Some(profile) = &options.profile {
            arguments.push(format!("--profile={profile}"));
        }
        if let Some(jobs) = options.jobs {
            arguments.push(format!("--jobs={jobs}"));
        }
        arguments.extend(options.cargo_arguments.iter().cloned());
        let settings = Settings::around(&copy.original);
        let named = |name: &str| std::env::var_os(name);
        let around = settings.program("rustc-workspace-wrapper", &WRAPPERS, named);
        let rustdoc = settings.program("rustdoc", &RUSTDOCS, named);
        Ok(Cargo {
            program: crate::workspace::cargo(),
            tree: copy.tree.clone(),
            build: copy.build.clone(),
            wrapper: script::wrapper(copy, &options.objects, options.opt_level, around.as_deref())?,
            arguments,
            targets: targets::arguments(workspace, packages, options),
            documenter: script::documenter(copy, &options.objects, rustdoc.as_deref())?,
            temporary: temporary(copy),
            stop: Arc::clone(&options.stop),
        })
    }

    /// Has another flag end it from now on.
    pub(super) fn stop_by(&mut self, stop: &Arc<AtomicBool>) {
        self.stop = Arc::clone(stop);
    }

    /// Of all test binaries, has those of these integration tests built from now on.
    pub(super) fn only(&mut self, tests: &BTreeSet<&str>) {
        self.targets = targets::named(tests.iter().copied());
    }

    fn command(&self, name: &str) -> Command {
        let mut command = Command::new(&self.program);
        command
            .arg(name)
            .args(&self.arguments)
            .current_dir(&self.tree)
            .env("CARGO_TARGET_DIR", &self.build)
            .env("CARGO_BUILD_BUILD_DIR", &self.build)
            .env("RUSTC_WORKSPACE_WRAPPER", &self.wrapper)
            .env("CARGO_TERM_COLOR", "never")
            .env_remove("CARGO_BUILD_TARGET_DIR")
            .stdin(Stdio::null());
        command
    }

    /// Builds everything that is run, with as many of rustc's errors as can be had at once.
    pub(super) fn build(&self, has_profile: bool) -> Result<Said, Error> {
        let mut command = self.command("build");
        command.args(&self.targets).args(["--keep-going", "--message-format=json"]);
        if !has_profile {
            command.arg("--profile=test");
        }
        self.run(command)
    }

    /// Has cargo run every test binary with a runner of ours.
    pub(super) fn run_with(
        &self,
        runner: &Path,
        host: &str,
        doctests: bool,
    ) -> Result<Said, Error> {
        let mut command = self.command("test");
        command.args(["--no-fail-fast", "--message-format=json"]);
        if doctests {
            command.arg("--doc").env("RUSTDOC", &self.documenter);
        } else {
            command.args(&self.targets);
        }
        let variable = runner_of(host);
        // Seen from the tree, beside which it is: cargo takes what stands behind a space for an argument.
        let runner = Path::new("..").join(runner.file_name().unwrap_or_default());
        command.env(variable, runner);
        self.run(command)
    }

    /// What cargo keeps of a compiler is of one wrapper only: where two copies are built in turns, it would ask the compiler three
    /// times whenever the other copy's turn comes. It looks whether it is still true; where it is not, or cannot be kept, it asks.
    fn recall_compiler(&self) {
        take_over(&self.kept_compiler(), &self.build.join(OF_THE_COMPILER));
    }

    fn keep_compiler(&self) {
        take_over(&self.build.join(OF_THE_COMPILER), &self.kept_compiler());
    }

    /// Beside the wrapper, and called after it.
    fn kept_compiler(&self) -> PathBuf {
        self.wrapper.with_extension("json")
    }

    fn run(&self, mut command: Command) -> Result<Said, Error> {
        let program = PathBuf::from(command.get_program());
        std::fs::create_dir_all(&self.temporary)
            .map_err(Error::file("make the folder", &self.temporary))?;
        let run = Running::begin();
        self.recall_compiler();
        // Of this run only: another may go on beside it.
        let temporary = tempfile::tempdir_in(&self.temporary)
            .map_err(Error::file("make a folder in", &self.temporary))?;
        command.env("TMPDIR", temporary.path());
        let output = process::output(command, &self.stop);
        // What was found out while another copy was built as well may be that one's.
        if run.was_alone() {
            self.keep_compiler();
        }
        // A compiler that was ended leaves its files.
        drop(temporary);
        let output = output.map_err(|error| {
            Error::new(ErrorKind::Machine, format!("cannot run {}: {error}", program.display()))
        })?;
        match output {
            Some(output) => Ok(read(&output)),
            None => Err(Error::new(ErrorKind::Interrupted, "interrupted while building")),
        }
    }
}

/// Where compilers write on the way, a folder for each run of cargo.
fn temporary(copy: &Copy) -> PathBuf {
    copy.root.join("temporary")
}

/// Removes what a run left on the way that was killed. No other may go on.
pub(super) fn remove_temporary(copy: &Copy) {
    let _ = std::fs::remove_dir_all(temporary(copy));
}

/// How many runs of cargo go on in this process, and how many have begun.
static RUNNING: AtomicU64 = AtomicU64::new(0);
static BEGUN: AtomicU64 = AtomicU64::new(0);

/// A run of cargo.
struct Running {
    is_first: bool,
    number: u64,
}

impl Running {
    fn begin() -> Running {
        let is_first = RUNNING.fetch_add(1, Ordering::Relaxed) == 0;
        Running { is_first, number: BEGUN.fetch_add(1, Ordering::Relaxed) + 1 }
    }

    /// Whether no other went on when it began, or has begun since.
    fn was_alone(&self) -> bool {
        self.is_first && BEGUN.load(Ordering::Relaxed) == self.number
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        RUNNING.fetch_sub(1, Ordering::Relaxed);
    }
}

/// What cargo has found out of a compiler, in its target folder.
const OF_THE_COMPILER: &str = ".rustc_info.json";

/// Makes a file what another is, where it can be read; it is not touched where it is that already.
fn take_over(from: &Path, to: &Path) {
    let Ok(text) = std::fs::read(from) else { return };
    if std::fs::read(to).is_ok_and(|old| old == text) {
        return;
    }
    // cargo takes a file that cannot be understood for none.
    let _ = std::fs::write(to, text);
}

fn read(output: &Output) -> Said {
    let mut said = Said {
        success: output.status.success(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        ..Said::default()
    };
    for line in
        output.stdout.split(|byte| *byte == b'\n').filter(|line| line.first() == Some(&b'{'))
    {
        match serde_json::from_slice(line) {
            Ok(Message::Said { message }) => said.diagnostics.push(message),
            Ok(Message::Built(artifact)) if artifact.executable.is_some() => {
                said.executables.push(artifact)
            }
            // A test's own output may look like a message.
            Ok(_) | Err(_) => {}
        }
    }
    said.stdout = String::from_utf8_lossy(&output.stdout).into_owned();
    said
}

/// The variable that names the runner of programs for a target.
pub(super) fn runner_of(host: &str) -> String {
    format!("CARGO_TARGET_{}_RUNNER", host.to_uppercase().replace('-', "_"))
}

/// The machine's own target, as rustc calls it: it is asked once.
pub(super) fn host() -> Result<String, Error> {
    static HOST: OnceLock<String> = OnceLock::new();
    if let Some(host) = HOST.get() {
        return Ok(host.clone());
    }
    let host = asked_host()?;
    Ok(HOST.get_or_init(|| host).clone())
}

fn asked_host() -> Result<String, Error> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let failed = |why: String| {
        Error::new(
            ErrorKind::Machine,
            format!("cannot ask {} for its host: {why}", rustc.display()),
        )
    };
    let output =
        Command::new(&rustc).arg("-vV").output().map_err(|error| failed(error.to_string()))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let host = text.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).ok_or_else(|| failed("it names none".into()))
}

#[cfg(test)]
mod tests;
