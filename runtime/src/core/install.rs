//! From compiled code to what is live: linked, compared, stored or posted, remembered.

use std::{collections::HashSet, sync::Arc, time::Instant};

use segue_compiler::{Compiled, Diagnostic};

#[cfg(debug_assertions)]
use super::audit;
use super::{Core, Moved, State, collect::Recalled};
use crate::{
    deliver::{Flight, Part, Record},
    error::Error,
    event::{Cause, Event, Report, Timings},
    generation::Generation,
    held::Later,
    history::Came,
    live::{Prepared, Store},
    roots::Commit,
    sync::lock,
    wanted::{self, readable},
};

impl Core {
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
        let is_final = compiled.is_final;
        let number = state.live.next_number();
        let result = state.live.prepare(compiled, number, callers).and_then(|prepared| {
            let timings = Timings { link: started.elapsed(), ..timings };
            self.note_saved(cause, &prepared.generation);
            self.install(&mut state, prepared, cause, timings, warnings)
        });
        if !is_final && result.as_ref().is_ok_and(|report| report.generation == number) {
            state.history.await_verdict(number);
        }
        self.note_outcome(cause, &result);
        self.end_recall(&mut state, &posted, recalled, &result);
        #[cfg(debug_assertions)]
        audit::audit(&mut state);
        result
    }

    /// What was recalled for a commit is told to be overtaken by it, or goes out again if it failed.
    pub(super) fn end_recall(
        &self,
        state: &mut State,
        posted: &Arc<Generation>,
        recalled: Option<Recalled>,
        result: &Result<Report, Error>,
    ) {
        match (result, recalled) {
            (Ok(_), Some(recalled)) if recalled.is_untold && recalled.cause != Cause::Optimised => {
                self.tell(Event::Overtaken { generation: Some(posted.number) });
            }
            (Err(_), Some(recalled)) => self.post_again(state, posted, recalled),
            _ => {}
        }
    }

    /// Posts `generation` again after it was recalled for nothing.
    pub(super) fn post_again(
        &self,
        state: &mut State,
        generation: &Arc<Generation>,
        recalled: Recalled,
    ) {
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

    pub(super) fn install(
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
        let again = !travels
            && cause != Cause::Optimised
            && generation.number == state.live.current().number;
        if prepared.is_unchanged() && report.state.is_empty() && !travels && !again {
            report.generation = state.live.current().number;
            self.stay(state, &generation, &report);
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
            state.moved = Moved::by(cause).unwrap_or_else(|| state.moved.clone());
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
            self.tell(Event::live(report.clone()));
        }
        Ok(report)
    }

    /// The code of `generation` is what runs already.
    fn stay(&self, state: &mut State, generation: &Generation, report: &Report) {
        adopt_interface(state, generation);
        self.tell(match Moved::by(report.cause) {
            Some(moved) => {
                state.moved = moved;
                Event::Unchanged(report.clone())
            }
            None => Event::live(report.clone()),
        });
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
        let mut stores = std::mem::take(&mut prepared.stores);
        if let Some(previous) = previous {
            let used = |store: &mut Store| store.before(previous).is_some();
            prepared.stores.extend(stores.extract_if(.., used));
            for flight in state.closures.iter().flat_map(|record| &record.flights) {
                let used = |store: &mut Store| store.before(&flight.previous).is_some();
                prepared.left.extend(stores.extract_if(.., used));
            }
        }
        for Store { slot, entry, .. } in stores {
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
    pub(super) fn follow(&self, state: &mut State) {
        let current = state.live.current().clone();
        let dropped = state.history.go_to(&current);
        self.let_go(state, dropped);
    }

    /// What can still be named of generations that left the history outlives them.
    pub(super) fn let_go(
        &self,
        state: &mut State,
        dropped: impl IntoIterator<Item = Arc<Generation>>,
    ) {
        let current = state.live.current().clone();
        let closures = state.closures.iter().flat_map(Record::slots);
        let closures: HashSet<u32> = closures.map(|slot| slot.index()).collect();
        for dropped in dropped {
            let remaining: Vec<_> = state.history.generations().cloned().collect();
            state.live.kept().outlive(&dropped, &current, &remaining, &closures);
        }
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
        basis: generation.basis.clone(),
    };
    let adopted = Arc::new(adopted);
    state.live.set_current(adopted.clone());
    // The same code, so nothing is left behind by what it replaces.
    drop(state.history.go_to(&adopted));
}
