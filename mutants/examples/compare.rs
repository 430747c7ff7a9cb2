//! Compares what is discovered in cargo packages with what an installed cargo-mutants lists:
//!
//! `cargo run -p segue-mutants --example compare -- PATH_OF_CARGO_MUTANTS FOLDER...`
//!
//! Equal means: the same files, places, names and replacements in the same order. Code that is compiled out is
//! treated as cargo-mutants treats it; how much there is otherwise is printed too. What cargo-mutants lists
//! twice, since two targets have the file, is compared once.

use std::collections::HashSet;
use std::path::Path;
use std::process::ExitCode;

use segue_mutants::{CompiledOut, Config, Packages, Selection, Workspace, discover};

#[path = "../tests/operators/theirs.rs"]
mod theirs;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let Some(cargo_mutants) = arguments.next() else {
        eprintln!("give the path of cargo-mutants, then folders of packages");
        return ExitCode::from(2);
    };
    let mut code = ExitCode::SUCCESS;
    for folder in arguments {
        if let Err(said) = compare(&cargo_mutants, Path::new(&folder)) {
            code = ExitCode::FAILURE;
            println!("{folder}: {said}");
        }
    }
    code
}

fn compare(cargo_mutants: &str, folder: &Path) -> Result<(), String> {
    let mut theirs = theirs::lines(cargo_mutants, folder)?;
    let mut seen = HashSet::new();
    theirs.retain(|line| seen.insert(line.clone()));
    let workspace = Workspace::open(folder).map_err(|error| error.to_string())?;
    let config = Config::of(&workspace).map_err(|error| error.to_string())?;
    let all = Selection { packages: Packages::All, ..Selection::default() }.with(&config);
    let compiled = discover(&workspace, &all).map_err(|error| error.to_string())?;
    let selection = Selection { compiled_out: CompiledOut::Changed, ..all };
    let ours = discover(&workspace, &selection).map_err(|error| error.to_string())?;
    let ours: Vec<_> = ours.iter().map(theirs::line).collect();
    println!(
        "{}: {} mutants, {} where it is compiled",
        folder.display(),
        ours.len(),
        compiled.len()
    );
    if ours == theirs {
        return Ok(());
    }
    let only = |these: &[String], those: &[String]| -> Vec<String> {
        let those: HashSet<_> = those.iter().collect();
        these.iter().filter(|line| !those.contains(line)).take(10).cloned().collect()
    };
    let (here, there) = (only(&ours, &theirs), only(&theirs, &ours));
    Err(format!(
        "{} here, {} there; only here: {here:#?}; only there: {there:#?}",
        ours.len(),
        theirs.len()
    ))
}
