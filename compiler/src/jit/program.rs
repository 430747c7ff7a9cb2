//! One program on its way from types to MIR: which instances it consists of, and what they are called.
//!
//! It begins with every function of the live crate that is one function (and not a family of them), and goes
//! on with what those refer to, until nothing is left. What an edit does not reach is not made again (`kept`).

mod kept;
mod limits;
mod live;

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use ra_ap_hir_def::expr_store::Body;
use ra_ap_hir_def::signatures::{FnFlags, FunctionSignature, StaticFlags, StaticSignature};
use ra_ap_hir_def::src::HasSource;
use ra_ap_hir_def::{FunctionId, GenericDefId, HasModule, ItemContainerId, Lookup, StaticId};
use ra_ap_hir_expand::InFile;
use ra_ap_hir_ty::next_solver::{DbInterner, GenericArgs, Region};
use ra_ap_rustc_type_ir::inherent::GenericArgs as _;
use ra_ap_syntax::AstNode;

use super::front::complaints;
use super::front::database::Database;
use super::front::effort::{self, Endless, Part};
use super::front::functions::Items;
use super::front::values::{Named, Values};
use super::lower::{self, Checks, Instance, Program as _, Unsupported};
use super::mir::{Change, Data, Function, Module, Span};
use crate::source::Cancel;
pub(super) use kept::Kept;
use kept::{Stored, There, Unit, Variable};
use limits::{Limits, TYPE_LENGTH};
use live::Live;

/// What stands in the way, and where: the place itself first, then the places that led there.
#[derive(Clone, Debug)]
pub(super) struct Obstacle {
    pub(super) what: String,
    pub(super) way: Way,
    /// Path, line and column.
    pub(super) places: Vec<(String, u32, u32)>,
}

/// In which way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// It is Rust, and cannot be done yet.
    Missing,
    /// It has no end, and is not rustc's Rust either.
    Endless,
}

/// When a function of the live crate is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// The user's: what cannot be compiled there is refused before anything else is looked at.
    First,
    /// What was put below the text.
    Later,
    /// A support module's: where somebody calls it.
    OnDemand,
}

/// Why there is no module.
pub(super) enum Stop {
    Cancelled,
    /// All that were met.
    Unsupported(Vec<Obstacle>),
}

/// Everything that one object contains, of a program of which nothing is known. `turn` says of a path and line
/// when the function there is wanted. Asks queries.
pub(super) fn module(
    db: &Database,
    name: &str,
    items: &Items,
    checks: Checks,
    cancel: &Cancel,
    turn: &dyn Fn(&str, u32) -> Turn,
) -> (Result<Module, Stop>, Kept) {
    let live = Live::new(db, name);
    for function in &items.functions {
        live.symbols.note_blocks(*function, Body::of(db, (*function).into()));
    }
    let turn_of = |function: &FunctionId| {
        let span = live.name_of(*function);
        turn(&live.places.path(span.file), span.line)
    };
    let ones = items.functions.iter().copied().filter(|function| is_one(db, *function));
    let ones: Vec<(FunctionId, Turn)> = ones.map(|it| (it, turn_of(&it))).collect();
    let mut kept = Kept { blocks: live.symbols.blocks(), ..Kept::default() };
    for when in [Turn::First, Turn::Later] {
        let wanted = ones.iter().filter(|(_, turn)| *turn == when);
        let instance = |it: FunctionId| Instance::Function(it, own_args(db, it));
        kept.roots.extend(wanted.map(|(it, _)| Stored::of(&instance(*it))));
    }
    kept.variables.clone_from(&items.statics);
    let made = make(&live, checks, cancel, &mut kept);
    live.keep(&mut kept);
    (made, kept)
}

/// The same of a program of which everything is known but what was forgotten.
pub(super) fn again(
    db: &Database,
    name: &str,
    checks: Checks,
    cancel: &Cancel,
    kept: &mut Kept,
) -> Result<Module, Stop> {
    let live = Live::with(db, name, kept);
    let made = make(&live, checks, cancel, kept);
    live.keep(kept);
    made
}

/// What of the program was forgotten, made again, and what it leads to that was not there. It is for programs of which
/// all [can stay](Kept::can_stay).
pub(super) fn edit(
    db: &Database,
    name: &str,
    checks: Checks,
    cancel: &Cancel,
    kept: &mut Kept,
) -> Result<Change, Stop> {
    let live = Live::with(db, name, kept);
    let again = kept.again();
    let there = std::mem::take(&mut kept.there);
    let mut work = Work::new(&live, checks, kept);
    work.there = there;
    again.iter().for_each(|it| work.want(it.get(), None));
    let done = work.run(cancel);
    let Work { kept, functions, data, entries, statics, there, .. } = work;
    (kept.there, kept.files) = (there, live.places.files());
    let files = live.places.paths();
    live.keep(kept);
    done?;
    kept.there.instances.extend(entries.iter().map(|entry| Stored::of(&entry.instance)));
    kept.there.statics.extend(statics);
    Ok(Change {
        functions: functions.into_values().collect(),
        data: data.into_values().collect(),
        forgotten: kept.settle(),
        files,
    })
}

/// What the roots lead to.
fn make(live: &Live<'_>, checks: Checks, cancel: &Cancel, kept: &mut Kept) -> Result<Module, Stop> {
    let roots = kept.roots.clone();
    let variables = kept.variables.clone();
    let mut work = Work::new(live, checks, kept);
    for root in &roots {
        work.want(root.get(), None);
    }
    for id in variables {
        work.variable(id, None).map_err(|obstacle| Stop::Unsupported(vec![obstacle]))?;
    }
    let done = work.run(cancel);
    let Work { kept, functions, data, entries, statics, there, .. } = work;
    kept.files = live.places.files();
    done?;
    let instances = entries.iter().map(|entry| Stored::of(&entry.instance)).collect();
    kept.there = There { instances, statics, ..there };
    kept.settle();
    Ok(Module {
        functions: functions.into_values().collect(),
        data: data.into_values().collect(),
        files: live.places.paths(),
        outside: None,
    })
}

/// The instances of one program, each with who asked for it first.
struct Work<'a, 'db> {
    live: &'a Live<'db>,
    checks: Checks,
    kept: &'a mut Kept,
    entries: Vec<Entry<'db>>,
    seen: HashSet<Instance<'db>>,
    functions: BTreeMap<String, Arc<Function>>,
    data: BTreeMap<String, Data>,
    statics: HashSet<StaticId>,
    /// What need not be made.
    there: There,
}

struct Entry<'db> {
    instance: Instance<'db>,
    wanted_by: Option<usize>,
    /// Where it is defined, once it is lowered.
    span: Span,
}

impl<'a, 'db> Work<'a, 'db> {
    fn new(live: &'a Live<'db>, checks: Checks, kept: &'a mut Kept) -> Work<'a, 'db> {
        Work {
            live,
            checks,
            kept,
            entries: Vec::new(),
            seen: HashSet::new(),
            functions: BTreeMap::new(),
            data: BTreeMap::new(),
            statics: HashSet::new(),
            there: There::default(),
        }
    }

    /// Goes on until nothing is left.
    fn run(&mut self, cancel: &Cancel) -> Result<(), Stop> {
        let (mut next, mut obstacles) = (0, Vec::new());
        let mut limits = Limits::of(self.live.db);
        while next < self.entries.len() {
            if cancel.is_cancelled() {
                return Err(Stop::Cancelled);
            }
            if let Some(limit) = limits.exceeded(&self.entries, next) {
                return Err(Stop::Unsupported(vec![self.endless(next, limit)]));
            }
            // All at once: what is left out for each costs a round.
            match self.live.db.within_limits(Part::Body, || self.lower(next)) {
                Ok(lowered) => obstacles.extend(lowered.err()),
                Err(endless) => {
                    return Err(Stop::Unsupported(vec![self.beyond(next, endless)]));
                }
            }
            next += 1;
        }
        if obstacles.is_empty() { Ok(()) } else { Err(Stop::Unsupported(obstacles)) }
    }

    fn want(&mut self, instance: Instance<'db>, wanted_by: Option<usize>) {
        if self.seen.insert(instance) && !self.there.has(&instance) {
            self.entries.push(Entry { instance, wanted_by, span: Span::default() });
        }
    }

    fn lower(&mut self, index: usize) -> Result<(), Obstacle> {
        let instance = self.entries[index].instance;
        let stored = Stored::of(&instance);
        let unit = match self.kept.units.get(&stored) {
            Some(unit) => Arc::clone(unit),
            None => {
                let Some(unit) = self.make(index)? else { return Ok(()) };
                let unit = Arc::new(unit);
                if unit.can_stay() {
                    self.kept.units.insert(stored, Arc::clone(&unit));
                } else {
                    self.there.is_unsure = true;
                }
                unit
            }
        };
        let function = &unit.function;
        self.entries[index].span = function.span;
        for instance in &unit.needs {
            self.want(instance.get(), Some(index));
        }
        self.add_data(&unit.data);
        for id in &unit.statics {
            self.variable(*id, Some(index))?;
        }
        if let Some(other) = self.functions.insert(function.symbol.clone(), Arc::clone(function)) {
            let what = format!("two functions with the symbol `{}`", other.symbol);
            return Err(self.obstacle(index, what, function.span));
        }
        Ok(())
    }

    /// An instance as MIR; nothing where it has no body.
    fn make(&mut self, index: usize) -> Result<Option<Unit>, Obstacle> {
        let instance = self.entries[index].instance;
        let db = self.live.db;
        if self.kept.is_blank(db, &instance) {
            let what = "a body that the front end was not given".to_owned();
            return Err(self.obstacle(index, what, Span::default()));
        }
        if let Instance::Function(function, _) = instance {
            if !FunctionSignature::of(db, function).flags.contains(FnFlags::HAS_BODY) {
                return Ok(None);
            }
            self.entries[index].span = self.live.name_of(function);
            // The live crate's were checked; a mistake in the library must not become code.
            if function.krate(db) != db.live_crate()
                && let Some(wrong) = complaints::of_body(db, function)
            {
                let name = FunctionSignature::of(db, function).name.as_str();
                let what = format!("`{name}` of the library: {}", wrong.in_a_line());
                let span = self.live.places.span(wrong.file, wrong.range.0);
                return Err(self.obstacle(index, what, span));
            }
        }
        match lower::lower(db, self.live, instance, self.checks) {
            Ok(lowered) => Ok(Some(Unit::of(db, &instance, lowered))),
            Err(Unsupported { what, span }) => Err(self.obstacle(index, what, span)),
        }
    }

    fn add_data(&mut self, data: &[Data]) {
        for data in data {
            if !self.data.contains_key(&data.symbol) {
                self.data.insert(data.symbol.clone(), data.clone());
            }
        }
    }

    /// Adds a static and what it refers to.
    fn variable(&mut self, id: StaticId, wanted_by: Option<usize>) -> Result<(), Obstacle> {
        if self.there.statics.contains(&id) || !self.statics.insert(id) {
            return Ok(());
        }
        let variable = match self.kept.statics.get(&id) {
            Some(variable) => Arc::clone(variable),
            None => {
                let variable = Arc::new(self.make_variable(id)?);
                self.kept.statics.insert(id, Arc::clone(&variable));
                variable
            }
        };
        self.add_data(&variable.data);
        for instance in &variable.needs {
            self.want(instance.get(), wanted_by);
        }
        Ok(())
    }

    fn make_variable(&self, id: StaticId) -> Result<Variable, Obstacle> {
        let db = self.live.db;
        let signature = StaticSignature::of(db, id);
        let is_foreign = matches!(id.lookup(db).container, ItemContainerId::ExternBlockId(_))
            || signature.flags.contains(StaticFlags::EXTERN);
        if is_foreign {
            return Ok(Variable::default());
        }
        let live = self.live;
        let symbol = |named: Named<'db>| live.symbol(&named.into());
        let values = Values { db, live: db.live_crate(), symbol: &symbol };
        match values.variable(id, live.symbols.variable(id)) {
            Ok((data, functions)) => {
                let needs = functions.into_iter().map(|named| Stored::of(&named.into())).collect();
                Ok(Variable { data, needs })
            }
            Err(what) => {
                let source = id.lookup(db).source(db);
                let range = InFile::new(source.file_id, source.value.syntax())
                    .original_file_range_rooted(db);
                let span = live.span(range.file_id, range.range.start());
                let place = (live.places.path(span.file), span.line, span.column);
                Err(Obstacle { what, way: Way::Missing, places: vec![place] })
            }
        }
    }

    /// What stands in the way of an instance, and who wanted it.
    fn obstacle(&self, index: usize, what: String, span: Span) -> Obstacle {
        let place = |span: Span| (self.live.places.path(span.file), span.line, span.column);
        let own = self.entries[index].span;
        let mut places = vec![place(span), place(own)];
        let mut at = self.entries[index].wanted_by;
        while let Some(entry) = at {
            places.push(place(self.entries[entry].span));
            at = self.entries[entry].wanted_by;
        }
        // What is about a function as a whole is about its name; what nobody wrote stands nowhere.
        places.retain(|(_, line, _)| *line != 0);
        Obstacle { what, way: Way::Missing, places }
    }

    /// The same where there is always one more instance.
    fn endless(&mut self, index: usize, limit: &str) -> Obstacle {
        let of = self.instance(index);
        let what = format!("reached {limit} while instantiating {of}");
        Obstacle { way: Way::Endless, ..self.obstacle(index, what, Span::default()) }
    }

    /// The same where the front end does not come to an end.
    fn beyond(&mut self, index: usize, endless: Endless) -> Obstacle {
        if endless == Endless::Types {
            return self.endless(index, TYPE_LENGTH);
        }
        let what = effort::endless(&self.instance(index));
        Obstacle { way: Way::Endless, ..self.obstacle(index, what, Span::default()) }
    }

    /// What people know an instance as. Asks queries.
    fn instance(&mut self, index: usize) -> String {
        let db = self.live.db;
        match self.entries[index].instance {
            Instance::Function(function, _) | Instance::Virtual(function, _) => {
                self.entries[index].span = self.live.name_of(function);
                format!("`{}`", FunctionSignature::of(db, function).name.as_str())
            }
            Instance::Drop(_) => "what drops a value".to_owned(),
            _ => "what is called here".to_owned(),
        }
    }
}

/// Whether a function is one function: neither it nor what it stands in has parameters.
fn is_one(db: &Database, function: FunctionId) -> bool {
    let args = own_args(db, function);
    args.types().next().is_none() && args.consts().next().is_none()
}

/// A function's own parameters as arguments, lifetimes erased.
fn own_args<'db>(db: &'db Database, function: FunctionId) -> GenericArgs<'db> {
    let interner = DbInterner::new_with(db, db.live_crate());
    let own = GenericArgs::identity_for_item(interner, GenericDefId::from(function).into());
    let erased = own.iter().map(|arg| match arg.region() {
        Some(_) => Region::new_erased(interner).into(),
        None => arg,
    });
    GenericArgs::new_from_iter(interner, erased)
}
