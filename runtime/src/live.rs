//! What is live, and how one generation becomes the next: compare, link, and say what to store.
//!
//! This is the single-threaded heart of a program, behind one lock, used by whoever commits. It
//! publishes nothing but slots that no caller can have reached yet; [`deliver`](super::deliver)
//! gives the rest to the calling threads.
//!
//! # Worlds: who may call whom
//!
//! A file is compiled as a whole, so the compiler uses in one function what it knows of another:
//! the layout of a type, that an argument is never read, that a callee never unwinds. **A live
//! caller may meet a new callee only if the compiler, given the new callee, produced exactly the
//! caller's code.** Two rules keep that true whatever threads are inside:
//!
//! 1. Slots belong to a *world*. When a type in the file changes, everything is linked again with
//!    slots of a new world. Old frames go on calling old code until they return.
//! 2. Within a world an edit that changes a callee *and* a caller that may still be running starts
//!    a new world too. A caller may be running if it was replaced and some participant has been
//!    pinned since. With one calling thread, which takes commits between two calls, nothing is
//!    running, and the rule never applies.
//!
//! Under `Commit::Snapshot` there are no worlds: a slot is stored into before anybody can have loaded
//! it and not again, so an old caller never meets a new callee (`apart`, and the prose of `roots`).
//!
//! The shims that the host calls are outside: their callers were compiled apart. Their slots go by
//! signature fingerprint, and are swapped in place.

use std::{
    collections::{HashMap, HashSet},
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, Weak},
};

use segue_compiler::{Compiled, Fingerprint, Interface};
use segue_loader::{Linker, Object, Split};

use crate::{
    commit::SlotRef,
    epoch::Epochs,
    error::{Error, ErrorKind},
    functions::Functions,
    generation::{Generation, LiveFunction},
    handle::Bound,
    keep::Kept,
    reach::Codes,
    roots::Commit,
    statics::{self, StaticLine},
    table::{OwnedSlot, Table},
    wanted::{Wanted, callees_first, reachable},
};

mod apart;
mod difference;
mod next;
mod part;
mod prepared;
mod shims;

use apart::staying;
use difference::Difference;
pub(crate) use next::is_same_code;
use next::{Next, is_same_signature};
pub(crate) use part::Basis;
pub(crate) use prepared::{Prepared, Store};
pub(crate) use shims::RootHandle;
use shims::Shims;

/// Which slot a function has: its symbol, and the world or signature that it belongs to.
type SlotKey = (Arc<str>, Line);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Line {
    World(u64),
    Signature(Fingerprint),
}

/// Linker, slots and the live generation.
pub(crate) struct Live {
    linker: Linker,
    slots: Slots,
    epochs: Arc<Epochs>,
    codes: Arc<Codes>,
    worlds: u64,
    numbers: u64,
    current: Arc<Generation>,
    /// Callees of replaced callers that may still be running, with the stamp of their epoch.
    unsettled: Vec<(u64, Vec<String>)>,
    /// What slots hold that were published for the constructors of a refused generation. What those
    /// left behind (a thread, an exit function) may call it, so it stays until the slot has another.
    refused: Vec<Arc<LiveFunction>>,
    commit: Commit,
    shims: Shims,
    /// The last object of a whole source: what comes next may be a part that builds on it.
    whole: Option<Whole>,
    /// A thread went back to the code of another generation, and the program could not follow: slots hold what the
    /// current generation does not say.
    is_astray: bool,
}

/// An object of a whole source.
struct Whole {
    object: Arc<[u8]>,
    split: Arc<Split>,
    interface: Arc<Interface>,
}

/// The slots of all worlds and signatures that somebody has a share of.
struct Slots {
    table: Arc<Table>,
    by_key: HashMap<SlotKey, Weak<OwnedSlot>>,
    /// Keys after the last sweep of those whose slot is gone.
    swept: usize,
    kept: Kept,
}

impl Slots {
    fn get(&self, key: &SlotKey) -> Option<Arc<OwnedSlot>> {
        self.by_key.get(key).and_then(Weak::upgrade)
    }

    /// The slot is not reached by its old key any more.
    fn forget(&mut self, slot: &Arc<OwnedSlot>) {
        self.by_key.retain(|_, other| !std::ptr::eq(other.as_ptr(), Arc::as_ptr(slot)));
    }

    /// Now and then forgets the keys of slots that nobody has.
    fn sweep(&mut self) {
        if self.by_key.len() > 2 * self.swept + 1024 {
            self.by_key.retain(|_, slot| slot.strong_count() > 0);
            self.swept = self.by_key.len();
        }
    }
}

/// Who may be inside live code when a commit is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Callers {
    /// One thread, which takes commits between two calls.
    One,
    /// Any number, at any moment.
    Several,
}

impl Live {
    pub(crate) fn new(
        linker: Linker,
        table: Arc<Table>,
        epochs: Arc<Epochs>,
        codes: Arc<Codes>,
        commit: Commit,
    ) -> Live {
        let current = Arc::new(Generation {
            number: 0,
            world: 0,
            interface: Arc::new(Interface::default()),
            types: Fingerprint::default(),
            functions: Functions::default(),
            basis: None,
        });
        Live {
            linker,
            slots: Slots { table, by_key: HashMap::new(), swept: 0, kept: Kept::default() },
            epochs,
            codes,
            worlds: 0,
            numbers: 0,
            current,
            unsettled: Vec::new(),
            refused: Vec::new(),
            commit,
            shims: Shims::default(),
            whole: None,
            is_astray: false,
        }
    }

    /// The generation that is live, or posted to the one calling thread.
    pub(crate) fn current(&self) -> &Arc<Generation> {
        &self.current
    }

    /// Makes `generation` the one that later edits are compared with, and that scopes enter.
    pub(crate) fn set_current(&mut self, generation: Arc<Generation>) {
        self.current = generation;
        self.enter();
    }

    /// How edits reach several calling threads.
    pub(crate) fn commit(&self) -> Commit {
        self.commit
    }

    /// One store: scopes that begin from now on see the current generation.
    fn enter(&mut self) {
        if self.commit == Commit::Snapshot {
            self.shims.publish(&self.current, &mut self.slots.kept, &self.epochs);
        }
    }

    /// What a typed handle on `shim` of the current generation holds.
    pub(crate) fn bind(&mut self, shim: &str) -> Option<Bound> {
        match self.commit {
            Commit::Immediate => {
                let live = self.current.functions.get(shim)?;
                Some(Bound::Slot(self.slots.kept.hold(&live.slot)))
            }
            Commit::Snapshot => self.shims.bind(&self.current, shim).map(Bound::Root),
        }
    }

    /// The slot of a shim in `generation`.
    pub(crate) fn slot_of(&self, generation: &Generation, symbol: &str) -> Option<SlotRef> {
        generation.functions.get(symbol).map(|live| SlotRef::new(live.slot.slot()))
    }

    /// Slots hold other code than the current generation's: the next one stores all of its own.
    pub(crate) fn set_astray(&mut self) {
        self.is_astray = true;
    }

    /// What was published for constructors of refused generations.
    #[cfg(debug_assertions)]
    pub(crate) fn refused(&self) -> &[Arc<LiveFunction>] {
        &self.refused
    }

    /// Replaced code that somebody outside can name.
    pub(crate) fn kept(&mut self) -> &mut Kept {
        &mut self.slots.kept
    }

    /// The number of the generation that the next edit makes.
    pub(crate) fn next_number(&self) -> u64 {
        self.numbers + 1
    }

    /// Links what `compiled` changes, as the generation `number`.
    pub(crate) fn prepare(
        &mut self,
        compiled: Compiled,
        number: u64,
        callers: Callers,
    ) -> Result<Prepared, Error> {
        let interface = Arc::new(compiled.interface);
        let basis = match compiled.rest {
            None => Basis { part: None, whole: self.whole(compiled.object, &interface)? },
            Some(rest) => {
                let part = Some(Arc::new(split(compiled.object, &interface)?));
                Basis { part, whole: self.whole(rest, &interface)? }
            }
        };
        if let Some(prepared) = self.prepare_part(&interface, &basis, number, callers)? {
            return Ok(prepared);
        }
        let wanted = reachable(&basis.splits());
        self.transition(interface, wanted, Some(basis), number, callers, None)
    }

    /// The object of a whole source, split; parts of one that is known already are looked up.
    fn whole(
        &mut self,
        object: Arc<[u8]>,
        interface: &Arc<Interface>,
    ) -> Result<Arc<Split>, Error> {
        let is_it = |whole: &&Whole| {
            let (crate_name, statics) = (&interface.crate_name, &interface.statics);
            Arc::ptr_eq(&whole.object, &object)
                && (&whole.interface.crate_name, &whole.interface.statics) == (crate_name, statics)
        };
        if let Some(whole) = self.whole.as_ref().filter(is_it) {
            return Ok(whole.split.clone());
        }
        let split = Arc::new(split(object.clone(), interface)?);
        self.whole = Some(Whole { object, split: split.clone(), interface: interface.clone() });
        Ok(split)
    }

    /// Prepares going to `target`, a generation of the history: stores alone where that is safe,
    /// links again from the objects kept with it where callers may be running.
    pub(crate) fn prepare_return(
        &mut self,
        target: &Arc<Generation>,
        callers: Callers,
    ) -> Result<Prepared, Error> {
        let wanted = target
            .functions
            .iter()
            .map(|(symbol, live)| Wanted {
                symbol: symbol.clone(),
                split: live.split.clone(),
                module: live.module,
            })
            .collect();
        let (interface, basis) = (target.interface.clone(), target.basis.clone());
        self.transition(interface, wanted, basis, target.number, callers, Some(target))
    }

    /// Called once the stores of `prepared` are done or posted.
    pub(crate) fn committed(&mut self, prepared: &Prepared) {
        self.is_astray = false;
        self.current = prepared.generation.clone();
        self.numbers = self.numbers.max(self.current.number);
        self.enter();
        self.forget_settled();
        if !prepared.replaced_callees.is_empty() {
            let stamp = self.epochs.advance();
            self.unsettled.push((stamp, prepared.replaced_callees.clone()));
        }
    }

    fn transition(
        &mut self,
        interface: Arc<Interface>,
        wanted: Vec<Wanted>,
        basis: Option<Basis>,
        number: u64,
        callers: Callers,
        target: Option<&Arc<Generation>>,
    ) -> Result<Prepared, Error> {
        let mut difference = self.difference(&wanted, &interface);
        let staying = match (self.commit, target) {
            (Commit::Immediate, _) => None,
            // Nothing was stored into its slots: it is there as a whole.
            (Commit::Snapshot, Some(target)) => return Ok(Prepared::again(target, difference)),
            (Commit::Snapshot, None) => {
                difference.replaced_callees.clear();
                Some(staying(&wanted, &self.current, &interface))
            }
        };
        let entangled = callers == Callers::Several && self.is_entangled(&difference);
        let in_place = target.filter(|target| {
            callers == Callers::One || (target.world == self.current.world && !entangled)
        });
        let (world, types) = self.world(in_place, interface.types, entangled);
        let reuse = in_place.unwrap_or(&self.current).clone();
        self.slots.sweep();
        let stay = staying.iter().flatten();
        let mut next = Next {
            slots: &mut self.slots,
            epochs: &self.epochs,
            codes: &self.codes,
            interface: &interface,
            world,
            number,
            reuse,
            lines: stay.map(|(symbol, live)| (symbol.clone(), live.slot.clone())).collect(),
            staying,
            fresh: HashSet::new(),
            idle: None,
            asked: HashSet::new(),
        };
        let mut to_link = Vec::new();
        let mut functions = next.reuse(wanted, &mut to_link)?;
        let linked = to_link.len();
        functions.extend(next.link(&mut self.linker, to_link)?);
        let Next { mut fresh, .. } = next;
        // A refused generation leaves slots behind, empty or with code of its own.
        fresh.extend(self.refused.iter().map(|live| live.slot.index()));
        let functions = Functions::new(functions);
        let is_due =
            |live: &LiveFunction| is_new(live, &fresh) || live.slot.entry() != live.code.entry();
        let due = functions.iter().filter(|(_, live)| is_due(live));
        let due = due.map(|(symbol, _)| symbol.clone()).collect();
        let generation = Generation { number, world, types, interface, functions, basis };
        self.finish(generation, difference, due, fresh, linked)
    }

    /// Publishes what of the linked `generation` nobody can have loaded yet, and says what to store for the
    /// rest of the functions that are `due`.
    fn finish(
        &mut self,
        generation: Generation,
        difference: Difference,
        due: Vec<Arc<str>>,
        fresh: HashSet<u32>,
        linked: usize,
    ) -> Result<Prepared, Error> {
        let (functions, mut fresh) = (&generation.functions, fresh);
        let stores = self.publish(functions, due, &mut fresh);
        if let Err(error) = self.construct() {
            let published = functions.values().filter(|live| fresh.contains(&live.slot.index()));
            self.refused.extend(published.cloned());
            return Err(error);
        }
        let is_reversible = self.commit == Commit::Immediate
            && (generation.world != self.current.world
                || !difference.is_entangled_backwards(&generation));
        let generation = Arc::new(generation);
        let Difference { changed, added, removed, replaced_callees } = difference;
        Ok(Prepared {
            generation,
            stores,
            left: Vec::new(),
            changed,
            added,
            removed,
            linked,
            is_reversible,
            replaced_callees,
        })
    }

    /// The world of the next generation, and its types: that of the generation to go to in place, else the
    /// live one where that may be, else a new one.
    fn world(
        &mut self,
        in_place: Option<&Arc<Generation>>,
        types: Fingerprint,
        entangled: bool,
    ) -> (u64, Fingerprint) {
        if let Some(target) = in_place {
            return (target.world, target.types);
        }
        if types != self.current.types || entangled || self.current.number == 0 {
            self.worlds += 1;
            return (self.worlds, types);
        }
        (self.current.world, types)
    }

    /// Gives an entry to the slots that no generation has had, and says what to store into the others.
    /// Code that is linked to those slots becomes reachable only through the stores, or by the
    /// constructors, which run before them.
    fn publish(
        &mut self,
        functions: &Functions,
        due: Vec<Arc<str>>,
        fresh: &mut HashSet<u32>,
    ) -> Vec<Store> {
        let mut stores = Vec::new();
        for symbol in callees_first(functions, due) {
            let live = &functions[&symbol];
            if is_new(live, fresh) {
                fresh.insert(live.slot.index());
                live.slot.slot().publish(live.code.entry());
            } else {
                stores.push(Store::of(symbol, live));
            }
        }
        self.refused.retain(|live| live.slot.entry() == live.code.entry());
        stores
    }

    /// Runs the constructors (`.init_array`) of what was linked, which may call what has just got its
    /// entry. What replaces older code is not published yet: they meet the older code.
    fn construct(&mut self) -> Result<(), Error> {
        let run = || {
            // SAFETY: live files are Rust of the user's own, whose constructors run at a moment
            // like any other of theirs; slots that nobody had loaded were published above, and
            // the linker is the first of our fields, dropped before the code that it linked.
            unsafe { self.linker.construct() }
        };
        match catch_unwind(AssertUnwindSafe(run)) {
            Ok(_) => Ok(()),
            Err(_) => Err(Error::new(ErrorKind::Link, "a constructor of the file panicked")),
        }
    }

    /// Forgets callers that are surely gone.
    fn forget_settled(&mut self) {
        if !self.unsettled.is_empty() {
            let oldest = self.epochs.oldest();
            self.unsettled.retain(|(stamp, _)| *stamp >= oldest);
        }
    }

    /// Whether the file has, or had, thread-locals.
    pub(crate) fn has_thread_locals(&self) -> bool {
        self.linker.has_thread_locals()
    }

    /// What becomes of statics whose text differs in `next`.
    pub(crate) fn edited_statics(&self, next: &Generation) -> Vec<StaticLine> {
        statics::edited(&self.current, next, self.statics().map(|(symbol, ..)| symbol))
    }

    /// Live statics: name, address and size in bytes.
    pub(crate) fn statics(&self) -> impl Iterator<Item = (&str, usize, usize)> {
        self.linker.statics()
    }
}

/// Whether no caller can have loaded the slot of `live`: it is `fresh`, or has had no entry.
fn is_new(live: &LiveFunction, fresh: &HashSet<u32>) -> bool {
    live.slot.entry() == 0 || fresh.contains(&live.slot.index())
}

fn split(object: Arc<[u8]>, interface: &Interface) -> Result<Split, Error> {
    let object = Object::parse(&interface.crate_name, object)?;
    Ok(segue_loader::split(object, &|symbol| interface.is_live(symbol))?)
}

#[cfg(all(test, feature = "rustc"))]
mod tests;
