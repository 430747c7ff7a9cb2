//! Bringing a prepared generation to the calling threads.
//!
//! With one closure and no other caller, everything goes into that closure's turn: entries, slot
//! and state change together between two blocks. With none, or with several callers, the entries are
//! stored here and now, callees first, and each closure's turn holds only its own state and slot.
//!
//! What is on its way is a *flight*. It lands when its turn is taken, comes back when its code
//! panics, and can be recalled as long as nobody took it.

use std::{alloc, ptr::NonNull, sync::Arc, time::Instant};

use segue_compiler::{Fingerprint, Function, Interface, State, StateShims};

use crate::{
    commit::{OtherState, Port, Running, SlotRef, Turn},
    error::{Error, ErrorKind},
    event::Report,
    fault,
    generation::Generation,
    live::Prepared,
    state::{FieldLine, Move, StateLayout},
};

/// A state in memory, with what it takes to drop it.
#[derive(Clone)]
pub(crate) struct Held {
    pub(crate) at: NonNull<u8>,
    pub(crate) layout: Arc<StateLayout>,
    /// The newest generation that knows this layout: its code drops the state.
    generation: Arc<Generation>,
}

// SAFETY: state types are checked to be Send when their shims are compiled.
unsafe impl Send for Held {}

impl Held {
    /// Makes the first value of `state`, by the code of `generation`.
    pub(crate) fn new(generation: &Arc<Generation>, state: &State) -> Result<Held, Error> {
        let layout = Arc::new(layout_of(generation, state)?);
        let refuse = |what: &str| Error::new(ErrorKind::State, format!("{what} `{}`", state.name));
        let at = match layout.memory.size() {
            0 => NonNull::new(std::ptr::without_provenance_mut(layout.memory.align())),
            // SAFETY: the size is not zero.
            _ => NonNull::new(unsafe { alloc::alloc(layout.memory) }),
        };
        let at = at.ok_or_else(|| refuse("no memory for the state"))?;
        let default = entry(generation, &shims(state)?.default)?;
        // SAFETY: the entry is the state's default shim, compiled with the types of `generation`,
        // whose code and callees `generation` keeps; `at` has the size and alignment it asked for.
        let made = fault::catch(|| unsafe {
            std::mem::transmute::<usize, extern "C-unwind" fn(*mut u8)>(default)(at.as_ptr());
        });
        let held = Held { at, layout, generation: generation.clone() };
        match made {
            Ok(()) => Ok(held),
            Err(caught) => {
                held.deallocate();
                let message = format!("`{}::default` {caught}", state.name);
                Err(Error::new(ErrorKind::State, message))
            }
        }
    }

    /// Drops the state by its own generation's code. A drop that panics leaks what it had left.
    ///
    /// # Safety
    ///
    /// Nobody uses the state any more, and it is disposed of once.
    pub(crate) unsafe fn dispose(self) {
        let state = self.generation.interface.states.iter();
        let state = state.into_iter().find(|each| each.fingerprint == self.layout.fingerprint);
        let drop =
            state.and_then(|state| entry(&self.generation, &state.shims.as_ref()?.drop).ok());
        if let Some(drop) = drop {
            // SAFETY: the drop shim of this very layout (same fingerprint), kept by `generation`.
            let _ = fault::catch(|| unsafe {
                std::mem::transmute::<usize, extern "C-unwind" fn(*mut u8)>(drop)(self.at.as_ptr());
            });
        }
        self.deallocate();
    }

    fn deallocate(&self) {
        if self.layout.memory.size() > 0 {
            // SAFETY: allocated in `new` with this layout.
            unsafe { alloc::dealloc(self.at.as_ptr(), self.layout.memory) };
        }
    }
}

fn shims(state: &State) -> Result<&StateShims, Error> {
    state.shims.as_ref().ok_or_else(|| {
        let reason = state.no_shims_reason.as_deref().unwrap_or("it has no `Default`");
        Error::new(ErrorKind::State, format!("`{}` cannot be a state: {reason}", state.name))
    })
}

fn entry(generation: &Generation, symbol: &str) -> Result<usize, Error> {
    let live = generation.functions.get(symbol).ok_or_else(|| {
        Error::new(ErrorKind::State, format!("the compiler left out the state's `{symbol}`"))
    })?;
    Ok(live.code.entry())
}

fn layout_of(generation: &Generation, state: &State) -> Result<StateLayout, Error> {
    let layout = entry(generation, &shims(state)?.layout)?;
    let mut words = vec![0usize; StateLayout::words(state)];
    // SAFETY: the layout shim writes size, alignment and two words per field: `words` of them.
    unsafe {
        std::mem::transmute::<usize, extern "C-unwind" fn(*mut usize)>(layout)(words.as_mut_ptr());
    }
    StateLayout::from_words(state, &words)
}

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
    /// What the panic said since which the closure is silent.
    pub(crate) silent: Option<String>,
}

/// A generation on its way to a closure.
pub(crate) struct Flight {
    pub(crate) ticket: u64,
    pub(crate) generation: Arc<Generation>,
    pub(crate) previous: Arc<Generation>,
    /// The state before and after.
    pub(crate) before: Held,
    pub(crate) after: Held,
    pub(crate) posted: Instant,
    /// Told when the flight lands; `None` when that was done.
    pub(crate) report: Option<Report>,
    /// Whether the turn carries the entries, so that recalling it takes the generation back.
    pub(crate) carries_entries: bool,
}

impl Flight {
    /// What the closure holds when the flight does not land. Entries that were stored at once stay,
    /// and the state is dropped through their slots: by the newest code of its type.
    pub(crate) fn held_without(&self) -> Held {
        if self.carries_entries || self.changes_state() { &self.before } else { &self.after }
            .clone()
    }

    fn changes_state(&self) -> bool {
        self.before.at != self.after.at
    }

    /// The flight never landed or came back: drops the state that it brought.
    ///
    /// # Safety
    ///
    /// The closure holds `before` again.
    pub(crate) unsafe fn undo(self) {
        if self.changes_state() {
            // SAFETY: the caller's promise: nobody has `after`.
            unsafe { self.after.dispose() };
        }
    }

    /// The flight can no longer come back: drops the state that it replaced.
    ///
    /// # Safety
    ///
    /// The closure has moved on from `before` for good.
    pub(crate) unsafe fn settle(self) {
        if self.changes_state() {
            // SAFETY: the caller's promise.
            unsafe { self.before.dispose() };
        }
    }
}

/// What a generation means for one closure.
pub(crate) struct Part {
    pub(crate) slot: SlotRef,
    pub(crate) after: Held,
    moves: Vec<Move>,
    pub(crate) lines: Vec<FieldLine>,
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
            let after = Held { generation: generation.clone(), ..self.held.clone() };
            return Ok(Part { slot, after, moves: Vec::new(), lines: Vec::new() });
        }
        let after = Held::new(generation, state)?;
        let (moves, lines) = self.held.layout.plan(&after.layout);
        Ok(Part { slot, after, moves, lines })
    }

    /// Posts `part` of `prepared` to the closure; its turn carries the entries when it is the one
    /// caller.
    pub(crate) fn post(
        &mut self,
        part: Part,
        prepared: &mut Prepared,
        flight: impl FnOnce(Held, Held) -> Flight,
    ) {
        let Part { slot, after, moves, .. } = part;
        let flight = flight(self.held.clone(), after.clone());
        let state = flight.changes_state().then_some(OtherState { state: after.at, moves });
        let stores =
            if flight.carries_entries { std::mem::take(&mut prepared.stores) } else { Vec::new() };
        let turn = Turn {
            ticket: flight.ticket,
            stores,
            slot,
            state,
            generation: prepared.generation.number,
            caught: None,
        };
        self.held = after;
        self.silent = None;
        self.flights.push(flight);
        let left = self.port.pending.post(Box::new(turn));
        debug_assert!(left.is_none(), "what was pending is recalled before the next post");
    }

    /// Takes back what was posted and not taken, if anything.
    pub(crate) fn recall(&mut self) -> Option<Flight> {
        let turn = self.port.pending.take()?;
        let at = self.flights.iter().position(|flight| flight.ticket == turn.ticket)?;
        let flight = self.flights.remove(at);
        self.held = flight.held_without();
        Some(flight)
    }

    pub(crate) fn take_flight(&mut self, ticket: u64) -> Option<Flight> {
        let at = self.flights.iter().position(|flight| flight.ticket == ticket)?;
        Some(self.flights.remove(at))
    }
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
