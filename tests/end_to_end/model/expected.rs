//! The model: lists and numbers, in the words of `docs/guarantees/history.md` and `saved.md`.

use std::collections::{HashMap, HashSet};

use segue::Place;

/// What a live file may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Text {
    Zero,
    One,
    /// The same code as `Zero`.
    ZeroRemarked,
    /// Another type of state.
    Widened,
    /// Panics whenever it is called.
    Faulty,
    /// A function more.
    More,
    /// Does not compile.
    Broken,
}

impl Text {
    /// What its functions return, which tells its code apart.
    pub(super) fn number(self) -> u32 {
        match self {
            Text::Zero | Text::ZeroRemarked => 0,
            Text::One => 1,
            Text::Widened => 2,
            Text::Faulty => 3,
            Text::More => 4,
            Text::Broken => 9,
        }
    }
}

/// How commits reach the callers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Callers {
    One,
    Several,
}

/// Why what runs is not what is saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reason {
    Unread,
    Refused,
    Posted(u64),
    Left(u64),
    Faulted(u64),
    Applied,
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    number: u64,
    is_kept: bool,
    has_faulted: bool,
}

/// What a call is to do.
pub(super) struct Called {
    pub(super) value: u32,
    pub(super) generation: u64,
    pub(super) has_faulted: bool,
}

#[derive(Debug)]
pub(super) struct Expected {
    callers: Callers,
    limit: usize,
    line: Vec<Entry>,
    mark: usize,
    aside: Vec<Entry>,
    newest: u64,
    texts: HashMap<u64, Text>,
    /// What the closure runs, and what it could go back to.
    taken: u64,
    before: Option<u64>,
    is_pending: bool,
    disk: Text,
    read: Text,
    /// The generation that the read text became, unless it was refused.
    saved: Option<u64>,
    /// Why the last thing that moved the program did.
    moved: Reason,
}

impl Expected {
    pub(super) fn new(callers: Callers, limit: usize) -> Expected {
        Expected {
            callers,
            limit,
            line: vec![Entry { number: 1, is_kept: false, has_faulted: false }],
            mark: 0,
            aside: Vec::new(),
            newest: 1,
            texts: HashMap::from([(1, Text::Zero)]),
            taken: 1,
            before: None,
            is_pending: false,
            disk: Text::Zero,
            read: Text::Zero,
            saved: Some(1),
            moved: Reason::Left(1),
        }
    }

    pub(super) fn newest(&self) -> u64 {
        self.newest
    }

    /// The live generation, or the one on its way.
    pub(super) fn posted(&self) -> u64 {
        self.line[self.mark].number
    }

    /// The generation whose code callers reach.
    pub(super) fn running(&self) -> u64 {
        if self.callers == Callers::One { self.taken } else { self.posted() }
    }

    pub(super) fn reached(&self) -> u32 {
        self.texts[&self.running()].number()
    }

    pub(super) fn has_extra(&self) -> bool {
        self.texts[&self.posted()] == Text::More
    }

    /// Every generation: number, place, kept, faulted; oldest first.
    pub(super) fn history(&self) -> Vec<(u64, Place, bool, bool)> {
        let line = self.line.iter().enumerate().map(|(index, entry)| {
            let place = match index.cmp(&self.mark) {
                std::cmp::Ordering::Less => Place::Earlier,
                std::cmp::Ordering::Equal => Place::Live,
                std::cmp::Ordering::Greater => Place::Later,
            };
            (entry.number, place, entry.is_kept, entry.has_faulted)
        });
        let aside = self.aside.iter();
        let aside = aside.map(|each| (each.number, Place::Aside, each.is_kept, each.has_faulted));
        let mut all: Vec<_> = line.chain(aside).collect();
        all.sort_by_key(|(number, ..)| *number);
        all
    }

    pub(super) fn status(&self) -> Option<Reason> {
        if self.disk != self.read {
            return Some(Reason::Unread);
        }
        let Some(saved) = self.saved else { return Some(Reason::Refused) };
        if self.texts[&self.running()].number() == self.read.number() {
            return None;
        }
        if self.posted() != self.running() && self.posted() == saved {
            return Some(Reason::Posted(saved));
        }
        Some(match self.moved {
            Reason::Left(_) => Reason::Left(self.running()),
            other => other,
        })
    }

    pub(super) fn write(&mut self, text: Text) {
        self.disk = text;
    }

    /// Reads what is saved.
    pub(super) fn save(&mut self) -> Option<u64> {
        self.read = self.disk;
        self.saved = self.commit(self.read, Reason::Left(0));
        self.saved
    }

    pub(super) fn apply(&mut self, text: Text) -> Option<u64> {
        self.commit(text, Reason::Applied)
    }

    fn commit(&mut self, text: Text, moved: Reason) -> Option<u64> {
        if text == Text::Broken {
            return None;
        }
        self.moved = moved;
        let base = self.running();
        if self.texts[&base].number() == text.number() {
            self.mark_at(base);
            self.is_pending = false;
            return Some(base);
        }
        self.newest += 1;
        self.texts.insert(self.newest, text);
        let mut needed = self.needed();
        needed.insert(base);
        self.drop_aside(&needed);
        let undone = self.line.split_off(self.mark + 1);
        undone.into_iter().for_each(|entry| self.leave(entry, &needed));
        self.line.push(Entry { number: self.newest, is_kept: false, has_faulted: false });
        let counts =
            |line: &[Entry]| line[..line.len() - 1].iter().filter(|each| !each.is_kept).count();
        while counts(&self.line) > self.limit {
            let oldest = self.line.remove(0);
            self.leave(oldest, &needed);
        }
        self.mark = self.line.len() - 1;
        self.is_pending = true;
        Some(self.newest)
    }

    /// What the closure runs or could go back to.
    fn needed(&self) -> HashSet<u64> {
        match self.callers {
            Callers::Several => HashSet::new(),
            Callers::One => {
                self.before.map_or_else(HashSet::new, |before| [before, self.taken].into())
            }
        }
    }

    fn leave(&mut self, entry: Entry, needed: &HashSet<u64>) {
        if entry.is_kept || needed.contains(&entry.number) {
            self.aside.push(entry);
        }
    }

    fn drop_aside(&mut self, needed: &HashSet<u64>) {
        let aside = std::mem::take(&mut self.aside);
        aside.into_iter().for_each(|entry| self.leave(entry, needed));
    }

    /// Puts the mark at a generation, which comes back into the line if it was aside.
    fn mark_at(&mut self, number: u64) {
        match self.line.iter().position(|each| each.number == number) {
            Some(at) => self.mark = at,
            None => {
                let at = self.aside.iter().position(|each| each.number == number);
                let entry = self.aside.remove(at.expect("it is somewhere"));
                self.mark += 1;
                self.line.insert(self.mark, entry);
            }
        }
    }

    pub(super) fn undo(&mut self) -> Option<u64> {
        let mut earlier = self.line[..self.mark].iter().rev();
        let target = earlier.find(|each| !each.has_faulted)?.number;
        Some(self.travel(target))
    }

    pub(super) fn redo(&mut self) -> Option<u64> {
        let mut later = self.line[self.mark + 1..].iter();
        let target = later.find(|each| !each.has_faulted)?.number;
        Some(self.travel(target))
    }

    pub(super) fn go_to(&mut self, number: u64) -> Option<u64> {
        self.entry(number)?;
        if number == self.posted() {
            return Some(number);
        }
        self.travel(number);
        self.entry(number)?.has_faulted = false;
        Some(number)
    }

    fn travel(&mut self, number: u64) -> u64 {
        self.mark_at(number);
        self.moved = Reason::Left(0);
        self.is_pending = true;
        number
    }

    fn entry(&mut self, number: u64) -> Option<&mut Entry> {
        self.line.iter_mut().chain(&mut self.aside).find(|each| each.number == number)
    }

    pub(super) fn keep(&mut self, number: u64) -> bool {
        self.entry(number).map(|entry| entry.is_kept = true).is_some()
    }

    pub(super) fn release(&mut self, number: u64) -> bool {
        match self.entry(number) {
            Some(entry) if entry.is_kept => entry.is_kept = false,
            _ => return false,
        }
        let mut needed = self.needed();
        if self.callers == Callers::One && self.is_pending {
            needed.extend([self.taken, self.posted()]);
        }
        self.drop_aside(&needed);
        true
    }

    pub(super) fn call(&mut self) -> Called {
        let runs = self.posted();
        if !std::mem::replace(&mut self.is_pending, false) {
            return self.called(false);
        }
        let before = std::mem::replace(&mut self.taken, runs);
        self.before = Some(before);
        if self.texts[&runs] != Text::Faulty {
            return self.called(false);
        }
        self.entry(runs).expect("it is in the line").has_faulted = true;
        self.moved = Reason::Faulted(runs);
        (self.taken, self.before) = (before, None);
        self.mark_at(before);
        self.called(true)
    }

    fn called(&self, has_faulted: bool) -> Called {
        let value = self.texts[&self.taken].number();
        Called { value, generation: self.taken, has_faulted }
    }
}
