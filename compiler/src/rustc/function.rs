//! rustc, one function at a time: an edit of a body costs the compile of that function, however large the
//! file is.
//!
//! What a file consists of besides the bodies of its functions is its *frame* (`cut`). As long as that stays
//! as it is, an edit is compiled as a **unit** (`unit`): the file's own text, with all functions that did
//! not change taken out or made into declarations (`text`, `declare`). It is the same crate to
//! rustc, so names, privacy, types and symbols are what they are in the whole file, and nothing has to be
//! made visible. The unit's object is put together with the last one of the whole file (`choice`, `merge`)
//! into one that whoever links it cannot tell from an ordinary one; what it says of lines and columns is made
//! true of the text of today (`places`).
//!
//! **Inlining**: `opaque` says how an edit reaches functions that have the edited one inlined. That needs the
//! whole file compiled a second time, which happens in the background after each change of
//! the frame; until it is there, edits compile the whole file.
//!
//! Everything that cannot be expressed so is compiled as a whole, and so is everything that rustc rejects:
//! its verdict on the whole file is what the user is told. Where that is the function's own
//! nature, it is said once, at its place.

mod choice;
mod cut;
mod declare;
mod elf_file;
mod frames;
mod merge;
mod names;
mod opaque;
mod part;
mod places;
mod quick;
mod roots;
mod state;
mod text;
mod unit;

use std::collections::{HashMap, HashSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, PoisonError};

use super::{Manner, Rustc, STACK, with_stack};
use crate::error::{Error, ErrorKind};
use crate::shim::Exclusions;
use crate::source::{Cancel, Source};
use crate::symbol::crate_name;
use crate::tree::Tree;
use crate::{Compiled, Compiler, Diagnostic, Interface, Level, priority};
use choice::{Choice, Made};
use cut::{Cut, Id};
use opaque::{Opaque, Provider};
use quick::Last;
use state::{Base, Job, Known, Shared, State};
use text::Derived;
use unit::Unit;

/// rustc, one function at a time.
///
/// It keeps what it compiled last, so each live file has one of its own; given texts of several files it
/// compiles each as a whole.
#[derive(Debug)]
pub struct RustcFunction {
    rustc: Rustc,
    shared: Arc<Shared>,
}

/// More functions at once are compiled with the whole file.
const MOST_AT_ONCE: usize = 8;

/// Units that are remembered: going back to what one compiled costs nothing.
const MOST_UNITS: usize = 16;

/// Why an edit is not compiled alone.
enum Refusal {
    /// It is given up.
    Failed(Error),
    /// The whole file is due: it is the first, its frame changed, or the background is not ready.
    Whole,
    /// rustc does not accept it, or it may not: the whole file tells.
    Rejected,
    /// It cannot be expressed.
    Because(String),
}

impl Refusal {
    fn because(why: impl Into<String>) -> Refusal {
        Refusal::Because(why.into())
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Refusal {
        Refusal::Failed(error)
    }
}

impl RustcFunction {
    /// With this rustc.
    pub fn new(rustc: Rustc) -> RustcFunction {
        RustcFunction { rustc, shared: Arc::default() }
    }

    /// Waits until nothing is compiled in the background: the next edit of a function is then compiled alone
    /// if it can be. For tests and measurements.
    pub fn settle(&self) {
        let mut state = self.shared.lock();
        while state.job.is_some() {
            state.is_awaited = true;
            self.shared.rested.notify_all();
            state = self.shared.rested.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.is_awaited = false;
    }

    fn compile_here(&self, source: &Source, cancel: &Cancel) -> Result<Compiled, Error> {
        self.rustc.check_same()?;
        let last = self.shared.lock().last.clone();
        let mut tried = None;
        if let Some(quick) = last.and_then(|last| last.edited(source)) {
            let interface = || quick.interface();
            match self.alone(source, &quick.tree, &quick.cut, interface, cancel) {
                Ok(compiled) => {
                    self.shared.lock().last = Some(Arc::new(quick.last(source)));
                    return Ok(compiled);
                }
                Err(refusal) => tried = Some(refusal),
            }
        }
        let tree = Tree::read(source)?;
        let Some(cut) = Cut::of(&tree) else {
            let whole = self.rustc.compile_tree(source, &tree, &Manner::Whole, cancel);
            return whole.map(|(it, _)| it).map_err(|error| error.after_reading(tree.paths()));
        };
        let interface = |excluded: &Exclusions| unit::interface(source, &tree, excluded);
        let alone = match tried {
            Some(refusal) => Err(refusal),
            None => {
                let excluded = self.shared.lock().base.clone();
                let excluded = excluded.map(|base| base.excluded.clone()).unwrap_or_default();
                self.alone(source, &tree, &cut, || interface(&excluded), cancel)
            }
        };
        let whole = |notice: Option<Diagnostic>| {
            let mut compiled = self.whole(source, &tree, cut.clone(), cancel)?;
            compiled.warnings.extend(notice);
            Ok(compiled)
        };
        let compiled = alone
            .or_else(|refusal| match refusal {
                Refusal::Failed(error) => Err(error),
                Refusal::Whole | Refusal::Rejected => whole(None),
                Refusal::Because(why) => whole(self.notice(source, &cut, &why)),
            })
            .map_err(|error| error.after_reading(tree.paths()))?;
        let last = Last::new(source, &tree, &cut, &compiled);
        self.shared.lock().last = Some(Arc::new(last));
        Ok(compiled)
    }

    /// Compiles the whole file, which is what later edits are compared with.
    fn whole(
        &self,
        source: &Source,
        tree: &Tree,
        cut: Cut,
        cancel: &Cancel,
    ) -> Result<Compiled, Error> {
        let whole = self.rustc.compile_tree(source, tree, &Manner::Whole, cancel)?;
        Ok(self.adopt(source, tree, cut, whole))
    }

    /// The same with roots as a program has them.
    fn whole_with_roots(
        &self,
        source: &Source,
        tree: &Tree,
        cut: Cut,
        cancel: &Cancel,
    ) -> Result<Compiled, Error> {
        let (mut compiled, excluded) =
            self.rustc.compile_tree(source, tree, &Manner::Whole, cancel)?;
        if self.is_for_functions() {
            let object = &compiled.object;
            let with_roots = roots::compile(&self.rustc, source, tree, object, &excluded, cancel)?;
            compiled.object = with_roots.unwrap_or(compiled.object);
        }
        Ok(self.adopt(source, tree, cut, (compiled, excluded)))
    }

    /// Remembers a compile of the whole file.
    fn adopt(
        &self,
        source: &Source,
        tree: &Tree,
        cut: Cut,
        (compiled, excluded): (Compiled, Exclusions),
    ) -> Compiled {
        let base = Base {
            derived: cut.files.iter().map(text::unchanged).collect(),
            keep: unit::keep_lines(tree, &excluded, &cut),
            cut,
            support: source.support.clone(),
            excluded,
            compiled: compiled.clone(),
        };
        let base = Arc::new(base);
        let opaque = self.shared.lock().opaque.clone().filter(|opaque| fits(opaque, &base));
        let known = opaque.and_then(|opaque| Known::new(&base, &opaque).ok());
        let mut state = self.shared.lock();
        state.base = Some(base.clone());
        state.known = known;
        if self.is_for_functions() {
            self.prepare(&mut state, source, &base);
        }
        compiled
    }

    /// Whether objects can be put together. Line tables are left out where they are.
    fn is_for_functions(&self) -> bool {
        self.rustc.can_be_opaque() && !self.rustc.lines
    }

    /// Has the opaque whole compiled in the background, if there is none of this frame.
    fn prepare(&self, state: &mut State, source: &Source, base: &Arc<Base>) {
        if state.opaque.as_ref().is_some_and(|opaque| fits(opaque, base)) {
            return;
        }
        if state.job.as_ref().is_some_and(|job| job.cut.has_frame_of(&base.cut)) {
            return;
        }
        (state.opaque, state.known) = (None, None);
        state.units.clear();
        if let Some(job) = state.job.take() {
            // Its thread ends by itself, soon.
            job.cancel.cancel();
        }
        state.jobs += 1;
        let (number, cancel) = (state.jobs, Cancel::default());
        let work = {
            let (rustc, shared) = (self.rustc.clone(), Arc::clone(&self.shared));
            let (source, base, cancel) = (source.clone(), base.clone(), cancel.clone());
            move || {
                priority::lower_priority_of_this_thread();
                shared.wait_for_quiet(&cancel);
                // Whoever waits for this is told even if it panics.
                let made = catch_unwind(AssertUnwindSafe(|| {
                    Opaque::compile(&rustc, &source, &base.excluded, &cancel)
                }));
                // Where it cannot be made, edits compile the whole file.
                let opaque = made.ok().and_then(Result::ok).map(Arc::new);
                let known = opaque.as_ref().and_then(|opaque| Known::new(&base, opaque).ok());
                drop(base);
                let mut state = shared.lock();
                if state.job.as_ref().is_some_and(|job| job.number == number) {
                    (state.job, state.opaque, state.known) = (None, opaque, known);
                }
                drop(state);
                shared.rested.notify_all();
            }
        };
        let builder = std::thread::Builder::new().name("segue-opaque".to_owned());
        if let Ok(thread) = builder.stack_size(STACK).spawn(work) {
            let cut = base.cut.clone();
            state.job = Some(Job { number, cut, cancel, thread: Some(thread) });
        }
    }

    /// Compiles what differs from the last compile of the whole file.
    fn alone(
        &self,
        source: &Source,
        tree: &Tree,
        cut: &Cut,
        interface: impl FnOnce() -> Interface,
        cancel: &Cancel,
    ) -> Result<Compiled, Refusal> {
        let (base, opaque, known, units) = {
            let state = self.shared.lock();
            let (Some(base), Some(opaque)) = (state.base.clone(), state.opaque.clone()) else {
                return Err(Refusal::Whole);
            };
            (base, opaque, state.known.clone(), state.units.clone())
        };
        let same_frame = cut.has_frame_of(&base.cut) && cut.has_frame_of(&opaque.whole.cut);
        if !same_frame || source.support != base.support || !fits(&opaque, &base) {
            return Err(Refusal::Whole);
        }
        if let Some(id) = opaque.kept.iter().find(|id| !cut.has_body_of(&base.cut, **id)) {
            let name = cut.piece(*id).key.as_str();
            return Err(Refusal::because(format!(
                "`{name}`: nobody outside of its module can call it, or its name is not its own"
            )));
        }
        if places::asks_for_places(cut) && !places::is_in_place(&base.cut, cut) {
            return Err(Refusal::Whole);
        }
        let all = cut.ids().filter(|id| !opaque.kept.contains(id));
        let edited: HashSet<Id> = all.filter(|id| !cut.has_body_of(&base.cut, *id)).collect();
        let known = known
            .filter(|known| known.is_of(&base, &opaque))
            .map_or_else(|| Known::new(&base, &opaque).map_err(Refusal::because), Ok)?;
        let (mut units, missing) = providers(cut, &opaque, &units);
        if missing.len() > MOST_AT_ONCE {
            return Err(Refusal::Whole);
        }
        let excluded = &base.excluded;
        let (made, interface) = if missing.is_empty() {
            (None, interface())
        } else {
            let (rustc, opaque) = (&self.rustc, &*opaque);
            let compiled = missing.clone();
            let keep = &base.keep;
            let unit = Unit { rustc, source, tree, cut, opaque, excluded, keep, compiled };
            let (made, interface) = unit.compile(interface, cancel)?;
            (Some(Arc::new(made)), interface)
        };
        units.extend(made.iter().flat_map(|made| missing.iter().map(|id| (*id, Arc::clone(made)))));
        let choice = Choice {
            base: &base,
            part: &known.part,
            opaque: &opaque,
            cut,
            units: units.iter().map(|(id, unit)| (*id, &**unit)).collect(),
            edited,
            crate_name: &crate_name(&source.path),
        };
        let Made { object, rest } = choice.object()?;
        let warnings = still_true(&base, &choice);
        let is_final = choice.edited.is_empty();
        drop(choice);
        self.remember(&opaque, made);
        let files = base.compiled.files.clone();
        Ok(Compiled { object, rest, interface, warnings, is_final, files, declined: None })
    }

    fn remember(&self, opaque: &Arc<Opaque>, made: Option<Arc<Provider>>) {
        let mut state = self.shared.lock();
        if state.opaque.as_ref().is_some_and(|now| Arc::ptr_eq(now, opaque)) {
            state.units.extend(made);
            let surplus = state.units.len().saturating_sub(MOST_UNITS);
            state.units.drain(..surplus);
        }
    }

    /// Says once why a function is compiled with the whole file.
    fn notice(&self, source: &Source, cut: &Cut, why: &str) -> Option<Diagnostic> {
        if !self.shared.lock().said.insert(why.to_owned()) {
            return None;
        }
        let line = why.split('`').nth(1).and_then(|name| {
            let mut pieces = cut.files[0].functions.iter();
            let piece = pieces.find(|piece| piece.key.as_str() == name)?;
            let before = &cut.files[0].text[..piece.body.start];
            u32::try_from(before.matches('\n').count() + 1).ok()
        });
        let message = format!("edits of this function compile the whole file: {why}");
        Some(Diagnostic::note(&source.path, line.unwrap_or(1), 1, message))
    }
}

/// Whether what was compiled opaque stands for the functions of the base that cannot be compiled alone.
fn fits(opaque: &Opaque, base: &Base) -> bool {
    let cut = &opaque.whole.cut;
    opaque.support == base.support
        && cut.has_frame_of(&base.cut)
        && opaque.kept.iter().all(|id| cut.has_body_of(&base.cut, *id))
}

/// For each function that the opaque whole does not have as it is in `cut`, the unit that does; and those
/// that no unit has.
fn providers(
    cut: &Cut,
    opaque: &Opaque,
    known: &[Arc<Provider>],
) -> (HashMap<Id, Arc<Provider>>, HashSet<Id>) {
    let (mut units, mut missing) = (HashMap::new(), HashSet::new());
    for id in cut.ids().filter(|id| !opaque.kept.contains(id)) {
        if cut.has_body_of(&opaque.whole.cut, id) {
            continue;
        }
        let mut newest = known.iter().rev();
        match newest.find(|it| it.provides.contains(&id) && cut.has_body_of(&it.cut, id)) {
            Some(unit) => drop(units.insert(id, Arc::clone(unit))),
            None => drop(missing.insert(id)),
        }
    }
    (units, missing)
}

/// The warnings that are about something that did not change since, and stands where it stood.
fn still_true(base: &Base, choice: &Choice<'_>) -> Vec<Diagnostic> {
    let mut told = Vec::new();
    let mut tell = |derived: &[Derived], old: &Cut, warnings: &[Diagnostic]| {
        let moves = places::Moves::new(derived, old, choice.cut);
        let still = |warning: &&Diagnostic| {
            let file = base.compiled.files.iter().position(|file| *file == warning.file);
            let place = (warning.line, warning.column);
            let is_there = file.and_then(|file| moves.moved(file, place.0, place.1)) == Some(place);
            is_there && warning.level == Level::Warning
        };
        told.extend(warnings.iter().filter(still).cloned());
    };
    tell(&base.derived, &base.cut, &base.compiled.warnings);
    let mut units: Vec<&Provider> = Vec::new();
    for (id, unit) in &choice.units {
        if choice.edited.contains(id) && !units.iter().any(|known| std::ptr::eq(*known, *unit)) {
            units.push(unit);
            tell(&unit.derived, &unit.cut, &unit.warnings);
        }
    }
    told
}

impl Compiler for RustcFunction {
    fn compile(&self, source: &Source, cancel: &Cancel) -> Result<Compiled, Error> {
        let _compiling = self.shared.compiling();
        with_stack(source, || self.compile_here(source, cancel))
    }

    /// The whole file, with everything inlined that rustc likes; later edits build on it.
    fn compile_optimised(&self, source: &Source, cancel: &Cancel) -> Result<Compiled, Error> {
        let _compiling = self.shared.compiling();
        with_stack(source, || {
            self.rustc.check_same()?;
            let tree = Tree::read(source)?;
            // The next edit does not wait for what nobody wants any more.
            if cancel.is_cancelled() {
                return Err(Error::new(ErrorKind::Cancelled));
            }
            let compiled = match Cut::of(&tree) {
                Some(cut) => self.whole_with_roots(source, &tree, cut, cancel),
                None => {
                    let whole = self.rustc.compile_tree(source, &tree, &Manner::Whole, cancel);
                    whole.map(|(compiled, _)| compiled)
                }
            };
            compiled.map_err(|error| error.after_reading(tree.paths()))
        })
    }
}

impl Drop for RustcFunction {
    fn drop(&mut self) {
        let job = {
            let mut state = self.shared.lock();
            let job = state.job.take();
            // Under the lock, so that who is about to wait sees it.
            job.inspect(|job| job.cancel.cancel())
        };
        if let Some(mut job) = job {
            self.shared.rested.notify_all();
            if let Some(thread) = job.thread.take() {
                // A panic there was reported when it happened.
                let _ = thread.join();
            }
        }
    }
}

#[cfg(test)]
mod tests;
