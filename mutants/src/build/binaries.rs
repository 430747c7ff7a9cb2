//! The test binaries, and how cargo would run each: it is asked to, with a runner that only writes it down.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::cargo::{Artifact, Cargo, Said, runner_of};
use super::copy::Copy;
use super::{manifest, script};
use crate::{Error, ErrorKind, TestBinary, TestKind, Workspace};

/// The folders that the runner writes into: for tests, and for documentation examples, which may be built at the same time.
const SEEN: &str = "seen";
const SEEN_EXAMPLES: &str = "seen-examples";

/// One binary as the runner saw it.
#[derive(Debug)]
struct Seen {
    /// The runner's number.
    number: String,
    executable: PathBuf,
    directory: PathBuf,
    environment: BTreeMap<String, String>,
    /// A copy of it, where it is gone by now.
    kept: Option<PathBuf>,
    at: SystemTime,
}

/// The unit and integration tests, custom harnesses among them.
pub(super) fn collect(
    cargo: &Cargo,
    copy: &Copy,
    workspace: &Workspace,
    host: &str,
) -> Result<Vec<TestBinary>, Error> {
    let (said, binaries) = build_and_collect(cargo, copy, workspace, host)?;
    if !said.success {
        return Err(Error::new(
            ErrorKind::Internal,
            format!("cargo does not start the tests that it has built:\n{}", said.stderr),
        ));
    }
    Ok(binaries)
}

/// The same of tests that may have to be built before; what cargo says of that comes first. Where they cannot be built, there are none.
pub(super) fn build_and_collect(
    cargo: &Cargo,
    copy: &Copy,
    workspace: &Workspace,
    host: &str,
) -> Result<(Said, Vec<TestBinary>), Error> {
    let (said, seen) = observe(cargo, copy, host, false)?;
    let custom = custom_harnesses(workspace);
    let mut binaries = Vec::new();
    for seen in seen {
        let of = said
            .executables
            .iter()
            .find(|artifact| artifact.executable.as_deref() == Some(&seen.executable));
        let Some(artifact) = of else { continue };
        let Some(package) = workspace
            .packages()
            .iter()
            .find(|package| is_of(artifact, &package.name, &package.directory, copy))
        else {
            continue;
        };
        let kind = if custom.contains(&(
            package.name.clone(),
            list(artifact),
            artifact.target.name.clone(),
        )) {
            TestKind::Custom
        } else if list(artifact) == "test" {
            TestKind::Integration
        } else {
            TestKind::Unit
        };
        binaries.push(TestBinary {
            package: package.name.clone(),
            target: artifact.target.name.clone(),
            kind,
            path: relative(&seen.executable, &copy.root),
            directory: relative(&seen.directory, &copy.root),
            environment: seen.environment,
        });
    }
    let _ = fs::remove_dir_all(copy.beside(SEEN));
    binaries.sort_by(|a, b| (&a.package, a.kind, &a.target).cmp(&(&b.package, b.kind, &b.target)));
    Ok((said, binaries))
}

/// What documentation has of tests.
#[derive(Debug, Default)]
pub(super) struct Examples {
    /// Those that can be run.
    pub(super) binaries: Vec<TestBinary>,
    /// Those that fail before they are run.
    pub(super) refused: Vec<Refused>,
}

/// An example that does not compile, or compiles and should not.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Refused {
    pub(super) name: String,
    /// What rustdoc says of it.
    pub(super) said: String,
}

/// What rustdoc says of an example that it need not run to know that it fails.
const REFUSALS: [&str; 3] = [
    "Couldn't compile the test.",
    "Test compiled successfully, but it's marked `compile_fail`.",
    "Some expected error codes were not found: ",
];

/// Documentation tests. rustdoc compiles each into a binary and starts it, several at a time: the runner keeps the
/// binary, prints its number and fails, so that rustdoc says which name the number belongs to. One that should panic
/// has passed by that, and so has no number; its name is told by the function that rustdoc makes of it.
pub(super) fn doctests(
    cargo: &Cargo,
    copy: &Copy,
    workspace: &Workspace,
    host: &str,
) -> Result<Examples, Error> {
    let (said, seen) = observe(cargo, copy, host, true)?;
    let folder = copy.beside("doctests");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).map_err(Error::file("make the folder", &folder))?;
    let names = examples(&said.stdout);
    let mut binaries = Vec::new();
    for seen in seen {
        let Some(kept) = seen.kept else { continue };
        let of = |package: &&crate::Package| {
            clean(&copy.tree.join(&package.directory)) == seen.directory
        };
        let Some(package) = workspace.packages().iter().find(of) else { continue };
        let (kind, name) = match names.get(&seen.number) {
            Some(name) => (TestKind::Doctest, name.clone()),
            None => {
                let bytes = fs::read(&kept).map_err(Error::file("read", &kept))?;
                let mut passed = said.stdout.lines().filter_map(passed);
                let name = passed.find(|name| is_made_of(&bytes, name)).map(str::to_owned);
                (TestKind::PanickingDoctest, name)
            }
        };
        binaries.push(TestBinary {
            package: package.name.clone(),
            // Examples that are compiled together have no name of their own.
            target: name.unwrap_or_else(|| "documentation".to_owned()),
            kind,
            path: kept,
            directory: relative(&seen.directory, &copy.root),
            environment: seen.environment,
        });
    }
    // By file and line, not by which of them rustdoc was through with first.
    binaries.sort_by(|a, b| (&a.package, place(&a.target)).cmp(&(&b.package, place(&b.target))));
    for (index, binary) in binaries.iter_mut().enumerate() {
        let path = folder.join(index.to_string());
        fs::rename(&binary.path, &path).map_err(Error::file("move", &binary.path))?;
        binary.path = relative(&path, &copy.root);
    }
    let _ = fs::remove_dir_all(copy.beside(SEEN_EXAMPLES));
    Ok(Examples { binaries, refused: refused(&said.stdout) })
}

/// The name of an example that passed, and was run: those that are only compiled say so.
fn passed(line: &str) -> Option<&str> {
    let name = line.strip_prefix("test ")?.strip_suffix(" ... ok")?;
    (!name.contains(" - compile")).then_some(name)
}

/// Whether a binary was made of an example: rustdoc puts it into a function that is called after its file and line.
fn is_made_of(binary: &[u8], name: &str) -> bool {
    let (file, line, _) = place(name);
    let file: String =
        file.chars().map(|it| if it.is_ascii_alphanumeric() { it } else { '_' }).collect();
    let function = format!("_doctest_main_{file}_{line}_");
    binary.windows(function.len()).any(|window| window == function.as_bytes())
}

/// The examples that failed before they were run, with what is said of each.
fn refused(said: &str) -> Vec<Refused> {
    let mut all = Vec::new();
    let mut failed: Option<Refused> = None;
    for line in said.lines() {
        if let Some(name) =
            line.strip_prefix("---- ").and_then(|it| it.strip_suffix(" stdout ----"))
        {
            failed = Some(Refused { name: name.to_owned(), said: String::new() });
        } else if let Some(refused) = &mut failed {
            refused.said.push_str(line);
            refused.said.push('\n');
            if REFUSALS.iter().any(|it| line.starts_with(it)) {
                all.extend(failed.take());
            }
        }
    }
    all
}

/// What each of the runner's numbers stands for: an example by its name, or several that were compiled together.
fn examples(said: &str) -> BTreeMap<String, Option<String>> {
    let mut names = BTreeMap::new();
    let mut failed: Option<&str> = None;
    for line in said.lines() {
        let heading = line.strip_prefix("---- ").and_then(|it| it.strip_suffix(" stdout ----"));
        if heading.is_some() {
            failed = heading;
        } else if let Some(number) = line.strip_prefix(script::NUMBER) {
            names.insert(number.to_owned(), failed.map(str::to_owned));
        } else if line.starts_with("test result: ") {
            failed = None;
        }
    }
    names
}

/// `src/lib.rs - path (line 12)`: file and line, then all of it.
fn place(name: &str) -> (&str, u32, &str) {
    let file = name.split(" - ").next().unwrap_or_default();
    let line = name.rsplit_once("(line ").and_then(|(_, rest)| rest.split(')').next());
    (file, line.and_then(|it| it.parse().ok()).unwrap_or_default(), name)
}

/// A folder as the system names it: links resolved, nothing behind it.
fn clean(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_path_buf())
}

/// Has cargo run the tests with the runner, and reads what that wrote.
fn observe(
    cargo: &Cargo,
    copy: &Copy,
    host: &str,
    doctests: bool,
) -> Result<(Said, Vec<Seen>), Error> {
    let into = copy.beside(if doctests { SEEN_EXAMPLES } else { SEEN });
    let _ = fs::remove_dir_all(&into);
    fs::create_dir_all(&into).map_err(Error::file("make the folder", &into))?;
    let runner = script::runner(copy, &into)?;
    let said = cargo.run_with(&runner, host, doctests)?;
    let mut seen = Vec::new();
    for entry in fs::read_dir(&into).map_err(Error::file("read", &into))?.flatten() {
        let path = entry.path();
        if path.extension().is_some_and(|extension| extension == "command") {
            seen.push(read(&path, copy, host)?);
        }
    }
    seen.sort_by_key(|seen| seen.at);
    Ok((said, seen))
}

fn read(command: &Path, copy: &Copy, host: &str) -> Result<Seen, Error> {
    let text = fs::read_to_string(command).map_err(Error::file("read", command))?;
    // The shell, the script, the binary and its arguments.
    let executable = text.lines().nth(2).unwrap_or_default();
    let directory = command.with_extension("directory");
    let folder = fs::read_to_string(&directory).map_err(Error::file("read", &directory))?;
    let environment = command.with_extension("environment");
    let bytes = fs::read(&environment).map_err(Error::file("read", &environment))?;
    let ours = [
        "TMPDIR",
        "CARGO_TARGET_DIR",
        "CARGO_BUILD_BUILD_DIR",
        "RUSTC_WORKSPACE_WRAPPER",
        "RUSTDOC",
        "CARGO_TERM_COLOR",
        &runner_of(host),
    ];
    let mut variables = BTreeMap::new();
    for pair in bytes.split(|byte| *byte == 0) {
        let pair = String::from_utf8_lossy(pair);
        let Some((name, value)) = pair.split_once('=') else { continue };
        let is_same = std::env::var_os(name).is_some_and(|old| old.as_bytes() == value.as_bytes());
        let is_shell = matches!(name, "_" | "PWD" | "OLDPWD" | "SHLVL");
        if !(is_same || is_shell || ours.contains(&name)) {
            variables.insert(name.to_owned(), value.to_owned());
        }
    }
    let absolute = copy.tree.join(executable);
    let binary = command.with_extension("binary");
    let at = fs::metadata(command).and_then(|metadata| metadata.modified());
    Ok(Seen {
        number: command.file_stem().unwrap_or_default().to_string_lossy().into_owned(),
        executable: absolute,
        directory: PathBuf::from(folder.trim_end_matches('\n')),
        environment: variables,
        kept: binary.exists().then_some(binary),
        at: at.map_err(Error::file("read", command))?,
    })
}

/// Whether something was built from this package of the copy: its id names the folder.
fn is_of(artifact: &Artifact, name: &str, directory: &Path, copy: &Copy) -> bool {
    let id = decoded(&artifact.package_id);
    let id = id.trim_start_matches("path+file://");
    let folder = copy.tree.join(directory);
    let folder = folder.to_string_lossy();
    let folder = folder.trim_end_matches('/');
    match id.split_once('#') {
        Some((of, rest)) => {
            of == folder && (!rest.contains('@') || rest.starts_with(&format!("{name}@")))
        }
        None => id.starts_with(&format!("{name} ")),
    }
}

/// The text that an address means: spaces and letters that are not ASCII stand in it as `%` and two digits for each byte.
fn decoded(address: &str) -> String {
    let mut bytes = Vec::new();
    let mut parts = address.split('%');
    bytes.extend_from_slice(parts.next().unwrap_or_default().as_bytes());
    for part in parts {
        match part.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                bytes.extend_from_slice(&part.as_bytes()[2..]);
            }
            None => {
                bytes.push(b'%');
                bytes.extend_from_slice(part.as_bytes());
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// What a target is called in a manifest: `test`, `bin`, `example`, `bench` or `lib`.
fn list(artifact: &Artifact) -> String {
    let kind = artifact.target.kind.first().map_or("", String::as_str);
    if ["test", "bin", "example", "bench"].contains(&kind) {
        kind.to_owned()
    } else {
        "lib".to_owned()
    }
}

/// Package, list and name of the targets with `harness = false`.
fn custom_harnesses(workspace: &Workspace) -> Vec<(String, String, String)> {
    let mut all = Vec::new();
    for package in workspace.packages() {
        let text = fs::read_to_string(&package.manifest).unwrap_or_default();
        for (list, name) in manifest::without_harness(&text) {
            let library = || {
                package
                    .targets
                    .iter()
                    .find(|target| target.is("lib"))
                    .map(|target| target.name.clone())
            };
            if let Some(name) = name.or_else(library) {
                all.push((package.name.clone(), list, name));
            }
        }
    }
    all
}

fn relative(path: &Path, root: &Path) -> PathBuf {
    path.strip_prefix(root).unwrap_or(path).to_path_buf()
}

#[cfg(test)]
mod tests;
