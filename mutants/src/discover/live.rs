//! A live file instead of a package: its mutants, its tests, and the text that has the tests in it.
//!
//! A live file is compiled without its tests. They are judged by in another text of the same file, which stays in
//! memory: what `#[cfg(test)]` hides is there, each test is a function that a function of ours calls by number, and
//! every function with a mutant counts its calls. **Nothing moves to another line.** A mutant is one replacement in
//! that text.

mod tests_of;
mod weave;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::conditions::Conditions;
use super::filter::Filter;
use super::selection::Selection;
use super::visit::Rules;
use super::{Discovery, SourceFile, choose, deeply, error_values, mutants, source, visit};
use crate::{Error, ErrorKind, MutantId};

pub use weave::{HITS, TEST};

#[cfg(test)]
mod tests;

/// A live file with all that is needed to judge its mutants.
#[derive(Debug)]
pub struct LiveFile {
    /// Its mutants that are wanted, and its text as the user has it.
    pub discovery: Discovery,
    /// Its tests, in the order of the text; those that are ignored as well.
    pub tests: Vec<LiveTest>,
    /// The text with the tests.
    pub text: String,
    /// What each of the wanted mutants replaces in it.
    pub mutants: Vec<LiveMutant>,
    /// How many functions count their calls.
    pub functions: u32,
}

/// One test.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LiveTest {
    /// As the test harness would call it: `tests::adds`.
    pub name: String,
    /// Whether it is marked `#[ignore]`.
    pub is_ignored: bool,
    /// How it is to end.
    pub expected: Expected,
}

/// How a test is to end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Expected {
    /// It returns.
    Return,
    /// `#[should_panic]`: it panics, with a message that has this text in it, where there is one.
    Panic(Option<String>),
}

/// A mutant in the text with the tests.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LiveMutant {
    /// Its number.
    pub id: MutantId,
    /// The function that counts its calls, by number; [`LiveFile::functions`] for what no function can count.
    pub function: u32,
    /// Whether its code is compiled where tests are.
    pub is_compiled: bool,
    /// Whether it is in the first value of a static, which nobody sees before the file is opened with it.
    pub is_first_value: bool,
    /// What is replaced, in bytes.
    pub bytes: Range<usize>,
    /// By what.
    pub replacement: String,
}

/// The mutants and tests of the live file at `root`/`file`. The selection's packages and files mean nothing here.
///
/// # Errors
///
/// The file cannot be read or is not Rust, a value of the selection means nothing, the diff does not fit, or there is
/// no rustc.
pub fn discover_live(root: &Path, file: &Path, selection: &Selection) -> Result<LiveFile, Error> {
    let path = root.join(file);
    let text = std::fs::read_to_string(&path).map_err(Error::file("read", &path))?;
    let package = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let source = SourceFile { package, path: PathBuf::from(file), text };
    let conditions = Conditions::of_live_file()?;
    deeply(|| walk(root, source, selection, conditions))
}

fn walk(
    root: &Path,
    source: SourceFile,
    selection: &Selection,
    conditions: Conditions,
) -> Result<LiveFile, Error> {
    let filter = Filter::new(selection)?;
    let (errors, skipped_calls) = (error_values(selection)?, selection.all_skipped_calls());
    let rules = Rules {
        errors: &errors,
        skipped_calls: &skipped_calls,
        operators: &selection.operators,
        conditions: &conditions,
    };
    let parsed = source::parse(&source.text).map_err(|said| {
        Error::new(ErrorKind::Baseline, format!("{}:{said}", source.path.display()))
    })?;
    let found = visit::walk(&parsed, &source.text, &rules);
    let mut discovery = Discovery::default();
    for modules in &found.modules {
        let name = modules.iter().map(|it| it.name.as_str()).collect::<Vec<_>>().join("::");
        let message = format!(
            "{}: `mod {name}` is in a file of its own: its mutants and tests are left out",
            source.path.display()
        );
        discovery.warnings.push(message);
    }
    let mutants = mutants(&source, found, &mut 0);
    discovery.mutants.extend(mutants.into_iter().filter(|it| filter.name(&it.full_name())));
    let path = source.path.clone();
    discovery.files.push(source);
    choose(&mut discovery, selection, root)?;
    let text = &discovery.files[0].text;
    let bodies: BTreeSet<usize> = discovery
        .mutants
        .iter()
        .filter_map(|mutant| mutant.function.as_ref().map(|it| it.body.start))
        .collect();
    let conditions = conditions.with_test();
    let tests = tests_of::tests_of(&parsed, text, &conditions);
    let woven = weave::weave(&parsed, text, &conditions, &bodies, &tests)
        .map_err(|said| Error::new(ErrorKind::Internal, format!("{}: {said}", path.display())))?;
    let mutants = discovery.mutants.iter().map(|mutant| {
        let body = mutant.function.as_ref().map(|it| it.body.start);
        let counter = body.map(|body| woven.counters.get(&body));
        let (function, is_compiled) = match counter {
            Some(Some(Some(number))) => (*number, true),
            // A number that nobody counts under.
            Some(None) => (woven.functions + 1, false),
            None | Some(Some(None)) => (woven.functions, true),
        };
        LiveMutant {
            id: mutant.id,
            function,
            is_compiled,
            is_first_value: woven.statics.iter().any(|it| it.contains(&mutant.bytes.start)),
            bytes: woven.edits.place(&mutant.bytes),
            replacement: mutant.replacement.clone(),
        }
    });
    let mutants = mutants.collect();
    let tests = tests.into_iter().map(|it| it.test).collect();
    Ok(LiveFile { mutants, tests, functions: woven.functions, text: woven.text, discovery })
}

/// By where a body begins: the number of its counter; none where it cannot count. Bodies that are compiled out are
/// absent.
type Counters = BTreeMap<usize, Option<u32>>;
