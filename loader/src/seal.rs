//! Seal: the batch becomes owners, and the linker remembers what is shared (phase: seal).
//!
//! After this no byte of it changes. Pages are touched where they will be used, cores are
//! serialised if an address is used again, the unwinder is told; then, and only then, are the
//! results visible to later links.

use std::sync::{Arc, PoisonError};

use crate::batch::{Batch, Pending, Role, units_of};
use crate::debug::{self, Known};
use crate::error::Error;
use crate::host::Symbols;
use crate::linked::{Body, Linked};
use crate::linker::{Selection, Shared, Store};
use crate::map;
use crate::memory::{Allocation, serialise_cores};
use crate::names::{self, Globals};
use crate::unwind::find::Registration;

/// Seals all pending units and returns the live ones in the order asked for.
pub(crate) fn run(
    batch: &mut Batch,
    store: &mut Store,
    globals: &Globals<'_>,
    selections: &[Selection<'_>],
    symbols: &Symbols,
) -> Result<Vec<Linked>, Error> {
    make_visible(batch, store)?;
    // From here on nothing fails.
    if !store.memory.is_here() {
        store.map.extend(map::of(batch, selections, symbols));
    }
    remember_statics(batch, store);
    store.runs.extend(batch.placed_runs());
    names::remember(batch, globals, selections, &mut store.placed);
    let names = names_of(selections);
    let known = debug::note(batch, store, selections, symbols, &names);
    let mut bodies: Vec<Vec<Body>> = batch.groups.iter().map(|_| Vec::new()).collect();
    let mut linked: Vec<Option<Linked>> = batch.calls.iter().map(|_| None).collect();
    for (pending, known) in batch.pending.iter_mut().zip(known) {
        let address = batch.places[pending.places as usize];
        match pending.role {
            Role::Live(result) => {
                let units = units_of(pending.source, selections, symbols);
                linked[result as usize] = Some(Linked {
                    name: Arc::clone(&names[result as usize]),
                    entry: pending.entry.address(address),
                    size: units.chunks(pending.root)[0].size() as usize,
                    body: body(pending, known),
                    calls: std::mem::take(&mut batch.calls[result as usize]),
                    _kept: Arc::clone(&store.kept),
                });
            }
            Role::Private(group) => {
                let weak = Arc::downgrade(&batch.groups[group as usize].group);
                store.share(
                    pending.key,
                    Shared::Code { group: weak, address, entry: pending.entry },
                );
                bodies[group as usize].push(body(pending, known));
            }
            // Its range is kept already: every thread may ask for it at any time.
            Role::Image => {}
            Role::Constant => {
                pending.read_only = pending.read_only.take().map(Allocation::kept);
                pending.data = pending.data.take().map(Allocation::kept);
                store.share(pending.key, Shared::Constant { address });
            }
            Role::Static => {
                pending.read_only = pending.read_only.take().map(Allocation::kept);
                pending.data = pending.data.take().map(Allocation::kept);
            }
        }
    }
    own_groups(batch, store, bodies);
    Ok(linked.into_iter().flatten().collect())
}

/// Touches every page where it will be used, and serialises the cores if an address is used again.
fn make_visible(batch: &Batch, store: &mut Store) -> Result<(), Error> {
    let mut reused = store.tables.reused;
    for pending in &batch.pending {
        let allocations = [&pending.code, &pending.read_only, &pending.data];
        allocations.into_iter().flatten().for_each(Allocation::touch);
        reused |= pending.code.as_ref().is_some_and(Allocation::reused);
    }
    if reused {
        serialise_cores()?;
        store.tables.reused = false;
    }
    Ok(())
}

/// Gives the new groups their code, and keeps those whose address escaped.
fn own_groups(batch: &mut Batch, store: &Store, bodies: Vec<Vec<Body>>) {
    let mut kept = store.kept.lock().unwrap_or_else(PoisonError::into_inner);
    for (group, bodies) in batch.groups.drain(..).zip(bodies) {
        // Both are empty: the group was made by this link and is sealed once.
        let _ = group.group.bodies.set(bodies);
        let _ = group.group.calls.set(group.calls);
        if group.keep && !group.group.keep() {
            kept.push(group.group);
        }
    }
    kept.extend(batch.escaped.drain(..).filter(|group| !group.keep()));
}

fn body(pending: &mut Pending, known: Option<Known>) -> Body {
    let code = pending.code.take();
    let unwind = code.as_ref().filter(|_| pending.unwind != 0).and_then(|code| {
        let window = code.window()?;
        // SAFETY: relocate wrote checked records and the zero word there, into a range that belongs
        // to this body, whose fields drop in order: the registration before the memory.
        Some(unsafe { Registration::new(window, code, pending.unwind) })
    });
    Body::new(known, unwind, code, pending.read_only.take())
}

fn remember_statics(batch: &mut Batch, store: &mut Store) {
    for (key, unit) in batch.statics.drain(..) {
        let place = batch.pending[unit.0 as usize].places;
        store.statics.insert(key, batch.places[place as usize]);
    }
}

/// The names of the results, in the order of the selections.
fn names_of(selections: &[Selection<'_>]) -> Vec<Arc<str>> {
    let modules =
        selections.iter().flat_map(|it| it.functions.iter().map(|at| &it.split.modules()[*at]));
    modules.map(|module| module.name.as_str().into()).collect()
}
