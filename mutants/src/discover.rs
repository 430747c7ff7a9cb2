//! From a workspace to its mutants.
//!
//! Phase: the first. Files are parsed with syn, and what may be changed is found by syntax alone, with the
//! operators of cargo-mutants 27, under its names and in its order, so that verdicts can be compared one to one.

use std::collections::BTreeSet;
use std::path::Path;

use syn::Expr;

use crate::{Error, ErrorKind, Mutant, MutantId, Operator, Workspace};

mod attributes;
mod conditions;
mod config;
mod diff;
mod filter;
mod live;
mod modules;
mod more;
pub(crate) mod operators;
mod places;
mod pretty;
mod selection;
mod source;
mod values;
mod visit;

pub use config::Config;
pub use live::{Expected, HITS, LiveFile, LiveMutant, LiveTest, TEST, discover_live};
pub use selection::{CompiledOut, Selection, Shard, Sharding};
pub use source::SourceFile;
pub(crate) use source::must_be_shallow;

pub(crate) use conditions::may_hold;
use conditions::{Conditions, Surroundings};
pub(crate) use filter::Filter;
use visit::{Change, Found, Rules};

/// What was discovered.
#[derive(Debug, Clone, Default)]
pub struct Discovery {
    /// The mutants that are wanted. Their numbers count all mutants of the chosen packages, so they have gaps
    /// where some are not wanted.
    pub mutants: Vec<Mutant>,
    /// The files that are wanted, those without a mutant as well.
    pub files: Vec<SourceFile>,
    /// What could not be followed, such as a module without a file.
    pub warnings: Vec<String>,
}

/// The mutants of a workspace that are wanted. None is no error: the code, the diff or the shard has none.
///
/// # Errors
///
/// When a source file is not Rust, a value of the selection means nothing, or the diff does not fit.
pub fn discover(workspace: &Workspace, selection: &Selection) -> Result<Vec<Mutant>, Error> {
    discover_all(workspace, selection).map(|discovery| discovery.mutants)
}

/// The same, with the files they are in.
///
/// # Errors
///
/// As [`discover`].
pub fn discover_all(workspace: &Workspace, selection: &Selection) -> Result<Discovery, Error> {
    deeply(|| walk(workspace, selection))
}

/// Runs `walk` with a large stack: syntax is walked by recursion, and people's expressions may be deep.
fn deeply<T: Send>(walk: impl FnOnce() -> Result<T, Error> + Send) -> Result<T, Error> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().name("discover".into()).stack_size(STACK);
        let thread = thread.spawn_scoped(scope, walk).map_err(|source| {
            Error::new(ErrorKind::Machine, format!("cannot start a thread: {source}"))
        })?;
        thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

/// Address space only: pages that are not used are not there.
pub(crate) const STACK: usize = 256 << 20;

fn walk(workspace: &Workspace, selection: &Selection) -> Result<Discovery, Error> {
    let filter = Filter::new(selection)?;
    let errors = error_values(selection)?;
    let skipped_calls = selection.all_skipped_calls();
    let packages = workspace.select(&selection.packages)?;
    let mut features = workspace.features(&packages, &selection.features);
    let surroundings = match selection.compiled_out {
        CompiledOut::Left => {
            let (target, profile) = (selection.target.as_deref(), selection.profile.as_deref());
            Some(Surroundings::ask(workspace, target, profile)?)
        }
        CompiledOut::Changed => None,
    };
    let mut discovery = Discovery::default();
    let mut number = 0;
    for package in packages {
        let features = features.remove(&package.name).unwrap_or_default();
        let conditions = match &surroundings {
            Some(surroundings) => surroundings.of(package, features),
            None => Conditions::default(),
        };
        let rules = Rules {
            errors: &errors,
            skipped_calls: &skipped_calls,
            operators: &selection.operators,
            conditions: &conditions,
        };
        for (file, found) in
            source::files(workspace.root(), package, &rules, &mut discovery.warnings)?
        {
            let mutants = mutants(&file, found, &mut number);
            if filter.file(&file.path) {
                discovery
                    .mutants
                    .extend(mutants.into_iter().filter(|mutant| filter.name(&mutant.full_name())));
                discovery.files.push(file);
            }
        }
    }
    choose(&mut discovery, selection, workspace.root())?;
    Ok(discovery)
}

/// The choices that look at all mutants together.
pub(crate) fn choose(
    discovery: &mut Discovery,
    selection: &Selection,
    root: &Path,
) -> Result<(), Error> {
    let mut mutants = std::mem::take(&mut discovery.mutants);
    let caught: BTreeSet<_> = selection.already_caught.iter().map(String::as_str).collect();
    mutants.retain(|mutant| !caught.contains(mutant.full_name().as_str()));
    if let Some(path) = &selection.in_diff {
        mutants = diff::select(mutants, &discovery.files, path, root, &mut discovery.warnings)?;
    }
    discovery.mutants = match selection.shard {
        Some(shard) => shard.take(mutants, selection.sharding.unwrap_or_default()),
        None => mutants,
    };
    Ok(())
}

fn error_values(selection: &Selection) -> Result<Vec<Expr>, Error> {
    let parse = |text: &String| {
        syn::parse_str(text).map_err(|error| {
            Error::new(
                ErrorKind::Usage,
                format!("the error value `{text}` is no expression: {error}"),
            )
        })
    };
    selection.error_values.iter().map(parse).collect()
}

fn mutants(file: &SourceFile, found: Found, number: &mut u32) -> Vec<Mutant> {
    let Found { functions, changes, .. } = found;
    let mutant = |change: Change| {
        let id = MutantId(*number);
        *number += 1;
        Mutant {
            id,
            package: file.package.clone(),
            file: file.path.clone(),
            function: change.function.map(|index| functions[index].clone()),
            span: change.span,
            bytes: change.bytes,
            operator: change.operator,
            replacement: change.replacement,
            name: change.name,
        }
    };
    changes.into_iter().map(mutant).collect()
}

impl Operator {
    /// The operators of cargo-mutants.
    pub const STANDARD: [Operator; 6] = [
        Operator::FnValue,
        Operator::BinaryOperator,
        Operator::UnaryOperator,
        Operator::MatchArm,
        Operator::MatchArmGuard,
        Operator::StructField,
    ];
    /// The others.
    pub const MORE: [Operator; 5] = [
        Operator::CallDeletion,
        Operator::ArgumentSwap,
        Operator::Constant,
        Operator::Boundary,
        Operator::BodyRemoval,
    ];

    /// What `--operators` means: `standard`, `more` (both), or a list such as `fn-value,call-deletion`.
    ///
    /// # Errors
    ///
    /// When a name is unknown.
    pub fn parse_list(text: &str) -> Result<Vec<Operator>, Error> {
        let all = || Operator::STANDARD.into_iter().chain(Operator::MORE);
        let mut operators = Vec::new();
        for name in text.split(',').map(str::trim).filter(|name| !name.is_empty()) {
            let before = operators.len();
            match name {
                "standard" => operators.extend(Operator::STANDARD),
                "more" => operators.extend(all()),
                name => operators.extend(all().find(|operator| operator.option() == name)),
            }
            if operators.len() == before {
                let names: Vec<_> = all().map(Operator::option).collect();
                let message = format!(
                    "there is no operator `{name}`; there is standard, more, {}",
                    names.join(", ")
                );
                return Err(Error::new(ErrorKind::Usage, message));
            }
        }
        operators.sort_unstable();
        operators.dedup();
        Ok(operators)
    }

    /// Its name in `--operators`: `fn-value`.
    #[must_use]
    pub fn option(self) -> String {
        let mut name = String::new();
        for letter in format!("{self:?}").chars() {
            if letter.is_uppercase() && !name.is_empty() {
                name.push('-');
            }
            name.push(letter.to_ascii_lowercase());
        }
        name
    }
}
