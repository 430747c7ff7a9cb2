//! The examples in std's own documentation, as it comes with the toolchain: what they say of the library, the jit's
//! library has to keep. They assert themselves, so that no other answer is needed: an example runs to its end (or panics,
//! where it says so), or the jit refuses it, by name, with line and column.
//!
//! `pages.rs` reads them from the pages (nothing of them is kept here), `batch.rs` makes a program of many, since what
//! they use of the library is compiled once for all of them. `tests/cases/std/known` lists those that are refused, and
//! those that are not run, with the reason; it is of one version of rustc, and with the pages of another one a refusal is
//! no problem.
//!
//! Every eightieth is run; `SEGUE_STD_EXAMPLES=all` runs all, `SEGUE_STD_EXAMPLES=alloc/vec` those whose names
//! contain that, `SEGUE_STD_EXAMPLES=known` those of the list. `SEGUE_CASES_TABLE=1 cargo test --features jit --test rust std -- --nocapture` prints how many
//! run, per module; `SEGUE_UPDATE_CASES=1` writes into the list what was found of them.

mod batch;
mod known;
mod pages;

use std::{collections::BTreeMap, fmt::Write, path::PathBuf, process::Command};

use self::{
    batch::Outcome,
    known::{Known, Why},
    pages::Example,
};
use crate::compilers::{self, Way};

/// One in so many is run unless others are asked for. What stands beside another is much like it.
const EVERY: usize = 80;

/// What is found of each example.
type Outcomes<'a> = BTreeMap<&'a str, (&'a Example, Outcome)>;

/// Standard output of rustc.
fn rustc(arguments: &[&str]) -> String {
    let output = Command::new("rustc").args(arguments).output().expect("rustc is on the machine");
    String::from_utf8(output.stdout).expect("rustc writes UTF-8").trim().to_owned()
}

/// `1.95.0`
fn version() -> String {
    rustc(&["--version"]).split_whitespace().nth(1).unwrap_or_default().to_owned()
}

/// The examples that are asked for, and whether they are all; nothing where there is no documentation.
fn asked_for(known: &Known) -> Option<(Vec<Example>, bool)> {
    let pages = PathBuf::from(rustc(&["--print", "sysroot"])).join("share/doc/rust/html");
    if !pages.join("core").is_dir() {
        println!(
            "std's examples are passed over: run `rustup component add rust-docs` to have them"
        );
        return None;
    }
    let mut examples = pages::examples(&pages);
    let asked = std::env::var("SEGUE_STD_EXAMPLES").unwrap_or_default();
    // What relies on something that is not so would end the process, or never end.
    examples.retain(|it| !matches!(known.of(&it.name), Some(Why::Differs(_))));
    match asked.as_str() {
        "" => examples = examples.into_iter().skip(EVERY / 2).step_by(EVERY).collect(),
        "all" => {}
        "known" => examples.retain(|it| known.of(&it.name).is_some()),
        part => examples.retain(|it| it.name.contains(part)),
    }
    Some((examples, asked == "all"))
}

#[test]
fn examples_in_the_documentation_of_std_run_or_are_refused() {
    if compilers::asked_for().iter().all(|it| it.way != Way::Jit) {
        return;
    }
    let known = Known::read();
    let Some((examples, are_all)) = asked_for(&known) else { return };
    assert!(!examples.is_empty(), "SEGUE_STD_EXAMPLES names none");
    let is_same = known.version == version();
    let updates = std::env::var_os("SEGUE_UPDATE_CASES").is_some();
    let found = batch::run(&examples, |it| !updates && known.of(&it.name).is_some());
    if std::env::var_os("SEGUE_CASES_TABLE").is_some() {
        println!("{}", table(&found));
    }
    if updates {
        return known.update(&version(), &found, are_all);
    }
    let mut problems = known.problems(&found, is_same);
    if are_all && is_same {
        problems.extend(known.without(&found));
    }
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems.join("\n"));
}

/// Per module, how many run, are refused, and end otherwise.
fn table(found: &Outcomes) -> String {
    let mut modules: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    let mut told = String::new();
    for (name, (example, outcome)) in found {
        let column = match outcome {
            Outcome::Runs => 0,
            Outcome::Refused { .. } => 1,
            Outcome::Fails(_) => 2,
        };
        for module in [example.module(), "~ all"] {
            modules.entry(module).or_default()[column] += 1;
        }
        // Writing to a String cannot fail.
        let _ = match outcome {
            Outcome::Runs => Ok(()),
            Outcome::Refused { message, .. } => writeln!(told, "  refused: {name}: {message}"),
            Outcome::Fails(how) => writeln!(told, "  differs: {name}: {how}"),
        };
    }
    let mut text = format!("{:42}{:>8}{:>8}{:>8}\n", "std's examples", "run", "refused", "differ");
    for (module, [run, refused, differ]) in modules {
        let _ = writeln!(text, "  {module:40}{run:8}{refused:8}{differ:8}");
    }
    text + &told
}

#[cfg(test)]
mod tests;
