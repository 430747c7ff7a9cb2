//! Compiles some functions alone: a text in which all others are declarations, or gone.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::Path;

use super::Refusal;
use super::cut::{Cut, Id};
use super::names::{Key, path_of};
use super::opaque::{Opaque, Provider};
use super::part::Part;
use super::text::{self, Derived, Fate, Plan};
use crate::definitions::{Definitions, identifiers};
use crate::interface::Interface;
use crate::rustc::frame::Frame;
use crate::rustc::report::{self, Verdict};
use crate::rustc::{Rustc, process};
use crate::shim::{self, Exclusions, KeepLine};
use crate::source::{Cancel, Source};
use crate::states::Survey;
use crate::symbol::crate_name;
use crate::tree::Tree;
use crate::{Diagnostic, Level};

/// What a unit is compiled from.
pub(super) struct Unit<'a> {
    pub rustc: &'a Rustc,
    pub source: &'a Source,
    pub tree: &'a Tree,
    pub cut: &'a Cut,
    pub opaque: &'a Opaque,
    pub excluded: &'a Exclusions,
    /// What keeps things exported, file by file.
    pub keep: &'a [Vec<(KeepLine, Option<Id>)>],
    pub compiled: HashSet<Id>,
}

/// The lines that keep things exported, file by file, with the functions that they are about.
pub(super) fn keep_lines(
    tree: &Tree,
    excluded: &Exclusions,
    cut: &Cut,
) -> Vec<Vec<(KeepLine, Option<Id>)>> {
    let files = cut.files.iter().enumerate();
    let lines = files.map(|(index, file)| {
        let id = |at: usize| {
            let number = file.functions.partition_point(|piece| piece.item.end <= at);
            let is_it = file.functions.get(number).is_some_and(|piece| piece.item.contains(&at));
            is_it.then_some(Id(index, number))
        };
        let lines = shim::keep(tree, excluded, index).into_iter();
        lines.map(|line| (line.clone(), line.function.and_then(id))).collect()
    });
    lines.collect()
}

/// The interface of a source.
pub(super) fn interface(source: &Source, tree: &Tree, excluded: &Exclusions) -> Interface {
    let survey = Survey::of(tree);
    let definitions = Definitions::collect(tree);
    let name = crate_name(&source.path);
    Interface::new(name, &definitions, &survey, excluded).mentioning(tree)
}

impl Unit<'_> {
    /// Also gives the interface of the source, which is made meanwhile.
    pub(super) fn compile(
        self,
        interface: impl FnOnce() -> Interface,
        cancel: &Cancel,
    ) -> Result<(Provider, Interface), Refusal> {
        let (derived, exported) = self.texts();
        let frame = self.frame(&derived, &exported)?;
        let running = process::start(self.rustc.opaque_command(&frame), cancel)?;
        let interface = interface();
        let ended = process::finish(running, cancel)?;
        // Whatever rustc has against it, the whole file tells whether it is the user's fault.
        let survey = Survey::of(self.tree);
        let Ok(Verdict::Accepted(warnings)) = report::read(&ended, &frame, &survey, self.excluded)
        else {
            return Err(Refusal::Rejected);
        };
        let warnings = self.own(warnings, &derived);
        if !warnings.is_empty() && self.has_word("deny") | self.has_word("forbid") {
            return Err(Refusal::Rejected);
        }
        let object = std::fs::read(frame.object()).map_err(|_| Refusal::Rejected)?;
        let part = Part::read(object.into()).map_err(Refusal::because)?;
        self.check(&part)?;
        let (cut, provides) = (self.cut.clone(), self.compiled);
        Ok((Provider { part, cut, derived, provides, warnings }, interface))
    }

    fn has_word(&self, word: &str) -> bool {
        self.cut.files.iter().any(|file| file.text.contains(word))
    }

    /// The texts of the files, and the functions that callers find in them by their symbols.
    fn texts(&self) -> (Vec<Derived>, HashSet<Id>) {
        let mut bodies = BTreeSet::new();
        for id in &self.compiled {
            let file = &self.cut.files[id.0];
            let text = &file.text[self.cut.piece(*id).item.clone()];
            identifiers(text.parse().unwrap_or_default(), &mut bodies);
        }
        let words = |name: &str| self.opaque.words.contains(name) || bodies.contains(name);
        let plan = Plan {
            compiled: &self.compiled,
            kept: &self.opaque.kept,
            words: &words,
            declarations: &self.opaque.declarations,
        };
        let is_there = |id: &Id| {
            matches!(plan.fate(*id, self.cut.piece(*id)), Fate::Compiled | Fate::StandsIn)
        };
        let files = self.cut.files.iter().enumerate();
        let texts = files.map(|(number, file)| text::unit(file, number, &plan)).collect();
        (texts, self.cut.ids().filter(is_there).collect())
    }

    fn frame(&self, derived: &[Derived], exported: &HashSet<Id>) -> Result<Frame, Refusal> {
        let regions = |index: usize| {
            let is_kept = |line: &&(KeepLine, Option<Id>)| match line {
                (line, None) => line.function.is_none(),
                (_, Some(id)) => exported.contains(id),
            };
            let lines = self.keep.get(index).into_iter().flatten();
            shim::unit_region(lines.filter(is_kept).map(|(line, _)| line))
        };
        let texts = |index: usize| derived[index].text.as_str();
        Ok(Frame::write_texts(self.source, self.tree, &texts, &regions)?)
    }

    /// The warnings that are about the functions of the unit.
    fn own(&self, warnings: Vec<Diagnostic>, derived: &[Derived]) -> Vec<Diagnostic> {
        let is_own = |warning: &Diagnostic| {
            warning.level == Level::Warning
                && self.compiled.iter().any(|id| {
                    let file = &self.cut.files[id.0];
                    let is_there = same_file(&warning.file, &file.path);
                    let offset = is_there.then(|| offset(&derived[id.0], warning)).flatten();
                    offset.is_some_and(|at| self.cut.piece(*id).item.contains(&at))
                })
        };
        warnings.into_iter().filter(is_own).collect()
    }

    /// Whether the object is what the others can be put together with.
    fn check(&self, part: &Part) -> Result<(), Refusal> {
        let crate_name = crate_name(&self.source.path);
        let symbols = &self.opaque.symbols;
        for id in &self.compiled {
            let symbol = symbols.get(id).map(String::as_str).unwrap_or_default();
            if !part.named.get(symbol).is_some_and(|at| part.symbols[*at].is_function()) {
                let name = self.cut.piece(*id).key.as_str();
                return Err(Refusal::because(format!("`{name}` is not exported")));
            }
        }
        // What has no body here must be known by the name it has elsewhere.
        let standing_in = self
            .cut
            .ids()
            .filter(|id| !self.compiled.contains(id) && !self.opaque.kept.contains(id));
        let standing_in: HashMap<&Key, Id> =
            standing_in.map(|id| (&self.cut.piece(id).key, id)).collect();
        for symbol in part.symbols.iter().filter(|it| it.is_function() && it.section.is_some()) {
            let key = Key::of_symbol(&symbol.name, &crate_name);
            let Some(id) = key.as_ref().and_then(|key| standing_in.get(key)) else { continue };
            if symbol.is_local() || symbols.get(id) != Some(&symbol.name) {
                return Err(Refusal::because(format!("`{}` is not exported", symbol.name)));
            }
        }
        Ok(())
    }
}

/// What the paths of everything inside of a function start with.
pub(super) fn owned(opaque: &Opaque, id: Id) -> Option<String> {
    Some(format!("{}::", path_of(opaque.symbols.get(&id)?)?))
}

/// Whether a path that a message names is this file.
fn same_file(named: &Path, file: &Path) -> bool {
    crate::tree::normal(named).is_ok_and(|named| named == file)
}

/// Where in the user's text a warning is.
fn offset(derived: &Derived, warning: &Diagnostic) -> Option<usize> {
    let line = warning.line.checked_sub(1)? as usize;
    let start = match line {
        0 => 0,
        line => derived.text.match_indices('\n').nth(line - 1)?.0 + 1,
    };
    let rest = &derived.text[start..];
    let (within, _) = rest.char_indices().nth(warning.column.checked_sub(1)? as usize)?;
    derived.original(start + within)
}
