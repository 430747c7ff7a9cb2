//! Bringing a prepared generation to the calling threads.
//!
//! With one closure and no other caller, everything goes into that closure's turn: entries, slot
//! and state change together between two blocks. With none, or with several callers, the entries are
//! stored here and now, callees first, and each closure's turn holds only its own state and slot.
//!
//! What is on its way is a *flight*. It lands when its turn is taken, comes back when its code
//! panics, and can be recalled as long as nobody took it.

use std::{mem::take, sync::Arc, time::Instant};

use segue_compiler::{Fingerprint, Function, Interface, State};

use crate::{
    commit::{Change, OtherState, Port, Running, SlotRef, Turn},
    error::{Error, ErrorKind},
    event::Report,
    generation::Generation,
    held::{Disposal, Held, layout_of, shims},
    live::{Prepared, Store},
    migrate,
    state::{FieldLine, spares::Spares},
    sync::yield_now,
    table::OwnedSlot,
};

/// A type of the host that live functions borrow.
#[derive(Clone, Copy)]
pub(crate) struct Argument {
    pub(crate) name: &'static str,
    pub(crate) fingerprint: Fingerprint,
}

/// A closure as the program knows it.
pub(crate) struct Record {
    pub(crate) port: Arc<Port>,
    /// The function's path in the file.
    pub(crate) path: String,
    /// The type that the host shares.
    pub(crate) argument: Argument,
    /// The state once every flight has landed.
    pub(crate) held: Held,
    pub(crate) flights: Vec<Flight>,
    /// The ticket since which the closure is silent, and what the panic said.
    pub(crate) silent: Option<(u64, String)>,
}

/// A generation on its way to a closure.
pub(crate) struct Flight {
    pub(crate) ticket: u64,
    pub(crate) generation: Arc<Generation>,
    pub(crate) previous: Arc<Generation>,
    /// The state before and after.
    pub(crate) before: Held,
    pub(crate) after: Held,
    /// Whether `after` holds a value; if not, `migrate` makes it when the turn is taken.
    pub(crate) is_made: bool,
    /// What carrying values from one to the other needs.
    pub(crate) spares: Vec<Spares>,
    pub(crate) posted: Instant,
    /// Told when the flight lands; `None` when that was done.
    pub(crate) report: Option<Report>,
    /// Whether the turn carries the entries, so that recalling it takes the generation back.
    pub(crate) carries_entries: bool,
    /// Whether the entries were stored at once, into slots that the closure calls through already.
    pub(crate) stored: bool,
}

impl Flight {
    /// What the closure holds when the flight does not land. Entries that were stored at once stay,
    /// and the state is dropped through their slots: by the newest code of its type.
    pub(crate) fn held_without(&self) -> Held {
        if !self.stored || self.changes_state() { &self.before } else { &self.after }.clone()
    }

    fn changes_state(&self) -> bool {
        !Arc::ptr_eq(&self.before.layout, &self.after.layout)
    }

    /// The flight never landed or came back: drops the state that it brought.
    ///
    /// # Safety
    ///
    /// The closure holds `before` again.
    pub(crate) unsafe fn undo(self) {
        let changes = self.changes_state();
        Disposal::put_spares(self.spares, &self.after);
        match self.is_made {
            _ if !changes => {}
            // SAFETY: the caller's promise: nobody has `after`.
            true => unsafe { self.after.dispose() },
            false => self.after.deallocate(),
        }
    }

    /// The flight can no longer come back: drops the state that it replaced.
    ///
    /// # Safety
    ///
    /// The closure has moved on from `before` for good.
    pub(crate) unsafe fn settle(self) {
        let changes = self.changes_state();
        Disposal::put_spares(self.spares, &self.after);
        if changes {
            // SAFETY: the caller's promise.
            unsafe { self.before.dispose() };
        }
    }
}

/// What a generation means for one closure.
pub(crate) struct Part {
    pub(crate) slot: SlotRef,
    pub(crate) after: Held,
    /// How the state becomes another one, if it does.
    pub(crate) change: Option<Change>,
    pub(crate) spares: Vec<Spares>,
    pub(crate) lines: Vec<FieldLine>,
}

impl Part {
    /// Drops what was made for a generation that does not come.
    ///
    /// # Safety
    ///
    /// The part was given to nobody.
    pub(crate) unsafe fn dispose(self) {
        Disposal::put_spares(self.spares, &self.after);
        match self.change {
            None => {}
            Some(Change::Migrate(_)) => self.after.deallocate(),
            // SAFETY: the caller's promise.
            Some(Change::Carry(_)) => unsafe { self.after.dispose() },
        }
    }
}

impl Record {
    /// Checks that `generation` still has this closure's function, and plans its state.
    pub(crate) fn plan(
        &self,
        generation: &Arc<Generation>,
        slot_of: impl Fn(&str) -> Option<SlotRef>,
    ) -> Result<Part, Error> {
        let (function, state) = find(&generation.interface, &self.path, self.argument)?;
        let slot = shim_slot(function, slot_of)?;
        if state.fingerprint == self.held.layout.fingerprint {
            self.check_layout(generation, state)?;
            let after = self.held.with_code_of(generation);
            let (change, spares, lines) = (None, Vec::new(), Vec::new());
            return Ok(Part { slot, after, change, spares, lines });
        }
        migrate::plan(&self.held, generation, state, slot)
    }

    /// Where another compiler made `generation`: checks that it lays `state` out as the value lies there.
    fn check_layout(&self, generation: &Generation, state: &State) -> Result<(), Error> {
        let (here, there) = (self.held.generation.interface.abi, generation.interface.abi);
        if here == there || self.held.layout.is_as_in(&layout_of(generation, state)?) {
            return Ok(());
        }
        let message = format!(
            "`{}` holds what {here} and {there} may lay out differently, so its value stays with {here}",
            state.name
        );
        Err(Error::new(ErrorKind::State, message))
    }

    /// Posts `part` of `prepared` to the closure; its turn carries the entries when it is the one
    /// caller.
    pub(crate) fn post(
        &mut self,
        part: Part,
        prepared: &mut Prepared,
        flight: impl FnOnce(Held, Held) -> Flight,
    ) {
        let Part { slot, after, change, spares, .. } = part;
        let mut flight = flight(self.held.clone(), after.clone());
        flight.stored &=
            self.slot_in(&self.held.generation).map(|own| SlotRef::new(own.slot())) == Some(slot);
        flight.is_made = !matches!(change, Some(Change::Migrate(_)));
        flight.spares = spares;
        let state = change.map(|change| OtherState { state: after.at, change });
        let (stores, left) = match flight.carries_entries {
            true => (entries(take(&mut prepared.stores)), entries(take(&mut prepared.left))),
            false => (Vec::new(), Vec::new()),
        };
        let turn = Turn {
            ticket: flight.ticket,
            stores,
            left,
            slot,
            state,
            generation: prepared.generation.number,
            caught: None,
        };
        self.held = after;
        self.flights.push(flight);
        let left = self.port.pending.post(Box::new(turn));
        debug_assert!(left.is_none(), "what was pending is recalled before the next post");
    }

    fn slot_in<'a>(&self, generation: &'a Generation) -> Option<&'a Arc<OwnedSlot>> {
        let (function, _) = find(&generation.interface, &self.path, self.argument).ok()?;
        generation.functions.get(function.shim.as_deref()?).map(|live| &live.slot)
    }

    /// The slots that the closure calls through, or will if it goes back.
    pub(crate) fn slots(&self) -> impl Iterator<Item = &Arc<OwnedSlot>> {
        let before = self.flights.iter().map(|flight| &flight.before);
        let held = before.chain([&self.held]);
        held.filter_map(|held| self.slot_in(&held.generation))
    }

    /// Takes back what was posted and not taken, if anything.
    pub(crate) fn recall(&mut self) -> Option<Flight> {
        let turn = self.port.pending.take()?;
        let flight = self.take_flight(&turn)?;
        self.held = flight.held_without();
        Some(flight)
    }

    /// Waits while the closure takes a turn that could not be recalled.
    pub(crate) fn wait_until_taken(&self) {
        let posted = self.flights.iter().map(|flight| flight.ticket).max();
        let is_landed = |ticket| self.port.taken() >= ticket || !self.port.faulted.is_empty();
        while !posted.is_none_or(is_landed) {
            yield_now();
        }
    }

    /// The flight of `turn`, which came back.
    pub(crate) fn take_flight(&mut self, turn: &Turn) -> Option<Flight> {
        let at = self.flights.iter().position(|flight| flight.ticket == turn.ticket)?;
        let mut flight = self.flights.remove(at);
        flight.is_made |= turn.has_migrated();
        Some(flight)
    }
}

/// Slots, and what to store into them.
fn entries(stores: Vec<Store>) -> Vec<(SlotRef, usize)> {
    stores.into_iter().map(|store| (store.slot, store.entry)).collect()
}

/// Starts a closure: its function, its first state, and what it runs.
pub(crate) fn start(
    generation: &Arc<Generation>,
    path: &str,
    argument: Argument,
    slot_of: impl Fn(&str) -> Option<SlotRef>,
) -> Result<(Record, Running), Error> {
    let (function, state) = find(&generation.interface, path, argument)?;
    let slot = shim_slot(function, slot_of)?;
    let held = Held::new(generation, state)?;
    let running = Running { slot, state: held.at, generation: generation.number };
    let port = Arc::new(Port::new());
    let path = path.to_owned();
    Ok((Record { port, path, argument, held, flights: Vec::new(), silent: None }, running))
}

fn shim_slot(
    function: &Function,
    slot_of: impl Fn(&str) -> Option<SlotRef>,
) -> Result<SlotRef, Error> {
    function.shim.as_deref().and_then(slot_of).ok_or_else(|| {
        let reason = function.no_shim_reason.as_deref().unwrap_or("the compiler left it out");
        let message = format!("`{}` cannot be called from outside: {reason}", function.path);
        Error::new(ErrorKind::NoSuchFunction, message)
    })
}

/// The function of a closure and its state type, if its signature is `fn(&mut State, &mut Argument)`.
fn find<'a>(
    interface: &'a Interface,
    path: &str,
    argument: Argument,
) -> Result<(&'a Function, &'a State), Error> {
    let Argument { name: argument, fingerprint } = argument;
    if interface.type_fingerprint(argument) != Some(fingerprint) {
        let message = format!(
            "`{argument}` belongs to the host, and the file has none or another one: use the \
             `{argument}` that this program was built with"
        );
        return Err(Error::new(ErrorKind::State, message));
    }
    let expected = format!("pub fn {path}(state: &mut State, block: &mut {argument})");
    let Some(function) = interface.functions.iter().find(|function| function.path == path) else {
        let message = format!("there is no function `{path}`; expected `{expected}`");
        return Err(Error::new(ErrorKind::NoSuchFunction, message));
    };
    let is_argument = |ty: &str| {
        ty.strip_prefix("&mut ").is_some_and(|ty| ty.rsplit("::").next() == Some(argument))
    };
    let state = match (&function.parameters[..], &function.state) {
        ([_, second], Some(state)) if is_argument(second) && function.result == "()" => {
            interface.states.iter().find(|each| each.name == *state)
        }
        _ => None,
    };
    let state = state.ok_or_else(|| {
        let found = function.signature();
        let message = format!(
            "line {}: `{path}` is `{found}`; expected `{expected}`, with a struct of the file as \
             its state",
            function.line
        );
        Error::new(ErrorKind::Signature, message)
    })?;
    shims(state)?;
    Ok((function, state))
}
