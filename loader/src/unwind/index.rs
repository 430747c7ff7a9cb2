//! Whose unwind records describe an address of live code (phase: seal, and whenever somebody
//! unwinds).
//!
//! Every code window has an *index*: one word for each of its granules, which says where the
//! `.eh_frame` of the unit in that granule begins in the read-only window, or 0. Seal writes the
//! words of a unit, reclaiming zeroes them, and looking up an address is one load of a word once
//! the window is known. The windows stand in a list that only grows; windows that are gone leave
//! their entry to later ones. So linking and reclaiming cost what the unit's size says and not how
//! many others there are, and looking up neither locks, waits, allocates nor retries.
//!
//! Why a reader never follows a word or a window that is going away: what is looked up are the
//! addresses of frames that the asking thread is in. Code that a thread is in is not reclaimed, and
//! a window with code in use is not unmapped (`linked.rs`, `memory.rs`): so the words of that code,
//! and the entry of that window, were written before the thread got there and stay until it left.
//! Other entries may change while they are read, but the word that decides whether an address
//! lies in a window is written whole, after the rest of its entry, and no window that ever was
//! in the list while the frame existed overlaps the frame's own.

use std::ops::Range;
use std::ptr::null_mut;
use std::sync::atomic::{AtomicPtr, AtomicU32, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::error::{Error, ErrorKind};
use crate::memory::{GRANULE, PAGE};

/// One code window in the list.
pub(crate) struct Window {
    /// The code window's first page above the number of its pages, or 0 while there is none.
    span: AtomicU64,
    /// Address of the first word of the index.
    words: AtomicUsize,
    /// Address of the read-only window.
    read_only: AtomicUsize,
    /// How many units are described.
    described: AtomicUsize,
}

/// Bits of a span for the number of pages; windows are below 2 GiB.
const PAGES: u32 = 20;

/// Entries that are never moved nor given back.
struct Row {
    windows: [Window; 8],
    next: AtomicPtr<Row>,
}

impl Row {
    const fn empty() -> Row {
        let windows = [const {
            Window {
                span: AtomicU64::new(0),
                words: AtomicUsize::new(0),
                read_only: AtomicUsize::new(0),
                described: AtomicUsize::new(0),
            }
        }; 8];
        Row { windows, next: AtomicPtr::new(null_mut()) }
    }
}

/// The windows of all programs of this process.
static WINDOWS: Row = Row::empty();

fn windows() -> impl Iterator<Item = &'static Window> {
    let rows = std::iter::successors(Some(&WINDOWS), |row| {
        // Acquire: pairs with the release store in `vacant`.
        let next = row.next.load(Ordering::Acquire);
        // SAFETY: null, or a row that was leaked.
        unsafe { next.as_ref() }
    });
    rows.flat_map(|row| &row.windows)
}

/// An unused entry, in a new row if there is none. Under the lock of `Listed::new`.
fn vacant() -> &'static Window {
    // Relaxed: entries become used under the lock only, and one given up is used again as it is.
    if let Some(window) = windows().find(|window| window.span.load(Ordering::Relaxed) == 0) {
        return window;
    }
    let mut last = &WINDOWS;
    // SAFETY: as in `windows`. Relaxed: rows are appended under the lock.
    while let Some(next) = unsafe { last.next.load(Ordering::Relaxed).as_ref() } {
        last = next;
    }
    // Kept for ever: programs are few, and a reader may be looking at it.
    let row: &'static Row = Box::leak(Box::new(Row::empty()));
    // Release: pairs with the acquire load in `windows`; the row is empty, not uninitialised.
    last.next.store(std::ptr::from_ref(row).cast_mut(), Ordering::Release);
    &row.windows[0]
}

/// A window in the list, until drop.
pub(crate) struct Listed(&'static Window);

impl Listed {
    /// Lists the window with code at `code`.
    ///
    /// # Errors
    /// `System` when the address is beyond those of user space.
    ///
    /// # Safety
    /// At `words` are zeroes, one `u32` for each granule of `code`, used by nobody else and mapped
    /// until the value is dropped, as is all of the read-only window.
    pub(crate) unsafe fn new(
        code: Range<usize>,
        read_only: usize,
        words: usize,
    ) -> Result<Listed, Error> {
        static LOCK: Mutex<()> = Mutex::new(());
        let (page, pages) = ((code.start / PAGE) as u64, (code.len() / PAGE) as u64);
        if page >> (u64::BITS - PAGES) != 0 || pages >> PAGES != 0 {
            let why = format!("the kernel mapped the windows at {:#x}: too high", code.start);
            return Err(Error::new(ErrorKind::System, why));
        }
        let lock = LOCK.lock().unwrap_or_else(PoisonError::into_inner);
        let window = vacant();
        // Relaxed: the release store below publishes them.
        window.words.store(words, Ordering::Relaxed);
        window.read_only.store(read_only, Ordering::Relaxed);
        // Release: pairs with the acquire load in `Window::code`.
        window.span.store(page << PAGES | pages, Ordering::Release);
        drop(lock);
        Ok(Listed(window))
    }

    pub(crate) fn window(&self) -> &'static Window {
        self.0
    }
}

impl Drop for Listed {
    fn drop(&mut self) {
        debug_assert_eq!(self.0.described(), 0, "code owns its memory");
        // Release: pairs with the acquire load of whoever lists the next window here, or looks: what
        // was done with this one is done before.
        self.0.span.store(0, Ordering::Release);
    }
}

impl Window {
    /// The code window.
    fn code(&self) -> Range<usize> {
        // Acquire: pairs with the release store in `Listed::new`.
        let span = self.span.load(Ordering::Acquire);
        let start = (span >> PAGES) as usize * PAGE;
        start..start + (span & ((1 << PAGES) - 1)) as usize * PAGE
    }

    /// The words of the granules of `code`, a range of this window.
    fn words(&self, code: &Range<usize>) -> &[AtomicU32] {
        let whole = self.code();
        debug_assert!(whole.start <= code.start && code.end <= whole.end);
        let first = (code.start - whole.start) / GRANULE;
        let words = self.words.load(Ordering::Relaxed) + first * size_of::<u32>();
        let words = std::ptr::with_exposed_provenance::<AtomicU32>(words);
        // SAFETY: `Listed::new` was promised a word for each granule of the window, for as long
        // as the window is listed, which is as long as anybody asks about its code.
        unsafe { std::slice::from_raw_parts(words, code.len().div_ceil(GRANULE)) }
    }

    /// Makes the `.eh_frame` at `section`, an address in the read-only window, that of `code`.
    pub(crate) fn describe(&self, code: &Range<usize>, section: usize) {
        let offset = section - self.read_only.load(Ordering::Relaxed);
        for word in self.words(code) {
            // Release: pairs with the acquire load in `section_of`. The window is below 2 GiB.
            word.store(offset as u32 + 1, Ordering::Release);
        }
        self.described.fetch_add(1, Ordering::Relaxed);
    }

    /// Takes back what `describe` did.
    pub(crate) fn forget(&self, code: &Range<usize>) {
        for word in self.words(code) {
            // Relaxed: nobody is in the code, so nobody asks about it.
            word.store(0, Ordering::Relaxed);
        }
        self.described.fetch_sub(1, Ordering::Relaxed);
    }

    /// How many units are described.
    pub(crate) fn described(&self) -> usize {
        self.described.load(Ordering::Relaxed)
    }
}

/// Whether `address` lies in a window for code of any program of this process. It may be asked
/// anywhere, a signal handler included: it locks nothing and allocates nothing.
pub fn is_live_code(address: usize) -> bool {
    windows().any(|window| window.code().contains(&address))
}

/// What the index knows of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Known {
    /// No code window of ours holds it.
    Elsewhere,
    /// It is in one, but no code with unwind records is there.
    Nothing,
    /// The `.eh_frame` at this address describes the unit there.
    Section(usize),
}

/// Looks an address up.
pub(crate) fn section_of(address: usize) -> Known {
    let Some(window) = windows().find(|window| window.code().contains(&address)) else {
        return Known::Elsewhere;
    };
    // Acquire: pairs with the release store in `Window::describe`: who sees the word sees the records.
    match window.words(&(address..address + 1))[0].load(Ordering::Acquire) {
        0 => Known::Nothing,
        word => Known::Section(window.read_only.load(Ordering::Relaxed) + word as usize - 1),
    }
}

#[cfg(test)]
mod tests;
