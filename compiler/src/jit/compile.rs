//! The steps of one compile: read, find what there is to export, check, lower, generate.
//!
//! They are those of `rustc::Rustc`, with the database in place of a process. What it knows of the last text it is asked
//! to keep where the next one differs in bodies alone (`outline`); where it differs in one, little is read at all (`quick`).

mod quick;

use std::collections::HashSet;
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use ra_ap_hir_def::FunctionId;

use crate::definitions::Definitions;
use crate::error::{Error, ErrorKind};
use crate::interface::Interface;
use crate::shim::{Exclusions, Origin};
use crate::source::{Cancel, Source};
use crate::states::Survey;
use crate::symbol::crate_name;
use crate::tree::Tree;
use crate::{Compiled, Diagnostic};

use super::codegen;
use super::crates::Read;
use super::frame::Frame;
use super::front::complaints::{Complaint, complaints, syntax};
use super::front::database::Database;
use super::front::effort::{self, Effort, Part};
use super::front::functions::{Items, names};
use super::lower::Checks;
use super::mir::Module;
use super::outline::Outline;
use super::program::{self, Kept, Obstacle, Stop, Turn, Way};
use super::report::{self, Verdict, Wrong};
use quick::{Base, Last};

/// What stays from one compile to the next.
pub(super) struct Known {
    db: Database,
    code: codegen::Known,
    asked: Option<Asked>,
    last: Option<Last>,
}

/// The texts that the database was last asked about.
struct Asked {
    outline: Outline,
    /// What stood below them.
    below: Vec<String>,
    /// Lines left out there for what no edit of a body makes right.
    excluded: Exclusions,
}

impl Known {
    /// Nothing yet, of programs that may name these crates.
    pub(super) fn with(crates: &[Arc<Read>]) -> Known {
        Known {
            db: Database::with(crates, Effort::default()),
            code: codegen::Known::default(),
            asked: None,
            last: None,
        }
    }

    /// How much the front end was asked, and may be.
    pub(super) fn effort(&self) -> &Effort {
        self.db.effort()
    }

    /// Forgets all but the libraries: what was asked was not answered, and nobody knows how far it came.
    pub(super) fn interrupted(&mut self) {
        (self.asked, self.last) = (None, None);
    }

    /// How many edits of one body came since the last whole text; nothing where that was not compiled.
    #[cfg(test)]
    pub(super) fn quick_edits(&self) -> Option<usize> {
        self.last.as_ref().map(|last| last.edits)
    }

    /// Of how many of them the front end was not told.
    #[cfg(test)]
    pub(super) fn edits_of_numbers(&self) -> Option<usize> {
        self.last.as_ref().map(|last| last.edits_of_numbers)
    }

    /// Of how many of them it was given a slice alone.
    #[cfg(test)]
    pub(super) fn edits_of_slices(&self) -> Option<usize> {
        self.last.as_ref().map(|last| last.edits_of_slices)
    }

    /// In how many functions numbers were written, and nothing else was made of them.
    #[cfg(test)]
    pub(super) fn written(&self) -> usize {
        self.code.written()
    }

    /// How many functions' bodies the front end was not given last; nothing where it was asked about a whole text.
    #[cfg(test)]
    pub(super) fn blank_bodies(&self) -> Option<usize> {
        self.last.as_ref().map(|last| last.whole.kept.blank.len())
    }

    /// Has the database take the texts; it keeps what it knows where that is true of them.
    fn ask_about(&mut self, frame: &Frame, outline: Option<&Outline>, excluded: &Exclusions) {
        let below: Vec<String> = frame.all().map(|file| file.below().to_owned()).collect();
        let asked = self.asked.take().filter(|asked| asked.below == below);
        let is_true = asked
            .zip(outline)
            .is_some_and(|(asked, outline)| asked.outline.differs_in_bodies_from(outline));
        if !is_true {
            self.db.renew();
        }
        self.db.apply(frame.texts());
        let asked = |outline: &Outline| {
            let (outline, excluded) = (outline.clone(), excluded.clone());
            Asked { outline, below, excluded }
        };
        self.asked = outline.map(asked);
    }

    /// What of the texts does not parse. That touches nothing that is known of the last ones.
    fn parse(&mut self, frame: &Frame) -> Vec<Complaint> {
        if !self.db.has_the_files_of(&frame.texts()) {
            self.asked = None;
        }
        self.db.apply(frame.texts());
        self.db.attach(syntax)
    }

    /// Lines below a text of this outline that the front end is known not to accept.
    fn excluded(&self, outline: Option<&Outline>) -> Exclusions {
        let asked = self.asked.as_ref().zip(outline);
        let asked = asked.filter(|(asked, outline)| asked.outline.differs_in_bodies_from(outline));
        asked.map(|(asked, _)| asked.excluded.clone()).unwrap_or_default()
    }
}

impl fmt::Debug for Known {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.db.fmt(f)
    }
}

/// A program.
struct Built {
    module: Module,
    /// What it was made from.
    kept: Kept,
    /// Where the names of its functions stand: file and offset.
    names: Vec<(FunctionId, String, usize)>,
}

/// What one round gives.
enum Round {
    Built(Box<Built>),
    Rejected(Vec<Diagnostic>),
    /// Try again without these lines: those that no edit of a body makes right, and those that lead to what cannot
    /// be compiled somewhere else.
    Without {
        always: Exclusions,
        now: Exclusions,
    },
    Stopped(Error),
}

/// Compiles `source` with what is known already.
pub(super) fn compile(
    known: &mut Known,
    checks: Checks,
    source: &Source,
    cancel: &Cancel,
) -> Result<Compiled, Error> {
    known.effort().begin(cancel);
    if let Some(compiled) = quick::compile(known, checks, source, cancel) {
        return compiled;
    }
    known.effort().begin(cancel);
    let tree = Tree::read(source)?;
    compile_tree(known, checks, source, &tree, cancel)
        .map_err(|error| error.after_reading(tree.paths()))
}

fn compile_tree(
    known: &mut Known,
    checks: Checks,
    source: &Source,
    tree: &Tree,
    cancel: &Cancel,
) -> Result<Compiled, Error> {
    let survey = Survey::of(tree);
    let name = crate_name(&source.path);
    let outline = Outline::of(tree);
    let mut lasting = known.excluded(outline.as_ref());
    let mut excluded = lasting.clone();
    loop {
        if cancel.is_cancelled() {
            return Err(Error::new(ErrorKind::Cancelled));
        }
        let frame = Frame::write(source, tree, &survey, &excluded)?;
        if let Some(error) = tree.unparsed() {
            if tree.is_too_deep() {
                return Err(error);
            }
            let found = known.parse(&frame);
            if let Verdict::Rejected(told) = judge(&known.db, &frame, &found, &excluded) {
                return Err(Error::new(ErrorKind::Rejected(told)));
            }
        }
        known.ask_about(&frame, outline.as_ref(), &lasting);
        match known.db.attach(|db| round(db, &name, checks, &frame, &excluded, cancel)) {
            // Each round leaves at least one line out, so the rounds come to an end.
            Round::Without { always, now } => {
                lasting.extend(always.clone());
                excluded.extend(always.into_iter().chain(now));
            }
            Round::Rejected(told) => return Err(Error::new(ErrorKind::Rejected(told))),
            Round::Stopped(error) => return Err(error),
            Round::Built(built) => {
                let Built { module, kept, names } = *built;
                if let Some(error) = tree.unparsed() {
                    return Err(error);
                }
                let program = quick::differing(&module, &name);
                let object = generate(module, &mut known.code, source)?;
                let definitions = Definitions::collect(tree);
                let interface = Interface::new(name, &definitions, &survey, &excluded)
                    .mentioning(tree)
                    .with_abi("jit");
                let files = files(&frame, tree);
                // Whether what cannot be compiled is still left out, a whole compile finds out.
                known.last = outline.filter(|_| excluded.len() == lasting.len()).map(|outline| {
                    let paths = tree.paths();
                    let (interface, files) = (interface.clone(), files.clone());
                    let base = Base { program: Some(program), object: object.clone() };
                    let whole = quick::Whole { frame, interface, files, paths, kept, base, names };
                    Last::new(source, &outline, whole)
                });
                return Ok(compiled((object, None), interface, files));
            }
        }
    }
}

/// An object, and the one that has everything else.
type Objects = (Arc<[u8]>, Option<Arc<[u8]>>);

fn compiled(objects: Objects, interface: Interface, files: Vec<PathBuf>) -> Compiled {
    let (object, rest) = objects;
    let warnings = Vec::new();
    Compiled { object, rest, interface, warnings, files, is_final: true, declined: None }
}

fn generate(module: Module, code: &mut codegen::Known, of: &Source) -> Result<Arc<[u8]>, Error> {
    codegen::generate(module, code).map(Arc::from).map_err(|failure| {
        Error::new(ErrorKind::Unsupported(format!("{}: {failure}", of.path.display())))
    })
}

/// Checks and lowers what stands in the database now.
fn round(
    db: &Database,
    name: &str,
    checks: Checks,
    frame: &Frame,
    excluded: &Exclusions,
    cancel: &Cancel,
) -> Round {
    let items = match db.within_limits(Part::Items, || Items::of(db, db.live_crate())) {
        Ok(items) => items,
        Err(_) => {
            let path = frame.files[0].spelled.display();
            return unsupported(format!("{path}: {}", effort::endless("this text")));
        }
    };
    match judge(db, frame, &complaints(db, &items), excluded) {
        Verdict::Accepted => {}
        Verdict::Rejected(told) => return Round::Rejected(told),
        Verdict::Lacking(told) => {
            let error = Error::new(ErrorKind::Unsupported(told.to_string()));
            return Round::Stopped(error.shown_as(*told));
        }
        Verdict::Without(always) => return Round::Without { always, now: Exclusions::new() },
    }
    let turn = |path: &str, line: u32| frame.find(path).map_or(Turn::First, |text| text.turn(line));
    match program::module(db, name, &items, checks, cancel, &turn) {
        (Ok(module), kept) => {
            let names = names(db, &items);
            Round::Built(Box::new(Built { module, kept, names }))
        }
        (Err(Stop::Cancelled), _) => Round::Stopped(Error::new(ErrorKind::Cancelled)),
        (Err(Stop::Unsupported(obstacles)), _) => around(frame, excluded, obstacles),
    }
}

/// What follows from complaints.
fn judge(db: &Database, frame: &Frame, found: &[Complaint], excluded: &Exclusions) -> Verdict {
    let said: Vec<(String, Wrong<'_>)> = found
        .iter()
        .map(|it| {
            let path = db.file(it.file).map_or_else(String::new, |(path, _)| path);
            let (message, label, range) = (it.message.as_str(), it.label.as_str(), it.range);
            (path, Wrong { code: it.code, message, label, range, fault: it.fault })
        })
        .collect();
    report::judge(frame, &said, excluded)
}

/// What follows from obstacles: lines below the text that lead to one are left out, a function of the
/// user's is refused.
fn around(frame: &Frame, excluded: &Exclusions, obstacles: Vec<Obstacle>) -> Round {
    let (mut always, mut now) = (Exclusions::new(), Exclusions::new());
    for obstacle in &obstacles {
        match left_out(frame, obstacle) {
            Ok((origin, reason)) if !excluded.contains_key(&origin) => {
                let more = if is_of_its_own(frame, obstacle) { &mut always } else { &mut now };
                more.entry(origin).or_insert(reason);
            }
            Ok((_, reason)) => return unsupported(reason),
            Err(refusal) => return Round::Stopped(*refusal),
        }
    }
    Round::Without { always, now }
}

/// Whether an obstacle stands in a line below the text itself, and not in what that leads to.
fn is_of_its_own(frame: &Frame, obstacle: &Obstacle) -> bool {
    obstacle.places.first().is_some_and(|(path, line, _)| {
        frame.find(path).is_some_and(|text| text.generated(*line).is_some())
    })
}

fn unsupported(why: String) -> Round {
    Round::Stopped(Error::new(ErrorKind::Unsupported(why)))
}

/// The line below the text that leads to an obstacle, or what the user is told of it.
fn left_out(frame: &Frame, obstacle: &Obstacle) -> Result<(Origin, String), Box<Error>> {
    let Obstacle { what, way, places } = obstacle;
    let said = match way {
        Way::Missing => "not supported by the jit yet: ",
        Way::Endless => "",
    };
    for (path, line, column) in places {
        let Some(text) = frame.find(path) else { continue };
        match text.generated(*line) {
            None => {
                let (first, ..) = &places[0];
                let from = match first == path {
                    true => String::new(),
                    false => format!(" ({first}:{}:{})", places[0].1, places[0].2),
                };
                let message = format!("{said}{what}{from}");
                let told = report::at(text, *line, *column, &message);
                let error = Error::new(ErrorKind::Unsupported(told.to_string()));
                return Err(Box::new(error.shown_as(told)));
            }
            Some(Some(origin)) => {
                return Ok(report::reason(origin, &format!("not supported yet: {what}")));
            }
            Some(None) => {}
        }
    }
    let place = places
        .first()
        .map_or_else(String::new, |(path, line, column)| format!("{path}:{line}:{column}: "));
    let why = format!("{place}{said}{what}");
    Err(Box::new(Error::new(ErrorKind::Unsupported(why))))
}

/// Every file that was read, in the user's own paths.
fn files(frame: &Frame, tree: &Tree) -> Vec<PathBuf> {
    let spelled = frame.files.iter().map(|file| file.spelled.clone());
    let known: HashSet<&PathBuf> = tree.files.iter().map(|file| &file.path).collect();
    let sought = tree.paths().into_iter().filter(|path| !known.contains(path));
    spelled.chain(sought).collect()
}
