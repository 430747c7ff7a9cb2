//! The memory of one program: who owns which range of its windows (phase: place).
//!
//! A range has exactly one owner, an [`Allocation`], from `allocate` until drop. The owner writes
//! through the write view; code runs through the exec view at `address`. **No byte of a range is
//! written after it was sealed, until its owner is dropped.** On drop the range is poisoned (debug)
//! and given back; the caller of the loader drops owners only after the grace period.

mod cores;
mod free_ranges;
mod image;
mod window;

use std::ops::Range;
use std::ptr::NonNull;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

pub use cores::serialise_cores;
use free_ranges::FreeRanges;
pub use image::{Change, Image, Protection, Segment, ThreadLocal};
use window::Mappings;
pub(crate) use window::{GRANULE, PAGE, Region};

use crate::arch::{self, Machine};
use crate::debug::Index;
use crate::error::{Error, ErrorKind};
use crate::indirect::{Indirect, Resolvers};
use crate::unwind::index::{Listed, Window};

/// Where linked code is going to run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Space {
    /// In this process.
    #[default]
    Here,
    /// In another process, which gets an [`Image`]. The windows are ordinary local memory: nothing in
    /// them is executed, touched or made known to the unwinder here, and every address that the
    /// loader speaks of is the other process's. To drop a [`Linked`](crate::Linked) is to say that
    /// over there nobody can be in it any more, after the changes that unpublished it.
    There {
        /// The processor that objects must be for.
        machine: Machine,
        /// Address of the first byte of the code window, a multiple of the page size; the read-only
        /// and the data window follow it.
        base: u64,
    },
}

/// Sizes of a program's windows. The windows together must stay below 2 GiB, so that every 32-bit
/// relative field reaches from any of them to any other.
#[derive(Debug, Clone)]
pub struct Config {
    /// Bytes of the code window. For aarch64 at most 128 MiB are used, whatever is said here: a `bl`
    /// reaches no farther, and so every stub is in reach of all code.
    pub code: usize,
    /// Bytes of the read-only window.
    pub read_only: usize,
    /// Bytes of the data window, slots included.
    pub data: usize,
    /// Capacity of the slot table in words.
    pub slots: usize,
    /// Whether reclaimed ranges are overwritten with `0xCC`, so that late users trap. In another
    /// address space they are not.
    pub poison: bool,
    /// Where the code is going to run.
    pub space: Space,
    /// Whether linking may run the resolvers of indirect functions.
    pub resolvers: Resolvers,
    /// How many bytes behind a cache line the code of a function begins, rounded up to what it is aligned to. Where
    /// loops lie makes them faster or slower by chance: benchmarks measure at several places.
    pub lead: usize,
}

impl Default for Config {
    fn default() -> Config {
        const MIB: usize = 1 << 20;
        Config {
            code: 512 * MIB,
            read_only: 256 * MIB,
            data: 256 * MIB,
            slots: 1 << 20,
            poison: cfg!(debug_assertions),
            space: Space::Here,
            resolvers: Resolvers::Call,
            lead: 0,
        }
    }
}

/// One program's windows.
pub struct Memory {
    /// For the unwinder of this process. Above `mappings`, so that it is dropped first: nobody looks
    /// into windows that are gone.
    listed: Option<Listed>,
    mappings: Mappings,
    code: Mutex<FreeRanges>,
    read_only: Mutex<FreeRanges>,
    data: Mutex<FreeRanges>,
    slots: usize,
    /// Where the data window's entries for kinds of short reach are, and how many bytes are taken.
    near: Near,
    poison: bool,
    space: Space,
    /// Held in another address space by who writes into the windows or copies them as a whole; in
    /// this one nobody copies them.
    copying: Mutex<()>,
    /// Initial values of thread-locals, for every thread of the other process.
    thread_locals: Mutex<Vec<ThreadLocal>>,
    pub(crate) debug: Index,
    resolvers: Resolvers,
    lead: usize,
    /// Words that the other process has to fill.
    indirect: Mutex<Vec<Indirect>>,
    reclaimed_ranges: AtomicUsize,
    pub(crate) stubs: AtomicUsize,
}

/// The range of the data window behind the base of the GOT, for entries that must not be farther from
/// it than some instructions reach; in order, never given back.
struct Near {
    start: u32,
    length: u32,
    taken: AtomicUsize,
}

/// How much of a program's memory is in use, in bytes unless said otherwise.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Usage {
    /// Code owned by live functions, private code and stubs.
    pub code: usize,
    /// The most the code window ever held.
    pub code_high_water: usize,
    /// Read-only data, unwind information included.
    pub read_only: usize,
    /// The most the read-only window ever held.
    pub read_only_high_water: usize,
    /// Slots, GOT and statics.
    pub data: usize,
    /// The most the data window ever held.
    pub data_high_water: usize,
    /// Number of stubs, to slots and to far host functions.
    pub stubs: usize,
    /// Number of pieces of code that the unwinder knows.
    pub described: usize,
    /// Number of ranges given back so far.
    pub reclaimed_ranges: usize,
    /// Number of separate free ranges in the code and read-only windows.
    pub free_ranges: usize,
}

impl Memory {
    /// Reserves and maps the windows; the only time the loader maps anything for this program.
    ///
    /// # Errors
    /// `System` when the sizes do not fit or the kernel refuses; the message names the setting.
    pub fn reserve(config: Config) -> Result<Arc<Memory>, Error> {
        // Three sizes capped here add up without overflow, and still to more than is allowed.
        let sizes = [config.code, config.read_only, config.data].map(|size| size.min(1 << 31));
        let [code, read_only, data] = sizes.map(|size| size.next_multiple_of(PAGE).max(PAGE));
        let machine = match config.space {
            Space::Here => Machine::HERE,
            Space::There { machine, .. } => machine,
        };
        let code = code.min(arch::call_reach(machine));
        let total = code + read_only + data;
        let slot_bytes = config.slots.checked_mul(size_of::<usize>());
        let fits = total < i32::MAX as usize && slot_bytes.is_some_and(|bytes| bytes <= data);
        if !fits {
            let why = "windows must stay below 2 GiB together, and the slots fit the data window";
            return Err(Error::new(ErrorKind::System, why));
        }
        let mut data_ranges = FreeRanges::new(data as u32, 16);
        // The slot table is the first thing in the data window and stays there.
        if let Some(bytes) = slot_bytes.filter(|bytes| *bytes > 0) {
            data_ranges.take(bytes as u32, 16);
        }
        let near = Near::take(&mut data_ranges, machine);
        let (mappings, listed) = match config.space {
            Space::Here => {
                let mappings = Mappings::new(code, read_only, data)?;
                let listed = list(&mappings)?;
                (mappings, Some(listed))
            }
            Space::There { base, .. } => {
                (Mappings::elsewhere(base as usize, code, read_only, data)?, None)
            }
        };
        Ok(Arc::new(Memory {
            listed,
            mappings,
            code: Mutex::new(FreeRanges::new(code as u32, GRANULE as u32)),
            read_only: Mutex::new(FreeRanges::new(read_only as u32, 16)),
            data: Mutex::new(data_ranges),
            slots: config.slots,
            near,
            poison: config.poison && config.space == Space::Here,
            space: config.space,
            copying: Mutex::new(()),
            thread_locals: Mutex::default(),
            debug: Index::default(),
            resolvers: config.resolvers,
            lead: config.lead,
            indirect: Mutex::default(),
            reclaimed_ranges: AtomicUsize::new(0),
            stubs: AtomicUsize::new(0),
        }))
    }

    /// The slot table: zeroed, writable words that live as long as this `Memory`. The loader only
    /// uses their addresses; the runtime accesses them as atomics. For another address space they
    /// are the local words, and go into the [`Image`] with what was stored in them.
    pub fn slot_words(&self) -> NonNull<[usize]> {
        let start = self.mappings.writable(Region::Data, 0).cast::<usize>();
        let start = NonNull::new(start).unwrap_or(NonNull::dangling());
        NonNull::slice_from_raw_parts(start, self.slots)
    }

    /// The addresses that code may have.
    pub fn code_window(&self) -> Range<usize> {
        let (start, length) = self.mappings.extent(Region::Code);
        start..start + length
    }

    /// What is in use now.
    pub fn usage(&self) -> Usage {
        let (code, read_only) = (lock(&self.code), lock(&self.read_only));
        let data = lock(&self.data);
        Usage {
            code: code.live(),
            code_high_water: code.high_water(),
            read_only: read_only.live(),
            read_only_high_water: read_only.high_water(),
            data: data.live(),
            data_high_water: data.high_water(),
            stubs: self.stubs.load(Ordering::Relaxed),
            described: self.listed.as_ref().map_or(0, |listed| listed.window().described()),
            reclaimed_ranges: self.reclaimed_ranges.load(Ordering::Relaxed),
            free_ranges: code.count() + read_only.count(),
        }
    }

    /// Where the code is going to run.
    pub fn space(&self) -> Space {
        self.space
    }

    /// The processor that code in these windows is for.
    pub fn machine(&self) -> Machine {
        match self.space {
            Space::Here => Machine::HERE,
            Space::There { machine, .. } => machine,
        }
    }

    /// Whether the code runs in this process.
    pub(crate) fn is_here(&self) -> bool {
        self.space == Space::Here
    }

    /// Whether linking may run resolvers.
    pub(crate) fn resolvers(&self) -> Resolvers {
        self.resolvers
    }

    /// Bytes in front of a function's code.
    pub(crate) fn lead(&self) -> usize {
        self.lead
    }

    /// Lists a word that the other process has to fill.
    pub(crate) fn list_indirect(&self, indirect: Indirect) {
        let mut listed = lock(&self.indirect);
        if !listed.contains(&indirect) {
            listed.push(indirect);
        }
    }

    /// What a word of the data window holds, a slot or one of the GOT, unless it is 0.
    pub(crate) fn word(&self, address: usize) -> Option<usize> {
        let (start, length) = self.mappings.extent(Region::Data);
        let offset = address.checked_sub(start)?;
        if !self.is_here() || offset + size_of::<usize>() > length || !address.is_multiple_of(8) {
            return None;
        }
        let word = self.mappings.writable(Region::Data, offset).cast::<usize>();
        // SAFETY: an aligned word inside the window, which is mapped for as long as `self` lives.
        // Acquire pairs with the release store that published what it holds.
        let value = unsafe { AtomicUsize::from_ptr(word) }.load(Ordering::Acquire);
        (value != 0).then_some(value)
    }

    /// To be held while ranges are written, so that no copy of the windows has half of it.
    pub(crate) fn writing(&self) -> Option<MutexGuard<'_, ()>> {
        (!self.is_here()).then(|| lock(&self.copying))
    }

    /// What code takes distances to GOT entries from: fixed for the program's life.
    pub fn got_base(&self) -> u64 {
        (self.mappings.extent(Region::Data).0 + self.near.start as usize) as u64
    }

    /// The next 8 bytes near the base of the GOT.
    pub(crate) fn allocate_near(self: &Arc<Memory>) -> Result<Allocation, Error> {
        const ENTRY: usize = 8;
        let at = self.near.taken.fetch_add(ENTRY, Ordering::Relaxed);
        if at + ENTRY > self.near.length as usize {
            let why = format!(
                "the {} bytes for GOT entries of short reach are used up: compile with -fPIC \
                 rather than -fpic",
                self.near.length
            );
            return Err(Error::new(ErrorKind::WindowFull, why));
        }
        Ok(Allocation {
            memory: Arc::clone(self),
            region: Region::Data,
            offset: self.near.start + at as u32,
            length: ENTRY as u32,
            reused: false,
            is_kept: true,
        })
    }

    /// The address of slot `index`'s word, as linked code uses it.
    ///
    /// # Errors
    /// `Index` for a slot beyond the table.
    pub fn slot_address(&self, index: u32) -> Result<usize, Error> {
        if index as usize >= self.slots {
            let why = format!("slot {index} is beyond the table's {} slots", self.slots);
            return Err(Error::new(ErrorKind::Index, why));
        }
        Ok(self.mappings.extent(Region::Data).0 + index as usize * size_of::<usize>())
    }

    fn ranges(&self, region: Region) -> &Mutex<FreeRanges> {
        match region {
            Region::Code => &self.code,
            Region::ReadOnly => &self.read_only,
            Region::Data => &self.data,
        }
    }

    /// Hands out a free range. Its bytes are unspecified (poison or zeroes).
    pub(crate) fn allocate(
        self: &Arc<Memory>,
        region: Region,
        size: u32,
        align: u32,
    ) -> Result<Allocation, Error> {
        let taken = lock(self.ranges(region)).take(size, align);
        let Some(taken) = taken else {
            return Err(Error::new(
                ErrorKind::WindowFull,
                format!(
                    "the {region:?} window has no free range of {size} bytes: drop retired \
                     functions or open the program with larger windows"
                ),
            ));
        };
        Ok(Allocation {
            memory: Arc::clone(self),
            region,
            offset: taken.start,
            length: taken.length,
            reused: taken.reused && self.is_here(),
            is_kept: false,
        })
    }
}

impl Near {
    /// The first free range behind the slots, as long as the shortest field reaches. Without one, as
    /// on x86-64, whose fields all reach the whole window, the base is that of the window.
    fn take(data: &mut FreeRanges, machine: Machine) -> Near {
        let length = arch::short_got_reach(machine);
        let taken = (length > 0).then(|| data.take(length, PAGE as u32)).flatten();
        let (start, length) = taken.map_or((0, 0), |taken| (taken.start, taken.length));
        Near { start, length, taken: AtomicUsize::new(0) }
    }
}

fn lock<T>(ranges: &Mutex<T>) -> MutexGuard<'_, T> {
    // A panic while holding the lock is impossible short of an allocation failure; the ranges are
    // consistent between their two inserts either way, so poisoning carries no information.
    ranges.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Lists the windows for the unwinder. The owner of `mappings` drops the result first.
fn list(mappings: &Mappings) -> Result<Listed, Error> {
    let (start, length) = mappings.extent(Region::Code);
    let (read_only, _) = mappings.extent(Region::ReadOnly);
    // SAFETY: the mappings hold a zeroed word for every granule of the code window and nothing is
    // unmapped before they are dropped, after the listing.
    unsafe { Listed::new(start..start + length, read_only, mappings.index()) }
}

/// One owned range of a window; given back on drop.
pub(crate) struct Allocation {
    memory: Arc<Memory>,
    region: Region,
    offset: u32,
    length: u32,
    reused: bool,
    is_kept: bool,
}

impl Allocation {
    /// The same range, no longer given back on drop: it stays for the memory's life.
    pub(crate) fn kept(mut self) -> Allocation {
        self.is_kept = true;
        self
    }

    /// The first `length` bytes and the rest, as ranges of their own.
    pub(crate) fn divide(mut self, length: usize) -> (Allocation, Allocation) {
        let length = (length as u32).min(self.length);
        let rest = Allocation {
            memory: Arc::clone(&self.memory),
            offset: self.offset + length,
            length: self.length - length,
            ..self
        };
        self.length = length;
        (self, rest)
    }

    /// Where its users see it: the exec or read-only view, or the data window.
    pub(crate) fn address(&self) -> usize {
        self.memory.mappings.extent(self.region).0 + self.offset as usize
    }

    pub(crate) fn len(&self) -> usize {
        self.length as usize
    }

    /// Whether the range may have held other code before, so that cores must be serialised. What
    /// another process's cores must do is the business of who changes its memory.
    pub(crate) fn reused(&self) -> bool {
        self.reused
    }

    /// The program's code window as this process's unwinder knows it, if it does.
    pub(crate) fn window(&self) -> Option<&'static Window> {
        self.memory.listed.as_ref().map(Listed::window)
    }

    /// The bytes, through the write view.
    pub(crate) fn bytes_mut(&mut self) -> &mut [u8] {
        let start = self.memory.mappings.writable(self.region, self.offset as usize);
        // SAFETY: the range is mapped writable for as long as `memory` lives, belongs to this
        // allocation alone, and `&mut self` makes this the only Rust reference to it. Other views
        // of the same pages are read by the processor, by raw pointer, or not at all.
        unsafe { std::slice::from_raw_parts_mut(start, self.length as usize) }
    }

    /// Reads one byte per page where users will see it, so that they take no page fault.
    pub(crate) fn touch(&self) {
        if !self.memory.is_here() {
            return;
        }
        let (start, end) = (self.address(), self.address() + self.len());
        let pages = std::iter::successors(Some(start), |at| Some((at & !(PAGE - 1)) + PAGE));
        for at in pages.take_while(|at| *at < end) {
            // SAFETY: inside our own range, which every view maps readable.
            unsafe { std::ptr::with_exposed_provenance::<u8>(at).read_volatile() };
        }
    }
}

impl Drop for Allocation {
    fn drop(&mut self) {
        if self.is_kept || self.length == 0 {
            return;
        }
        if self.memory.poison && self.region != Region::Data {
            self.bytes_mut().fill(0xCC);
        }
        let is_reusable = !self.memory.is_here() || cores::can_serialise();
        if self.region == Region::Code && !is_reusable {
            // Without a way to serialise cores an address is used once.
            return;
        }
        lock(self.memory.ranges(self.region)).give_back(self.offset, self.length);
        self.memory.reclaimed_ranges.fetch_add(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests;
