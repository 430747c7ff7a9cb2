//! The history: which generations can be gone to without a compiler, and in which order.
//!
//! Generations stand in a *line*, in the order of their edits, with a mark at the live one: undo moves
//! the mark back, redo forth, and going to a generation of the line moves it there. An edit is
//! put behind the mark; what stood there before is dropped, and so is the oldest beyond the limit.
//!
//! A generation that is *kept by hand* is never dropped. Where it would have been, it is put *aside*:
//! out of the line, so that undo still takes back exactly one edit. Going to one that is aside puts it
//! into the line behind the mark, and drops nothing: undo leads back to where one came from. One that is
//! *needed*, since a closure runs it still or could go back to it, goes aside in the same way, until
//! it is not.
//!
//! A generation whose code faulted, or whose text the slower of two compilers rejected, stays, marked. Undo and redo
//! pass over it; going to it by its number takes the mark away, since somebody wants to see it again.
//!
//! The slower compiler's *verdict* may not be there when a generation is left: an edit cancels it. What it would be asked
//! is kept with the generation, for when the program comes back to it.

use std::{
    collections::{HashSet, VecDeque},
    sync::Arc,
    time::SystemTime,
};

use segue_compiler::Source;

use crate::{
    error::{Error, ErrorKind},
    event::{Cause, Report},
    generation::Generation,
    saved::FileDigest,
};

/// How many dropped generations are remembered by number, to say why they are gone.
const GONE: usize = 256;

/// See the module.
pub(crate) struct History {
    line: VecDeque<Entry>,
    /// The place in the line of the live one, or of the one that is posted.
    live: usize,
    aside: Vec<Entry>,
    limit: usize,
    gone: VecDeque<(u64, Gone)>,
}

/// One generation of the history.
pub(crate) struct Entry {
    pub(crate) generation: Arc<Generation>,
    pub(crate) came: Came,
    pub(crate) is_kept: bool,
    /// The message of its fault, or of its rejection, until somebody goes to it by its number.
    pub(crate) faulted: Option<String>,
    verdict: Verdict,
    /// The epoch's stamp from when it was last replaced: whoever pinned later is not inside.
    pub(crate) replaced: Option<u64>,
}

/// What the slower of two compilers says of a generation's text.
enum Verdict {
    /// It has said it, or there is no slower one.
    Given,
    /// Nothing yet. What it is asked, unless that cannot be asked any more.
    Awaited(Option<Unjudged>),
}

/// A text that the slower compiler has not judged.
#[derive(Clone)]
pub(crate) struct Unjudged {
    pub(crate) source: Source,
    /// The files that were read for it, as they were: of others it would judge another text.
    pub(crate) files: Vec<FileDigest>,
}

/// How a generation came about.
#[derive(Clone)]
pub(crate) struct Came {
    pub(crate) when: SystemTime,
    pub(crate) cause: Cause,
    pub(crate) changed: Vec<String>,
    pub(crate) added: Vec<String>,
    pub(crate) removed: Vec<String>,
}

impl Came {
    pub(crate) fn now(report: &Report) -> Came {
        let Report { cause, changed, added, removed, .. } = report.clone();
        Came { when: SystemTime::now(), cause, changed, added, removed }
    }
}

/// Why a generation is no longer in the history.
#[derive(Clone, Copy)]
enum Gone {
    /// There were too many after it.
    Old,
    /// An edit was made after going back behind it.
    Branched,
    /// It was kept by hand and let go.
    Released,
}

/// Where a generation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Place {
    /// It is live, or on its way to the closure that takes it.
    Live,
    /// Undo leads to it, sooner or later.
    Earlier,
    /// It was undone: redo leads to it, until the next edit drops it.
    Later,
    /// It stands beside the line of edits, since it is kept by hand or a closure still needs it: only
    /// its number leads to it.
    Aside,
}

impl History {
    /// A history that keeps `limit` generations beside the live one, at least one.
    pub(crate) fn new(limit: usize) -> History {
        let (line, aside, gone) = (VecDeque::new(), Vec::new(), VecDeque::new());
        History { line, live: 0, aside, limit: limit.max(1), gone }
    }

    /// Makes `generation` the newest. What was undone is dropped, and the oldest beyond the limit, as far
    /// as they are neither kept nor among those `needed`.
    pub(crate) fn push(
        &mut self,
        generation: Arc<Generation>,
        came: Came,
        needed: &HashSet<u64>,
    ) -> Vec<Arc<Generation>> {
        let mut dropped = self.drop_aside(Gone::Old, needed);
        let undone: Vec<_> = self.line.drain((self.live + 1).min(self.line.len())..).collect();
        for entry in undone {
            dropped.extend(self.leave(entry, Gone::Branched, needed));
        }
        let verdict = Verdict::Given;
        let entry =
            Entry { generation, came, is_kept: false, faulted: None, verdict, replaced: None };
        self.line.push_back(entry);
        self.live = self.line.len() - 1;
        let counts = |entry: &&Entry| !entry.is_kept;
        while self.line.iter().take(self.live).filter(counts).count() > self.limit {
            let Some(oldest) = self.line.pop_front() else { break };
            self.live -= 1;
            dropped.extend(self.leave(oldest, Gone::Old, needed));
        }
        dropped
    }

    /// Drops those aside that are there for no reason any more.
    fn drop_aside(&mut self, why: Gone, needed: &HashSet<u64>) -> Vec<Arc<Generation>> {
        let aside = std::mem::take(&mut self.aside);
        aside.into_iter().filter_map(|entry| self.leave(entry, why, needed)).collect()
    }

    /// Takes leave of an entry, unless it is kept by hand or needed.
    fn leave(&mut self, entry: Entry, why: Gone, needed: &HashSet<u64>) -> Option<Arc<Generation>> {
        if entry.is_kept || needed.contains(&entry.generation.number) {
            self.aside.push(entry);
            return None;
        }
        self.gone.push_back((entry.generation.number, why));
        if self.gone.len() > GONE {
            self.gone.pop_front();
        }
        Some(entry.generation)
    }

    /// Whether the generation with `number` is still here.
    pub(crate) fn has(&self, number: u64) -> bool {
        self.entries().any(|(entry, _)| entry.generation.number == number)
    }

    /// Whether undo will lead to the generation with `number` after the next edit.
    pub(crate) fn will_lead_to(&self, number: u64) -> bool {
        let live = self.line.get(self.live);
        live.is_some_and(|live| live.generation.number == number && live.faulted.is_none())
    }

    /// Where undo leads.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::History`] when nothing stands before the live one, or only what faulted.
    pub(crate) fn before(&self) -> Result<&Arc<Generation>, Error> {
        self.next_to("earlier", self.line.iter().take(self.live).rev())
    }

    /// Where redo leads.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::History`] when nothing stands after the live one, or only what faulted.
    pub(crate) fn after(&self) -> Result<&Arc<Generation>, Error> {
        self.next_to("later", self.line.iter().skip(self.live + 1))
    }

    /// Where the program goes back to from a text that was rejected: the newest generation before the live one that was
    /// not rejected when it was asked for, or else where undo leads.
    ///
    /// # Errors
    ///
    /// As for [`before`](History::before).
    pub(crate) fn judged_before(&self) -> Result<&Arc<Generation>, Error> {
        let is_good =
            |entry: &&Entry| entry.faulted.is_none() && matches!(entry.verdict, Verdict::Given);
        let judged = self.line.iter().take(self.live).rev().find(is_good);
        judged.map_or_else(|| self.before(), |entry| Ok(&entry.generation))
    }

    fn next_to<'a>(
        &'a self,
        side: &str,
        mut entries: impl Iterator<Item = &'a Entry>,
    ) -> Result<&'a Arc<Generation>, Error> {
        let mut faulted = Vec::new();
        let found = entries.find(|entry| {
            faulted.extend(entry.faulted.is_some().then_some(entry.generation.number));
            entry.faulted.is_none()
        });
        found.map(|entry| &entry.generation).ok_or_else(|| {
            let mut message = format!("there is no {side} generation to go to");
            if !faulted.is_empty() {
                let faulted = ranges(faulted);
                message.push_str(&format!(
                    " that neither faulted nor was rejected ({faulted} did or was: go there by number, if you must)"
                ));
            }
            Error::new(ErrorKind::History, message)
        })
    }

    /// The generation with `number`.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::History`] saying what became of it, and which ones there are.
    pub(crate) fn find(&self, number: u64) -> Result<&Arc<Generation>, Error> {
        let found = self.entries().find(|(entry, _)| entry.generation.number == number);
        found.map(|(entry, _)| &entry.generation).ok_or_else(|| self.missing(number))
    }

    fn missing(&self, number: u64) -> Error {
        let gone = self.gone.iter().rev().find(|(gone, _)| *gone == number).map(|(_, why)| *why);
        let newest = self.entries().map(|(entry, _)| entry.generation.number).max();
        let what = match gone {
            Some(Gone::Old) => {
                let limit = self.limit;
                format!("generation {number} was dropped: the history keeps {limit}")
            }
            Some(Gone::Branched) => {
                format!("generation {number} was undone, and dropped by the edit that followed")
            }
            Some(Gone::Released) => {
                format!("generation {number} was dropped when it was no longer kept by hand")
            }
            None if Some(number) < newest && number > 0 => {
                format!("generation {number} was dropped long ago")
            }
            None => format!("there never was a generation {number}"),
        };
        let there = ranges(self.entries().map(|(entry, _)| entry.generation.number).collect());
        Error::new(ErrorKind::History, format!("{what}; there are {there}"))
    }

    /// Moves the mark of the live generation to `generation`, which takes the place of the one with
    /// its number: it may have been linked again. Returns what it replaced.
    pub(crate) fn go_to(&mut self, generation: &Arc<Generation>) -> Option<Arc<Generation>> {
        let is_it = |entry: &Entry| entry.generation.number == generation.number;
        if let Some(index) = self.line.iter().position(is_it) {
            self.live = index;
        } else {
            let index = self.aside.iter().position(is_it)?;
            let entry = self.aside.remove(index);
            self.live += 1;
            self.line.insert(self.live, entry);
        }
        let here = &mut self.line[self.live].generation;
        let replaced = std::mem::replace(here, generation.clone());
        (!Arc::ptr_eq(&replaced, generation)).then_some(replaced)
    }

    /// Notes that the generation with `number` was replaced when the epoch `stamp` ended.
    pub(crate) fn replaced(&mut self, number: u64, stamp: u64) {
        if let Some(entry) = self.entry_mut(number) {
            entry.replaced = Some(stamp);
        }
    }

    /// Notes that code of the generation with `number` faulted; `None`: somebody wants it all the same.
    pub(crate) fn set_faulted(&mut self, number: u64, message: Option<String>) {
        if let Some(entry) = self.entry_mut(number) {
            entry.faulted = message;
        }
    }

    /// Notes that the slower compiler is yet to judge the generation with `number`.
    pub(crate) fn await_verdict(&mut self, number: u64) {
        if let Some(entry) = self.entry_mut(number) {
            entry.verdict = Verdict::Awaited(None);
        }
    }

    /// Notes what is asked about the generation with `number`, if its verdict is awaited.
    pub(crate) fn set_unjudged(&mut self, number: u64, text: Option<Unjudged>) {
        if let Some(Entry { verdict: Verdict::Awaited(unjudged), .. }) = self.entry_mut(number) {
            *unjudged = text;
        }
    }

    /// What is to be asked about the generation with `number`, if its verdict is awaited.
    pub(crate) fn unjudged(&self, number: u64) -> Option<&Unjudged> {
        let (entry, _) = self.entries().find(|(entry, _)| entry.generation.number == number)?;
        match &entry.verdict {
            Verdict::Awaited(unjudged) => unjudged.as_ref(),
            Verdict::Given => None,
        }
    }

    /// Notes that the slower compiler has judged the generation with `number`; whether that was awaited.
    pub(crate) fn judged(&mut self, number: u64) -> bool {
        let Some(entry) = self.entry_mut(number) else { return false };
        matches!(std::mem::replace(&mut entry.verdict, Verdict::Given), Verdict::Awaited(_))
    }

    /// Whether code of the generation with `number` faulted, or its text was rejected.
    pub(crate) fn has_faulted(&self, number: u64) -> bool {
        let mut entries = self.entries();
        entries.any(|(entry, _)| entry.generation.number == number && entry.faulted.is_some())
    }

    /// From now on the generation with `number` is never dropped.
    ///
    /// # Errors
    ///
    /// As for [`find`](History::find).
    pub(crate) fn keep(&mut self, number: u64) -> Result<(), Error> {
        match self.entry_mut(number) {
            Some(entry) => entry.is_kept = true,
            None => return Err(self.missing(number)),
        }
        Ok(())
    }

    /// Takes back [`keep`](History::keep). One that is aside is dropped at once and returned; one in the
    /// line counts towards the limit again, from the next edit on.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::History`] when it was not kept by hand.
    pub(crate) fn release(
        &mut self,
        number: u64,
        needed: &HashSet<u64>,
    ) -> Result<Vec<Arc<Generation>>, Error> {
        match self.entry_mut(number) {
            Some(entry) if entry.is_kept => entry.is_kept = false,
            Some(_) => {
                let message = format!("generation {number} is not kept by hand");
                return Err(Error::new(ErrorKind::History, message));
            }
            None => return Err(self.missing(number)),
        }
        Ok(self.drop_aside(Gone::Released, needed))
    }

    /// All generations, the line first, with their places.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (&Entry, Place)> {
        let line = self.line.iter().enumerate().map(|(index, entry)| {
            let place = match index.cmp(&self.live) {
                std::cmp::Ordering::Less => Place::Earlier,
                std::cmp::Ordering::Equal => Place::Live,
                std::cmp::Ordering::Greater => Place::Later,
            };
            (entry, place)
        });
        line.chain(self.aside.iter().map(|entry| (entry, Place::Aside)))
    }

    /// All generations.
    pub(crate) fn generations(&self) -> impl Iterator<Item = &Arc<Generation>> {
        self.entries().map(|(entry, _)| &entry.generation)
    }

    fn entry_mut(&mut self, number: u64) -> Option<&mut Entry> {
        let all = self.line.iter_mut().chain(&mut self.aside);
        all.into_iter().find(|entry| entry.generation.number == number)
    }

    /// Takes all generations out, at the end.
    pub(crate) fn drain(&mut self) -> Vec<Arc<Generation>> {
        let (line, aside) = (std::mem::take(&mut self.line), std::mem::take(&mut self.aside));
        line.into_iter().chain(aside).map(|entry| entry.generation).collect()
    }
}

/// `1, 3 to 7`, for numbers in any order.
fn ranges(mut numbers: Vec<u64>) -> String {
    numbers.sort_unstable();
    let mut text: Vec<String> = Vec::new();
    for run in numbers.chunk_by(|a, b| a + 1 == *b) {
        match run {
            [one] => text.push(one.to_string()),
            [first, .., last] => text.push(format!("{first} to {last}")),
            [] => {}
        }
    }
    text.join(", ")
}

#[cfg(all(test, not(loom)))]
mod tests;
