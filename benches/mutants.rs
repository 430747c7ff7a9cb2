//! Mutation testing of real crates: building all mutants and running them, beside cargo-mutants on the same copy.
//!
//! `cargo bench --bench mutants -- [CRATE...]`. Crates are fetched by name from the registry. cargo-mutants is found as
//! `cargo-mutants` or by the variable CARGO_MUTANTS; without it, and with `--alone`, only our side is measured. Every
//! verdict is compared with its one; what differs is printed to standard error.

mod measure;

use std::error::Error;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use measure::{Outcome, figure};
use segue_mutants::report::{Results, Theirs, compare};
use tempfile::TempDir;

/// The crates of docs/mutants.md.
const CRATES: [(&str, &str); 7] = [
    ("roman", "0.2.2"),
    ("hex", "0.4.3"),
    ("itoa", "1.0.18"),
    ("semver", "1.0.28"),
    ("smallvec", "1.16.5"),
    ("textwrap", "0.16.4"),
    ("fastrand", "2.5.0"),
];

/// So many rounds of checking a build of all mutants may take, beside two builds of the package without any.
const CHECKS: f64 = 4.0;

/// Ours is run so often: the first builds everything, the others find dependencies built.
const REPEATS: usize = 3;

fn main() -> Outcome {
    let arguments: Vec<_> = std::env::args().skip(1).filter(|it| it != "--bench").collect();
    let alone = arguments.iter().any(|it| it == "--alone");
    let wanted = |name: &str| {
        let mut names = arguments.iter().filter(|it| !it.starts_with("--")).peekable();
        names.peek().is_none() || names.any(|it| it == name)
    };
    let theirs = if alone { None } else { cargo_mutants() };
    if theirs.is_none() {
        eprintln!(
            "no cargo-mutants: install it with `cargo install cargo-mutants`, or name it in CARGO_MUTANTS"
        );
    }
    for (name, version) in CRATES.into_iter().filter(|(name, _)| wanted(name)) {
        let folder = tempfile::tempdir()?;
        match fetch(name, version, &folder) {
            Ok(package) => measure_crate(name, &package, folder.path(), theirs.as_ref())?,
            Err(error) => eprintln!("{name} {version} is left out: {error}"),
        }
    }
    Ok(())
}

/// Fetches a crate with cargo, and copies its text to where it can be built.
fn fetch(name: &str, version: &str, folder: &TempDir) -> Result<PathBuf, Box<dyn Error>> {
    let user = folder.path().join("user");
    fs::create_dir_all(user.join("src"))?;
    fs::write(user.join("src/lib.rs"), "")?;
    let manifest = format!(
        "[package]\nname = \"user\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[workspace]\n[dependencies]\n{name} = \"={version}\"\n"
    );
    fs::write(user.join("Cargo.toml"), manifest)?;
    let output = Command::new("cargo")
        .args(["metadata", "--format-version", "1"])
        .current_dir(&user)
        .output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).trim().to_owned().into());
    }
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout)?;
    let packages = metadata["packages"].as_array().into_iter().flatten();
    let found = packages.into_iter().find(|it| it["name"] == name && it["version"] == version);
    let manifest = found
        .and_then(|it| it["manifest_path"].as_str())
        .ok_or("cargo does not say where it is")?;
    let from = Path::new(manifest).parent().ok_or("it has no folder")?;
    let to = folder.path().join(name);
    copy(from, &to)?;
    Ok(to)
}

fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

fn cargo_mutants() -> Option<OsString> {
    let program = std::env::var_os("CARGO_MUTANTS").unwrap_or_else(|| "cargo-mutants".into());
    let ran = Command::new(&program).args(["mutants", "--version"]).stdout(Stdio::null()).status();
    ran.is_ok_and(|it| it.success()).then_some(program)
}

fn measure_crate(name: &str, package: &Path, folder: &Path, theirs: Option<&OsString>) -> Outcome {
    let out = folder.join("ours");
    let (mut whole, mut build, mut run) = (vec![], vec![], vec![]);
    let (mut each, mut of_each_mutant) = (vec![], vec![]);
    let mut last: Option<Results> = None;
    let mut changed = 0;
    for _ in 0..REPEATS {
        let began = Instant::now();
        let mut command = Command::new(env!("CARGO_BIN_EXE_segue"));
        command
            .args(["mutants", "--fresh", "--quiet", "--no-color", "--output"])
            .arg(&out)
            .current_dir(package);
        let status = command.stdout(Stdio::null()).status()?;
        if !matches!(status.code(), Some(0 | 2 | 3)) {
            eprintln!("{name} is left out: segue mutants ended with {status}");
            return Ok(());
        }
        whole.push(began.elapsed().as_secs_f64());
        let results = Results::read(&out)?;
        build.push(results.times.build.as_secs_f64());
        run.push((results.times.baseline + results.times.run).as_secs_f64());
        let runs = results.outcomes.iter().filter(|it| it.tests_run > 0);
        of_each_mutant.extend(runs.map(|it| it.duration.as_secs_f64() * 1e3 / it.tests_run as f64));
        each.extend(results.outcomes.iter().flat_map(|it| &it.took).map(|it| *it as f64 / 1e3));
        let verdicts = |of: &Results| of.judged().map(|it| it.verdict).collect::<Vec<_>>();
        changed += last.as_ref().map_or(0, |last| {
            verdicts(last)
                .iter()
                .zip(verdicts(&results))
                .filter(|(one, other)| *one != other)
                .count()
        });
        last = Some(results);
    }
    let Some(results) = last else { return Ok(()) };
    let counts = results.counts();
    figure(&format!("mutants.{name}.count"), "mutants", &[results.mutants.len() as f64]);
    figure(&format!("mutants.{name}.build_and_run"), "s", &whole);
    figure(&format!("mutants.{name}.build"), "s", &build);
    figure(&format!("mutants.{name}.run"), "s", &run);
    figure(&format!("mutants.{name}.each_test"), "ms", &each);
    figure(&format!("mutants.{name}.each_test.mean_of_a_mutant"), "ms", &of_each_mutant);
    figure(&format!("mutants.{name}.changed_between_repeats"), "mutants", &[changed as f64]);
    let viable = counts.caught + counts.missed + counts.timeout + counts.not_judged;
    let fast = (counts.slot + counts.selector) as f64 / viable.max(1) as f64;
    figure(&format!("mutants.{name}.slot_or_selector"), "share", &[fast]);
    figure_of_one_build(name, package, folder, &build)?;
    match theirs {
        Some(program) => beside(name, package, folder, program, &results, &whole),
        None => Ok(()),
    }
}

/// What the package takes without mutants, its dependencies built: a build of its tests, its documentation examples (which cargo
/// runs as well) and a check; and how much of what it may take all mutants take to build.
fn figure_of_one_build(name: &str, package: &Path, folder: &Path, build: &[f64]) -> Outcome {
    let cargo = |arguments: &[&str]| -> Result<f64, Box<dyn Error>> {
        let began = Instant::now();
        let mut command = Command::new("cargo");
        command.args(arguments).arg("--quiet").current_dir(package);
        command.env("CARGO_TARGET_DIR", folder.join("plain"));
        let output = command.output()?;
        let words = arguments.join(" ");
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            return Err(format!("cargo {words}: {}", said.trim()).into());
        }
        Ok(began.elapsed().as_secs_f64())
    };
    let (mut one, mut examples, mut check) = (vec![], vec![], vec![]);
    for _ in 0..=REPEATS {
        cargo(&["clean", "--package", name])?;
        one.push(cargo(&["test", "--no-run"])?);
        // Without a library there are none.
        examples.push(cargo(&["test", "--doc"]).unwrap_or(0.0));
        check.push(cargo(&["check", "--tests"])?);
    }
    // The first builds dependencies.
    for of in [&mut one, &mut examples, &mut check] {
        of.remove(0);
    }
    figure(&format!("mutants.{name}.one_build"), "s", &one);
    figure(&format!("mutants.{name}.one_build.examples"), "s", &examples);
    figure(&format!("mutants.{name}.one_check"), "s", &check);
    let limits = one.iter().zip(&examples).zip(&check);
    let limits = limits.map(|((one, examples), check)| 2.0 * (one + examples) + CHECKS * check);
    // Ours, too, built dependencies first.
    let pairs = build.iter().zip(limits).skip(1);
    let shares: Vec<f64> = pairs.map(|(build, limit)| build / limit).collect();
    figure(&format!("mutants.{name}.build/(2_builds+4_checks)"), "ratio", &shares);
    Ok(())
}

/// cargo-mutants on the same text, and what it says otherwise.
fn beside(
    name: &str,
    package: &Path,
    folder: &Path,
    program: &OsString,
    ours: &Results,
    whole: &[f64],
) -> Outcome {
    let out = folder.join("theirs");
    let began = Instant::now();
    let mut command = Command::new(program);
    command.args(["mutants", "--colors=never", "--output"]).arg(&out).current_dir(package);
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status()?;
    let took = began.elapsed().as_secs_f64();
    if !matches!(status.code(), Some(0 | 2 | 3)) {
        eprintln!("{name}: cargo-mutants ended with {status}");
        return Ok(());
    }
    figure(&format!("mutants.{name}.cargo_mutants"), "s", &[took]);
    let ratios: Vec<_> = whole.iter().map(|it| took / it).collect();
    figure(&format!("mutants.{name}.cargo_mutants/build_and_run"), "ratio", &ratios);
    let comparison = compare(ours, Theirs::read(&out)?);
    figure(&format!("mutants.{name}.compared"), "mutants", &[comparison.both as f64]);
    figure(&format!("mutants.{name}.agreement"), "share", &[comparison.agreement()]);
    let lists = [
        ("differs", &comparison.differences),
        ("not judged", &comparison.not_judged),
        ("only segue", &comparison.only_ours),
        ("only cargo-mutants", &comparison.only_theirs),
    ];
    for (word, lines) in lists {
        lines.iter().for_each(|line| eprintln!("{name}: {word}: {line}"));
    }
    Ok(())
}
