//! The shared core of a program: what is live, who calls it, and what was told about it.
//!
//! One lock guards everything that committing needs. Calling threads never take it; handles and
//! closures hold the core only so that code and slots outlive them.

use std::{
    collections::HashSet,
    sync::Arc,
    time::{Duration, Instant},
};

use arc_swap::ArcSwap;
use crossbeam_channel::{Receiver, Sender, bounded};
use segue_compiler::{Compiled, Diagnostic, Interface};
use segue_loader::Memory;

use crate::{
    closure::Closed,
    commit::SlotRef,
    deliver::{self, Argument, Flight, Part, Record},
    epoch::{Epochs, Participant},
    error::{Error, ErrorKind},
    event::{Cause, Event, Report, Timings},
    generation::Generation,
    handle::Bound,
    held::Later,
    history::{Came, History},
    live::{Callers, Live, Prepared},
    roots::Commit,
    saved::Saved,
    sync::{Mutex, lock},
    table::Table,
    view::View,
    wanted::{self, readable},
    way_back::Armed,
};

#[cfg(debug_assertions)]
mod audit;
mod collect;
mod faults;
mod status;
mod travel;

use collect::{Recalled, close};
use status::{Arrivals, Moved};
pub(crate) use travel::Travel;

/// Events kept for an embedder that does not listen.
const EVENTS: usize = 256;

/// Of programs that are gone and had thread-locals: threads of the host may run their destructors as
/// long as they live, so whatever those call, in slots of the last or an earlier world, stays.
static LEFT: Mutex<Vec<Box<dyn Send>>> = Mutex::new(Vec::new());

/// See the module.
pub(crate) struct Core {
    state: Mutex<State>,
    /// What is saved. Its lock is taken after that of `state`, or alone.
    saved: Mutex<Saved>,
    table: Arc<Table>,
    epochs: Arc<Epochs>,
    memory: Arc<Memory>,
    faults: faults::Faults,
    view: ArcSwap<View>,
    events: Sender<Event>,
    /// The other end of `events`, to drop the oldest when it is full.
    unheard: Receiver<Event>,
}

struct State {
    live: Live,
    history: History,
    closures: Vec<Record>,
    /// Somebody registered a participant of their own, or opened a second closure.
    several: bool,
    tickets: u64,
    closed: Vec<Closed>,
    moved: Moved,
    /// The epoch's stamp from when another generation was last stored or posted.
    stamp: u64,
    arrivals: Arrivals,
    /// Whether a calling thread may go back from the live generation (`way_back`).
    armed: Armed,
}

// SAFETY: `Closed` and the records hold states, whose types are checked to be Send.
unsafe impl Send for State {}

impl State {
    fn callers(&self) -> Callers {
        if self.several { Callers::Several } else { Callers::One }
    }

    /// Generations that closures run, or could go back to.
    fn needed(&self) -> HashSet<u64> {
        let flights = self.closures.iter().flat_map(|record| &record.flights);
        let carrying = flights.filter(|flight| flight.carries_entries);
        carrying.flat_map(|flight| [flight.previous.number, flight.generation.number]).collect()
    }

    fn ticket(&mut self) -> u64 {
        self.tickets += 1;
        self.tickets
    }
}

impl Core {
    pub(crate) fn new(
        live: Live,
        history: usize,
        table: Arc<Table>,
        epochs: Arc<Epochs>,
        memory: Arc<Memory>,
    ) -> Core {
        let history = History::new(history);
        let state = State {
            live,
            history,
            closures: Vec::new(),
            several: false,
            tickets: 0,
            closed: Vec::new(),
            moved: Moved::Saved,
            stamp: 0,
            arrivals: Arrivals::new(),
            armed: Armed::No,
        };
        let view = ArcSwap::from_pointee(View::default());
        let (events, unheard) = bounded(EVENTS);
        let (state, saved) = (Mutex::new(state), Mutex::new(Saved::default()));
        let faults = faults::Faults::new();
        Core { state, saved, table, epochs, memory, faults, view, events, unheard }
    }

    /// Slots that somebody has a share of.
    pub(crate) fn slots(&self) -> usize {
        self.table.len()
    }

    #[inline]
    pub(crate) fn epochs(&self) -> &Arc<Epochs> {
        &self.epochs
    }

    pub(crate) fn memory(&self) -> &Memory {
        &self.memory
    }

    /// What is told, for whoever wants to hear it.
    pub(crate) fn events(&self) -> Receiver<Event> {
        self.unheard.clone()
    }

    pub(crate) fn view(&self) -> Arc<View> {
        self.view.load_full()
    }

    pub(crate) fn generation(&self) -> Arc<Generation> {
        lock(&self.state).live.current().clone()
    }

    pub(crate) fn statics(&self) -> Vec<(String, usize, usize)> {
        let state = lock(&self.state);
        state.live.statics().map(|(name, at, size)| (name.to_owned(), at, size)).collect()
    }

    /// Links `compiled` and brings it to the callers. Whatever fails, nothing changed.
    pub(crate) fn commit(
        &self,
        compiled: Compiled,
        cause: Cause,
        timings: Timings,
    ) -> Result<Report, Error> {
        let started = Instant::now();
        let later = Later::new(self);
        let mut state = lock(&self.state);
        self.settle(&mut state, &later);
        self.disarm(&mut state);
        let posted = state.live.current().clone();
        let recalled = self.recall(&mut state);
        let callers = state.callers();
        let warnings = compiled.warnings.clone();
        let result = state.live.prepare(compiled, callers).and_then(|(prepared, split)| {
            let timings = Timings { link: started.elapsed(), ..timings };
            self.note_saved(cause, &prepared.generation, &split);
            self.install(&mut state, prepared, cause, timings, warnings)
        });
        self.note_outcome(cause, &result);
        self.end_recall(&mut state, &posted, recalled, &result);
        #[cfg(debug_assertions)]
        audit::audit(&mut state);
        result
    }

    /// What was recalled for a commit is told to be overtaken by it, or goes out again if it failed.
    fn end_recall(
        &self,
        state: &mut State,
        posted: &Arc<Generation>,
        recalled: Option<Recalled>,
        result: &Result<Report, Error>,
    ) {
        match (result, recalled) {
            (Ok(_), Some(recalled)) if recalled.is_untold => {
                self.tell(Event::Overtaken { generation: Some(posted.number) });
            }
            (Err(_), Some(recalled)) => self.post_again(state, posted, recalled),
            _ => {}
        }
    }

    /// Posts `generation` again after it was recalled for nothing.
    fn post_again(&self, state: &mut State, generation: &Arc<Generation>, recalled: Recalled) {
        let callers = state.callers();
        let again = state.live.prepare_return(generation, callers).and_then(|prepared| {
            let Recalled { cause, timings, warnings, .. } = recalled;
            self.install(state, prepared, cause, timings, warnings)
        });
        if let Err(error) = again {
            self.follow(state);
            self.tell(Event::Refused(error));
        }
    }

    fn install(
        &self,
        state: &mut State,
        mut prepared: Prepared,
        cause: Cause,
        timings: Timings,
        warnings: Vec<Diagnostic>,
    ) -> Result<Report, Error> {
        let started = Instant::now();
        let generation = prepared.generation.clone();
        let planned = plan_parts(state, &generation);
        if planned.is_err() {
            // Statics that it brought stay, and may name its functions.
            self.let_go(state, [generation.clone()]);
        }
        let parts = planned?;
        let travels = cause.travels();
        let mut report = Report {
            generation: generation.number,
            cause,
            changed: wanted::changed(&prepared.changed),
            added: names_apart(&prepared.added, state.live.current()),
            removed: names_apart(&prepared.removed, &generation),
            linked: prepared.linked,
            state: parts.iter().flat_map(|part| part.lines.clone()).collect(),
            statics: state.live.edited_statics(&generation),
            warnings,
            timings,
        };
        // A turn that was recalled for nothing goes out again, though it brings nothing new.
        let again = !travels && generation.number == state.live.current().number;
        if prepared.is_unchanged() && report.state.is_empty() && !travels && !again {
            report.generation = state.live.current().number;
            adopt_interface(state, &generation);
            state.moved = cause.into();
            self.tell(Event::Unchanged(report.clone()));
            return Ok(report);
        }
        let previous = state.live.current().clone();
        let by_turn = !state.several && state.closures.len() == 1;
        let way = if travels || again { None } else { self.way_from(state, &prepared) };
        self.store_now(state, &mut prepared, by_turn.then_some(&previous));
        self.arm(state, way);
        state.live.committed(&prepared);
        self.remember(state, &previous, &generation, &report);
        if !again {
            let stamp = self.epochs.advance();
            state.history.replaced(previous.number, stamp);
            state.stamp = stamp;
            state.moved = cause.into();
            if !by_turn {
                self.note_arrivals(state, &report, stamp);
            }
        }
        report.timings.publish = started.elapsed();
        for (index, part) in parts.into_iter().enumerate() {
            let ticket = state.ticket();
            let told = (by_turn && index == 0).then(|| report.clone());
            let flight = |before, after| Flight {
                ticket,
                generation: generation.clone(),
                previous: previous.clone(),
                before,
                after,
                is_made: true,
                spares: Vec::new(),
                posted: started,
                report: told,
                carries_entries: by_turn,
                stored: !by_turn && state.live.commit() == Commit::Immediate,
            };
            state.closures[index].post(part, &mut prepared, flight);
        }
        self.look(state);
        if !by_turn && !again {
            self.tell(Event::Live(report.clone()));
        }
        Ok(report)
    }

    /// Stores the entries of `prepared`; for a turn that follows `previous`, only those that it must
    /// not carry.
    ///
    /// A slot that neither the live generation uses nor one that the closure could go back to may hold
    /// code that is gone: it must not come back with the turn. Nobody calls through it but who would
    /// call that.
    fn store_now(
        &self,
        state: &State,
        prepared: &mut Prepared,
        previous: Option<&Arc<Generation>>,
    ) {
        let slots = |generation: &Generation| -> HashSet<SlotRef> {
            generation.functions.values().map(|live| SlotRef::new(live.slot.slot())).collect()
        };
        let mut stores = std::mem::take(&mut prepared.stores);
        if let Some(previous) = previous {
            let used = slots(previous);
            prepared.stores.extend(stores.extract_if(.., |(slot, _)| used.contains(slot)));
            for flight in state.closures.iter().flat_map(|record| &record.flights) {
                let used = slots(&flight.previous);
                prepared.left.extend(stores.extract_if(.., |(slot, _)| used.contains(slot)));
            }
        }
        for (slot, entry) in stores {
            // SAFETY: `self` keeps the table.
            unsafe { slot.get() }.publish(entry);
        }
    }

    /// Puts `generation` into the history; what leaves it leaves behind what can still be named.
    fn remember(
        &self,
        state: &mut State,
        previous: &Generation,
        generation: &Arc<Generation>,
        report: &Report,
    ) {
        let dropped = if report.cause.travels() || state.history.has(generation.number) {
            state.history.go_to(generation).into_iter().collect()
        } else {
            let mut needed = state.needed();
            needed.insert(previous.number);
            state.history.push(generation.clone(), Came::now(report), &needed)
        };
        self.let_go(state, dropped);
    }

    /// Puts the history's mark where the program is, after something was taken back.
    fn follow(&self, state: &mut State) {
        let current = state.live.current().clone();
        let dropped = state.history.go_to(&current);
        self.let_go(state, dropped);
    }

    /// What can still be named of generations that left the history outlives them.
    fn let_go(&self, state: &mut State, dropped: impl IntoIterator<Item = Arc<Generation>>) {
        let current = state.live.current().clone();
        let closures = state.closures.iter().flat_map(Record::slots);
        let closures: HashSet<u32> = closures.map(|slot| slot.index()).collect();
        for dropped in dropped {
            let remaining: Vec<_> = state.history.generations().cloned().collect();
            state.live.kept().outlive(&dropped, &current, &remaining, &closures);
        }
    }

    /// Registers the calling thread; from now on commits cannot wait for one caller.
    pub(crate) fn participant(&self) -> Participant {
        let later = Later::new(self);
        self.allow_several(&mut lock(&self.state), &later);
        Participant::register(&self.epochs)
    }

    fn allow_several(&self, state: &mut State, later: &Later<'_>) {
        if std::mem::replace(&mut state.several, true) {
            return;
        }
        // What the one caller is about to go back on is gone back on first, and nothing is after that.
        state.closures.iter().for_each(|record| record.port.alone.end());
        self.settle(state, later);
        let posted = state.live.current().clone();
        let recalled = self.recall(state);
        state.closures.iter().for_each(Record::wait_until_taken);
        self.settle(state, later);
        if let Some(recalled) = recalled {
            // What was posted as one turn is prepared again, for callers at any moment.
            self.post_again(state, &posted, recalled);
        }
    }

    /// Opens a closure and hands what it starts with to `make`.
    pub(crate) fn open_closure<C>(
        &self,
        path: &str,
        argument: Argument,
        make: impl FnOnce(crate::commit::Running, Participant, Arc<crate::commit::Port>) -> C,
    ) -> Result<C, Error> {
        let later = Later::new(self);
        let mut state = lock(&self.state);
        self.settle(&mut state, &later);
        if !state.closures.is_empty() {
            self.allow_several(&mut state, &later);
        }
        let live = &state.live;
        let slot_of = |symbol: &str| live.slot_of(live.current(), symbol);
        let (record, running) = deliver::start(live.current(), path, argument, slot_of)?;
        let closure =
            make(running, Participant::register_as(&self.epochs, path), record.port.clone());
        state.closures.push(record);
        Ok(closure)
    }

    /// Finds the slot of the shim that `choose` picks, for a handle that may keep it as long as it likes.
    pub(crate) fn bind(
        &self,
        choose: impl FnOnce(&Interface) -> Result<String, Error>,
    ) -> Result<Bound, Error> {
        let mut state = lock(&self.state);
        let generation = state.live.current().clone();
        let shim = choose(&generation.interface)?;
        state.live.bind(&shim).ok_or_else(|| {
            Error::new(ErrorKind::NoSuchFunction, format!("the compiler left out `{shim}`"))
        })
    }

    /// A closure was dropped. Its state is dropped by the program's thread, or with the core.
    pub(crate) fn closed(&self, closed: Closed) {
        lock(&self.state).closed.push(closed);
    }

    fn look(&self, state: &State) {
        self.view.store(Arc::new(View::of(state.live.current())));
    }

    /// Tells `event`. Where nobody listens, the newest [`EVENTS`] are kept.
    pub(crate) fn tell(&self, event: Event) {
        let mut event = Some(event);
        while let Some(unsent) = event.take() {
            if let Err(full) = self.events.try_send(unsent) {
                let _ = self.unheard.try_recv();
                event = Some(full.into_inner());
            }
        }
    }
}

impl Drop for Core {
    fn drop(&mut self) {
        let later = Later::new(self);
        let mut state = lock(&self.state);
        for closed in std::mem::take(&mut state.closed) {
            close(&mut state, closed);
        }
        if state.live.has_thread_locals() {
            let left =
                (state.live.current().clone(), state.history.drain(), state.live.kept().take());
            lock(&LEFT).push(Box::new(left));
        }
        drop(state);
        drop(later);
        // What the fields retire when they are dropped now, the reclaiming thread reclaims, or the last
        // owner of the epochs.
    }
}

/// Names of `symbols`, without functions that `generation` has under another symbol: code and shim of
/// one function are one to whoever reads the report.
fn names_apart(symbols: &[String], generation: &Generation) -> Vec<String> {
    let mut names = readable(symbols);
    if !names.is_empty() {
        let there: Vec<String> = generation.functions.keys().map(ToString::to_string).collect();
        let there = readable(&there);
        names.retain(|name| there.binary_search(name).is_err());
    }
    names
}

fn plan_parts(state: &State, generation: &Arc<Generation>) -> Result<Vec<Part>, Error> {
    let slot_of = |symbol: &str| state.live.slot_of(generation, symbol);
    let mut parts: Vec<Part> = Vec::new();
    for record in &state.closures {
        match record.plan(generation, slot_of) {
            Ok(part) => parts.push(part),
            Err(error) => {
                for part in parts {
                    // SAFETY: made just now, given to nobody.
                    unsafe { part.dispose() };
                }
                return Err(error);
            }
        }
    }
    Ok(parts)
}

/// The text changed, the code did not: from now on the interface is that of the new text. The world keeps
/// its types, since who holds an address of before knows those.
fn adopt_interface(state: &mut State, generation: &Generation) {
    let current = state.live.current();
    let adopted = Generation {
        number: current.number,
        world: current.world,
        types: current.types,
        interface: generation.interface.clone(),
        functions: current.functions.clone(),
    };
    let adopted = Arc::new(adopted);
    state.live.set_current(adopted.clone());
    // The same code, so nothing is left behind by what it replaces.
    drop(state.history.go_to(&adopted));
}

/// How often the program's thread looks after what closures left, while nothing is on its way.
pub(crate) const IDLE: Duration = Duration::from_millis(20);
/// And while something is.
pub(crate) const BUSY: Duration = Duration::from_millis(1);
