//! From sources to their mutants.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::Program;
use super::changes::{self, Change, Choice, LeftAlone};
use super::function::{self, Site};
use super::preprocess::Preprocessed;
use super::syntax::Source;
use super::types::Types;
use crate::discover::{self, Filter};
use crate::{Discovery, Error, ErrorKind, Function, Mutant, MutantId, Selection, SourceFile};

/// A program whose sources were read.
#[derive(Debug)]
pub struct Read {
    pub(super) program: Program,
    pub(super) units: Vec<Unit>,
}

/// One source.
#[derive(Debug)]
pub(super) struct Unit {
    /// As the compiler is told.
    pub(super) path: PathBuf,
    pub(super) source: Source,
    pub(super) sites: Vec<Site>,
    /// The changes, each with its function's place in `sites`.
    pub(super) changes: Vec<(usize, Change)>,
    /// The number of its first mutant, and of its first function.
    pub(super) first_mutant: u32,
    pub(super) first_function: u32,
}

/// Reads the sources of a program and finds the mutants that are wanted.
///
/// # Errors
///
/// A source cannot be read, the preprocessor rejects it, or a value of the selection means nothing.
pub fn read(program: Program, selection: &Selection) -> Result<(Read, Discovery), Error> {
    std::thread::scope(|scope| {
        // Expressions are walked by recursion, and may be deep.
        let thread =
            std::thread::Builder::new().name("discover".into()).stack_size(discover::STACK);
        let thread = thread.spawn_scoped(scope, || walk(program, selection)).map_err(|source| {
            Error::new(ErrorKind::Machine, format!("cannot start a thread: {source}"))
        })?;
        thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

fn walk(program: Program, selection: &Selection) -> Result<(Read, Discovery), Error> {
    let filter = Filter::new(selection)?;
    let mut discovery = Discovery::default();
    let mut left_alone = LeftAlone::new();
    let mut included = BTreeMap::new();
    let mut units: Vec<Unit> = Vec::new();
    let (mut mutants, mut functions) = (0, 0);
    for path in &program.sources {
        if !filter.file(path) {
            continue;
        }
        let (mut unit, others) =
            unit(&program, path, selection, &mut left_alone, &mut discovery.warnings)?;
        included.extend(others);
        (unit.first_mutant, unit.first_function) = (mutants, functions);
        mutants += count(unit.changes.len());
        functions += count(unit.sites.len());
        let found = unit.mutants(&program.package());
        discovery.mutants.extend(found.into_iter().filter(|it| filter.name(&it.full_name())));
        let (package, text) = (program.package(), unit.source.text.clone());
        discovery.files.push(SourceFile { package, path: path.clone(), text });
        units.push(unit);
    }
    let is_source = |path: &str| program.sources.iter().any(|it| it == Path::new(path));
    included.retain(|path, count| *count > 0 && !is_source(path));
    discovery.warnings.extend(included.iter().map(|(path, count)| {
        let functions = if *count == 1 { "function has" } else { "functions have" };
        format!("{path}: its {count} {functions} no mutants: only what stands in a source itself is changed")
    }));
    discovery.warnings.extend(say(&left_alone));
    discover::choose(&mut discovery, selection, &program.folder)?;
    Ok((Read { program, units }, discovery))
}

/// One source, and how many functions each of the files has that it includes.
fn unit(
    program: &Program,
    path: &Path,
    selection: &Selection,
    left_alone: &mut LeftAlone,
    warnings: &mut Vec<String>,
) -> Result<(Unit, BTreeMap<String, usize>), Error> {
    let whole = program.folder.join(path);
    let text = std::fs::read_to_string(&whole).map_err(Error::file("read", &whole))?;
    discover::must_be_shallow(&text)
        .map_err(|said| Error::new(ErrorKind::Baseline, format!("{}:{said}", path.display())))?;
    let preprocessed = Preprocessed::of(program, path)?;
    let types = Types::of(&preprocessed.text)?;
    let source = Source::parse(text, &preprocessed.macros)?;
    let (sites, unread) = function::sites(&source, &preprocessed, &types);
    for place in unread {
        let path = path.display();
        warnings.push(format!(
            "{path}: the function at {place} has no mutants: its first lines cannot be read without the preprocessor"
        ));
    }
    let mut found = Vec::new();
    for (index, site) in sites.iter().enumerate() {
        let changes =
            changes::changes(site, &source, &preprocessed, &selection.operators, left_alone);
        found.extend(changes.into_iter().map(|it| (index, it)));
    }
    changes::outside(&source, &preprocessed, left_alone);
    let functions = |(path, text): (&String, &String)| Ok((path.clone(), function::count(text)?));
    let included = preprocessed.included.iter().map(functions).collect::<Result<_, Error>>()?;
    let path = path.to_owned();
    let unit = Unit { path, source, sites, changes: found, first_mutant: 0, first_function: 0 };
    Ok((unit, included))
}

/// What was left alone, for people.
fn say(left_alone: &LeftAlone) -> Option<String> {
    let parts: Vec<String> = left_alone
        .iter()
        .filter(|(_, count)| **count > 0)
        .map(|(reason, count)| format!("{count} {reason}"))
        .collect();
    (!parts.is_empty()).then(|| format!("operators that are left alone: {}", parts.join(", ")))
}

pub(super) fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

impl Program {
    /// What stands for a package's name: that of the folder.
    pub(super) fn package(&self) -> String {
        self.folder.file_name().map_or_else(String::new, |it| it.to_string_lossy().into_owned())
    }
}

impl Unit {
    fn mutants(&self, package: &str) -> Vec<Mutant> {
        let functions: BTreeMap<usize, Function> = self
            .sites
            .iter()
            .enumerate()
            .map(|(index, site)| {
                let return_type = match site.returns.as_str() {
                    "" => String::new(),
                    returns => format!("-> {returns}"),
                };
                let span = self.source.span(&site.range);
                let name = site.name.clone();
                (index, Function { name, return_type, span, body: site.body.clone() })
            })
            .collect();
        let mutant = |(place, (site, change)): (usize, &(usize, Change))| Mutant {
            id: MutantId(self.first_mutant + count(place)),
            package: package.to_owned(),
            file: self.path.clone(),
            function: functions.get(site).cloned(),
            span: self.source.span(&change.bytes),
            bytes: change.bytes.clone(),
            operator: change.operator,
            replacement: change.replacement.clone(),
            name: change.name.clone(),
        };
        self.changes.iter().enumerate().map(mutant).collect()
    }

    /// A mutant's change, and its function's place in `sites`.
    pub(super) fn change(&self, id: MutantId) -> Option<(usize, &Change)> {
        let place = id.0.checked_sub(self.first_mutant)?;
        self.changes.get(place as usize).map(|(site, change)| (*site, change))
    }

    /// Why a mutant cannot be in the image at all, or not when its function's body stands there once.
    pub(super) fn reason(&self, site: usize, change: &Change, is_switch: bool) -> Option<&str> {
        let general = self.sites.get(site).and_then(|it| it.left_out);
        general.or(match change.choice {
            Choice::None(why) if is_switch => Some(why),
            _ => None,
        })
    }
}
