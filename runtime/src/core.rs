//! The shared core of a program: what is live, who calls it, and what was told about it.
//!
//! One lock guards everything that committing needs. Calling threads never take it; handles and
//! closures hold the core only so that code and slots outlive them.

use std::{collections::HashSet, sync::Arc, time::Duration};

use arc_swap::ArcSwap;
use crossbeam_channel::{Receiver, Sender, bounded};
use segue_compiler::Interface;
use segue_loader::Memory;

use crate::{
    closure::Closed,
    deadline::{Limits, Watch},
    deliver::{self, Argument, Record},
    epoch::{Epochs, Participant},
    error::{Error, ErrorKind},
    event::Event,
    generation::Generation,
    handle::Bound,
    held::Later,
    history::History,
    live::{Callers, Live},
    saved::Saved,
    sync::{Mutex, lock},
    table::Table,
    view::{Looked, View},
    way_back::Armed,
};

#[cfg(debug_assertions)]
mod audit;
mod collect;
mod faults;
mod install;
mod optimise;
mod status;
mod travel;

use collect::close;
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
    view: ArcSwap<Looked>,
    /// What is saved. Its lock is taken after that of `state`, or alone.
    saved: Mutex<Saved>,
    table: Arc<Table>,
    epochs: Arc<Epochs>,
    memory: Arc<Memory>,
    faults: faults::Faults,
    limits: Limits,
    /// Has them watched.
    _watch: Watch,
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
        limits: Limits,
        watch: Watch,
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
        let view = ArcSwap::from_pointee(Looked::default());
        let (events, unheard) = bounded(EVENTS);
        let (state, saved) = (Mutex::new(state), Mutex::new(Saved::default()));
        let faults = faults::Faults::new();
        Core {
            state,
            view,
            saved,
            table,
            epochs,
            memory,
            faults,
            limits,
            _watch: watch,
            events,
            unheard,
        }
    }

    /// How long guarded calls may take.
    #[inline]
    pub(crate) fn limits(&self) -> Limits {
        self.limits
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
        self.view.load().view()
    }

    pub(crate) fn generation(&self) -> Arc<Generation> {
        lock(&self.state).live.current().clone()
    }

    pub(crate) fn statics(&self) -> Vec<(String, usize, usize)> {
        let state = lock(&self.state);
        state.live.statics().map(|(name, at, size)| (name.to_owned(), at, size)).collect()
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
        self.view.store(Arc::new(Looked::at(state.live.current().clone())));
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

/// How often the program's thread looks after what closures left, while nothing is on its way.
pub(crate) const IDLE: Duration = Duration::from_millis(20);
/// And while something is.
pub(crate) const BUSY: Duration = Duration::from_millis(1);
