//! Running the cases of `cases.rs`, which says what they look like.
#![allow(
    dead_code,
    clippy::unwrap_used,
    reason = "a test; the oracle has this module too, and uses its own part of it"
)]

mod build;
mod case;
mod expression;

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

pub(crate) use case::Case;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases")
}

fn names(directory: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().file_name());
    let mut names: Vec<String> = entries.map(|name| name.into_string().unwrap()).collect();
    names.sort();
    names
}

/// The folders of cases.
pub(crate) fn areas() -> Vec<String> {
    names(&root())
}

/// All cases.
pub(crate) fn all() -> Vec<Case> {
    let of_area = |area: String| {
        let names = names(&root().join(&area)).into_iter();
        names.map(move |name| format!("{area}/{name}"))
    };
    let read = |name: String| {
        let text = std::fs::read_to_string(root().join(&name)).unwrap();
        Case::parse(&name, &text).unwrap()
    };
    areas().into_iter().flat_map(of_area).map(read).collect()
}

/// Runs the cases of a folder and fails with all that is wrong in any of them.
pub(crate) fn run_area(area: &str) {
    let wanted = std::env::var("SEGUE_CASE").unwrap_or_default();
    let update = std::env::var_os("SEGUE_UPDATE_CASES").is_some();
    let mut cases = names(&root().join(area));
    cases.retain(|name| format!("{area}/{name}").contains(&wanted));
    let (next, failures) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(name) = cases.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if let Err(failure) = run_file(&format!("{area}/{name}"), update) {
                        failures.lock().unwrap().push(failure);
                    }
                }
            });
        }
    });
    let mut failures = failures.into_inner().unwrap();
    failures.sort();
    let (failed, all) = (failures.len(), cases.len());
    assert!(failures.is_empty(), "{failed} of {all} cases:\n\n{}\n", failures.join("\n\n"));
}

fn run_file(name: &str, update: bool) -> Result<(), String> {
    let path = root().join(name);
    let text = std::fs::read_to_string(&path).map_err(|error| format!("{name}: {error}"))?;
    let mut case = Case::parse(name, &text)?;
    if update {
        case.update()?;
        if case.text() != text {
            std::fs::write(&path, case.text()).map_err(|error| format!("{name}: {error}"))?;
        }
    }
    case.run()
}
