//! States in memory, made and dropped by their own generation's code.

use std::{alloc, cell::RefCell, mem::ManuallyDrop, ptr::NonNull, sync::Arc};

use segue_compiler::{State, StateShims};

use crate::{
    core::Core,
    epoch::Participant,
    error::{Error, ErrorKind},
    fault::{self, Caught},
    generation::Generation,
    state::{StateLayout, carry::Shim, shape::Shapes, spares::Spares},
};

/// A state in memory, with what it takes to drop it.
#[derive(Clone)]
pub(crate) struct Held {
    pub(crate) at: NonNull<u8>,
    pub(crate) layout: Arc<StateLayout>,
    /// The newest generation that knows this layout: its code drops the state.
    pub(crate) generation: Arc<Generation>,
}

// SAFETY: state types are checked to be Send when their shims are compiled.
unsafe impl Send for Held {}

impl Held {
    /// Makes the first value of `state`, by the code of `generation`.
    pub(crate) fn new(generation: &Arc<Generation>, state: &State) -> Result<Held, Error> {
        let held = Held::room(generation, state, Arc::new(layout_of(generation, state)?))?;
        let default = match entry(generation, &shims(state)?.default) {
            Ok(default) => default,
            Err(error) => {
                held.deallocate();
                return Err(error);
            }
        };
        // SAFETY: the entry is the state's default shim, compiled with the types of `generation`,
        // whose code and callees `generation` keeps; `at` has the size and alignment it asked for.
        let made = fault::catch(|| unsafe {
            std::mem::transmute::<usize, extern "C-unwind" fn(*mut u8)>(default)(held.at.as_ptr());
        });
        if let Err(caught) = made {
            held.deallocate();
            return Err(panicked(&format!("{}::default", state.name), &caught));
        }
        Ok(held)
    }

    /// Memory for a value of `state`, written once so that the pages are there, and no value in it.
    pub(crate) fn room(
        generation: &Arc<Generation>,
        state: &State,
        layout: Arc<StateLayout>,
    ) -> Result<Held, Error> {
        let size = layout.memory.size();
        let at = match size {
            0 => NonNull::new(std::ptr::without_provenance_mut(layout.memory.align())),
            // SAFETY: the size is not zero.
            _ => NonNull::new(unsafe { alloc::alloc(layout.memory) }),
        };
        let at = at.ok_or_else(|| {
            let message = format!("no memory for the state `{}`: {size} bytes", state.name);
            Error::new(ErrorKind::State, message)
        })?;
        // SAFETY: just allocated with this size.
        unsafe { at.write_bytes(0, size) };
        Ok(Held { at, layout, generation: generation.clone() })
    }

    /// The same state, to be dropped by the code of `generation`, which knows its layout too.
    pub(crate) fn with_code_of(&self, generation: &Arc<Generation>) -> Held {
        Held { generation: generation.clone(), ..self.clone() }
    }

    /// Drops the state by its own generation's code. A drop that panics leaks what it had left.
    ///
    /// # Safety
    ///
    /// Nobody uses the state any more, and it is disposed of once.
    pub(crate) unsafe fn dispose(self) {
        Later::put(Disposal::State(self));
    }

    fn drop_now(&self) -> Result<(), Caught> {
        let state = self.generation.interface.states.iter();
        let state = state.into_iter().find(|each| each.fingerprint == self.layout.fingerprint);
        let drop =
            state.and_then(|state| entry(&self.generation, &state.shims.as_ref()?.drop).ok());
        let dropped = drop.map_or(Ok(()), |drop| {
            // SAFETY: the drop shim of this very layout (same fingerprint), kept by `generation`; its callees
            // are kept by whoever calls this.
            fault::catch(|| unsafe {
                std::mem::transmute::<usize, extern "C-unwind" fn(*mut u8)>(drop)(self.at.as_ptr());
            })
        });
        self.deallocate();
        dropped
    }

    /// Gives the memory back, whatever is in it.
    pub(crate) fn deallocate(&self) {
        if self.layout.memory.size() > 0 {
            // SAFETY: allocated in `room` with this layout.
            unsafe { alloc::dealloc(self.at.as_ptr(), self.layout.memory) };
        }
    }
}

/// What is to be dropped by the code of a generation.
pub(crate) enum Disposal {
    /// A state that nobody uses any more.
    State(Held),
    /// Spares for a state of this type, with the generation that keeps their code.
    Spares(Vec<Spares>, Arc<StateLayout>, Arc<Generation>),
}

impl Disposal {
    /// Drops `spares`, which were made for `state`, later.
    pub(crate) fn put_spares(spares: Vec<Spares>, state: &Held) {
        if !spares.is_empty() {
            Later::put(Disposal::Spares(spares, state.layout.clone(), state.generation.clone()));
        }
    }

    /// Drops it, and tells of what went wrong.
    fn run(mut self, core: &Core) {
        // The generation stays until that is told: the lines are looked up in its code.
        match &mut self {
            Disposal::State(held) => {
                if let Err(caught) = held.drop_now() {
                    core.tell_lost(&held.layout.name, caught, held.generation.number);
                }
            }
            Disposal::Spares(spares, layout, generation) => {
                for caught in spares.iter_mut().filter_map(|spares| spares.drop_values().err()) {
                    core.tell_lost(&layout.name, caught, generation.number);
                }
            }
        }
    }
}

/// What one thread drops later. Without a destructor, so that it is there while the thread's others run:
/// a host may keep a closure in one of those. [`Later`] leaves nothing in it.
type Waiting = ManuallyDrop<RefCell<Option<Vec<Disposal>>>>;

thread_local! {
    static LATER: Waiting = const { ManuallyDrop::new(RefCell::new(None)) };
}

/// Puts off what live code drops until the lock around it is given back: a `Drop` of the user's may block, or
/// call into the program. What goes wrong in it is told.
///
/// Declared before the lock is taken, and so dropped after it was given back.
pub(crate) struct Later<'a> {
    core: &'a Core,
    /// Of a `Later` further out on this thread, which waits for a lock of its own.
    outer: Option<Vec<Disposal>>,
    /// What makes and drops states has as long as closures have.
    _within: fault::Within,
}

impl Later<'_> {
    pub(crate) fn new(core: &Core) -> Later<'_> {
        let _within = fault::within(core.limits().closures);
        Later { core, outer: LATER.with(|later| later.replace(Some(Vec::new()))), _within }
    }

    /// Drops `disposal` as soon as this thread holds no lock.
    fn put(disposal: Disposal) {
        LATER.with(|later| {
            let mut later = later.borrow_mut();
            debug_assert!(later.is_some(), "whoever has the lock made a `Later` before");
            later.get_or_insert_default().push(disposal);
        });
    }
}

impl Drop for Later<'_> {
    fn drop(&mut self) {
        let later = LATER.with(|later| later.replace(self.outer.take()));
        let Some(later) = later.filter(|later| !later.is_empty()) else { return };
        // What a `Drop` calls through slots may be replaced meanwhile.
        let participant = Participant::register_as(self.core.epochs(), "the drop of a state");
        for disposal in later {
            let _guard = participant.pin();
            disposal.run(self.core);
        }
    }
}

/// What makes, describes and drops a `state`.
pub(crate) fn shims(state: &State) -> Result<&StateShims, Error> {
    state.shims.as_ref().ok_or_else(|| {
        let reason = state.no_shims_reason.as_deref().unwrap_or("it has no `Default`");
        Error::new(ErrorKind::State, format!("`{}` cannot be a state: {reason}", state.name))
    })
}

/// A fault of live code that was called on behalf of a commit.
pub(crate) fn panicked(what: &str, caught: &fault::Caught) -> Error {
    Error::new(ErrorKind::State, format!("`{what}` {caught}"))
}

/// The entry of a state's shim.
pub(crate) fn entry(generation: &Generation, symbol: &str) -> Result<usize, Error> {
    let live = generation.functions.get(symbol).ok_or_else(|| {
        Error::new(ErrorKind::State, format!("the compiler left out the state's `{symbol}`"))
    })?;
    Ok(live.code.entry())
}

/// The shim of a data type; `None` when there is none.
pub(crate) fn data_shim(generation: &Generation, symbol: &str) -> Option<Shim> {
    let entry = entry(generation, symbol).ok()?;
    // SAFETY: what a compiler exports as a data type's shim has this type (`Data::shim` says so),
    // as the others called here have theirs.
    Some(unsafe { std::mem::transmute::<usize, Shim>(entry) })
}

/// What the shims of `generation` say of `state`.
pub(crate) fn layout_of(generation: &Generation, state: &State) -> Result<StateLayout, Error> {
    let layout = entry(generation, &shims(state)?.layout)?;
    let mut words = [0; StateLayout::WORDS];
    // SAFETY: the layout shim writes this many words.
    unsafe {
        std::mem::transmute::<usize, extern "C-unwind" fn(*mut usize)>(layout)(words.as_mut_ptr());
    }
    let shapes = Shapes::read(&generation.interface, |symbol, count| {
        let shim = data_shim(generation, symbol)?;
        let mut words = vec![0; count];
        // SAFETY: the shim writes as many words as the interface says that the type has parts.
        unsafe { shim(0, 0, std::ptr::null_mut(), words.as_mut_ptr()) };
        Some(words)
    });
    StateLayout::from_words(state, words, Arc::new(shapes))
}
