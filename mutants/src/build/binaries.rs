//! The test binaries, and how cargo would run each: it is asked to, with a runner that only writes it down.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use super::cargo::{Artifact, Cargo, Said};
use super::copy::Copy;
use super::{manifest, script};
use crate::{Error, ErrorKind, TestBinary, TestKind, Workspace};

/// One binary as the runner saw it.
struct Seen {
    executable: PathBuf,
    directory: PathBuf,
    environment: BTreeMap<String, String>,
}

/// The unit and integration tests, custom harnesses among them.
pub(super) fn collect(
    cargo: &Cargo,
    copy: &Copy,
    workspace: &Workspace,
    host: &str,
) -> Result<Vec<TestBinary>, Error> {
    let (said, seen) = observe(cargo, copy, host, false)?;
    if !said.success {
        return Err(Error::new(
            ErrorKind::Internal,
            format!("cargo does not start the tests that it has built:\n{}", said.stderr),
        ));
    }
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
    binaries.sort_by(|a, b| (&a.package, a.kind, &a.target).cmp(&(&b.package, b.kind, &b.target)));
    Ok(binaries)
}

/// Has cargo run the tests with the runner, and reads what that wrote.
fn observe(
    cargo: &Cargo,
    copy: &Copy,
    host: &str,
    doctests: bool,
) -> Result<(Said, Vec<Seen>), Error> {
    let into = copy.root.join("seen");
    let _ = fs::remove_dir_all(&into);
    fs::create_dir_all(&into).map_err(Error::file("make the folder", &into))?;
    let runner = script::runner(copy, &into)?;
    let said = cargo.run_with(&runner, host, doctests)?;
    let mut seen = Vec::new();
    for entry in fs::read_dir(&into).map_err(Error::file("read", &into))?.flatten() {
        let path = entry.path();
        if path.extension().is_some_and(|extension| extension == "command") {
            seen.push(read(&path, copy)?);
        }
    }
    let _ = fs::remove_dir_all(&into);
    Ok((said, seen))
}

fn read(command: &Path, copy: &Copy) -> Result<Seen, Error> {
    let text = fs::read_to_string(command).map_err(Error::file("read", command))?;
    // The shell, the script, the binary and its arguments.
    let executable = text.lines().nth(2).unwrap_or_default();
    let directory = command.with_extension("directory");
    let folder = fs::read_to_string(&directory).map_err(Error::file("read", &directory))?;
    let environment = command.with_extension("environment");
    let bytes = fs::read(&environment).map_err(Error::file("read", &environment))?;
    let ours = ["CARGO_TARGET_DIR", "RUSTC_WORKSPACE_WRAPPER", "CARGO_TERM_COLOR"];
    let mut variables = BTreeMap::new();
    for pair in bytes.split(|byte| *byte == 0) {
        let pair = String::from_utf8_lossy(pair);
        let Some((name, value)) = pair.split_once('=') else { continue };
        let is_same = std::env::var_os(name).is_some_and(|old| old.as_bytes() == value.as_bytes());
        let is_shell = matches!(name, "_" | "PWD" | "OLDPWD" | "SHLVL");
        if !(is_same || is_shell || ours.contains(&name) || name.ends_with("_RUNNER")) {
            variables.insert(name.to_owned(), value.to_owned());
        }
    }
    let absolute = copy.tree.join(executable);
    Ok(Seen {
        executable: absolute,
        directory: PathBuf::from(folder.trim_end_matches('\n')),
        environment: variables,
    })
}

/// Whether something was built from this package of the copy: its id names the folder.
fn is_of(artifact: &Artifact, name: &str, directory: &Path, copy: &Copy) -> bool {
    let id = artifact.package_id.trim_start_matches("path+file://");
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
