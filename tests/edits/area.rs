//! Runs an area: this program once more as a child, which says before each case which one it is.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    process::{Command, Stdio},
};

use segue::runtime::compiler::Rustc;

use crate::{
    case::{self, Case},
    check::{self, Mode},
    generated,
};

/// The area whose cases are made up and not read.
pub(crate) const GENERATED: &str = "generated";

/// What the child is told: the area, and how many of its cases to leave out.
const AREA: &str = "SEGUE_EDITS_AREA";
const SKIP: &str = "SEGUE_EDITS_SKIP";

/// What the child says, each at the start of a line.
const BEGINS: &str = "@begins ";
const FAILS: &str = "@fails ";
const ENDS: &str = "@ends";

/// Runs all cases of `area`, and fails with the names and problems of those that do not hold.
pub(crate) fn run(area: &str) {
    let mut problems = Vec::new();
    let mut done = 0;
    loop {
        let child = Command::new("/proc/self/exe")
            .args(["--exact", "in_a_process_of_its_own", "--nocapture", "--test-threads=1"])
            .env(AREA, area)
            .env(SKIP, done.to_string())
            .stdin(Stdio::null())
            .output()
            .expect("this program can be started");
        let told = String::from_utf8_lossy(&child.stdout);
        let begun: Vec<&str> = told.lines().filter_map(|line| line.strip_prefix(BEGINS)).collect();
        let failed = told.lines().filter_map(|line| line.strip_prefix(FAILS));
        problems.extend(failed.map(|text| text.replace('\t', "\n    ")));
        done += begun.len();
        if told.lines().any(|line| line == ENDS) {
            break;
        }
        let errors = String::from_utf8_lossy(&child.stderr);
        let Some(last) = begun.last() else { panic!("no case began: {}\n{errors}", child.status) };
        problems.push(format!("{last}: the process ended with {}\n{errors}", child.status));
    }
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems.join("\n"));
}

/// The other side: does nothing unless [`run`] started it.
pub(crate) fn child() {
    let Ok(area) = std::env::var(AREA) else { return };
    let skip = std::env::var(SKIP).ok().and_then(|number| number.parse().ok()).unwrap_or(0);
    let update = std::env::var_os("SEGUE_UPDATE_CASES").is_some();
    let is_generated = area == GENERATED;
    let mode = match update {
        _ if is_generated => Mode::Free,
        true => Mode::Update,
        false => Mode::Check,
    };
    let only = std::env::var("SEGUE_CASE").unwrap_or_default();
    let rustc = Rustc::find().expect("rustc is on the machine");
    println!();
    let cases = if is_generated { generated::cases() } else { case::cases(&area) };
    for mut case in cases.into_iter().skip(skip) {
        println!("{BEGINS}{}", case.name);
        if !case.name.contains(&only) {
            continue;
        }
        let ran = catch_unwind(AssertUnwindSafe(|| check::run(&mut case, &rustc, mode)));
        let problems = ran.unwrap_or_else(|_| vec!["the runner panicked".to_owned()]);
        if !problems.is_empty() {
            let mut text = format!("{}: {}", case.name, problems.join("\n"));
            if is_generated {
                text.push_str(&format!("\n{}", case.write()));
            }
            println!("{FAILS}{}", text.replace('\n', "\t"));
        }
        if mode == Mode::Update {
            write(&case);
        }
    }
    println!("{ENDS}");
}

fn write(case: &Case) {
    let text = case.write();
    if std::fs::read_to_string(&case.path).ok().as_ref() != Some(&text) {
        std::fs::write(&case.path, text).expect("the case can be written");
    }
}
