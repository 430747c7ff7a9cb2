//! A program for another address space as bytes: what to put where over there (after phase: seal).
//!
//! Code, constants, slots, GOT and the statics' initial values are in it, at their addresses. A later
//! image of the same program differs from an earlier one only where the loader, or who fills
//! the slots, wrote since: copying the differences brings the other process up to date, and leaves
//! alone what its statics hold by then. `loader/tests/another_space/host.c` is such a process.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::{Memory, PAGE, Region, lock};
use crate::arch::Machine;
use crate::error::{Error, ErrorKind};
use crate::indirect::Indirect;

/// Bytes of a slot.
const WORD: usize = size_of::<usize>();
/// Bytes of the headers of an ELF file, and the types of program headers.
const HEADER: usize = 64;
const PROGRAM_HEADER: usize = 56;
const LOAD: u64 = 1;
const NOTE: u64 = 4;
/// Whose notes they are, padded to four bytes.
const NAME: &[u8; 8] = b"Segue\0\0\0";

/// What may be done with a segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protection {
    /// Code: read and execute.
    Execute,
    /// Constants: read.
    Read,
    /// Slots, GOT, statics: read and write.
    Write,
}

/// One window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// Its first address in the other process, a multiple of the page size.
    pub address: u64,
    /// How many bytes the window has, for what is linked later too.
    pub size: u64,
    /// How it is to be mapped.
    pub protection: Protection,
    /// The bytes in use; zeroes follow.
    pub bytes: Vec<u8>,
}

/// The windows of a program in [`Space::There`](super::Space::There) at one moment.
///
/// ```no_run
/// # use std::path::Path;
/// # use segue_loader::{Config, Error, Linker, Machine, Memory, Selection, Space, Split, Symbols, Targets};
/// # fn example(split: &Split, swap: &Split, targets: &mut dyn Targets) -> Result<(), Error> {
/// let space = Space::There { machine: Machine::Aarch64, base: 0x1000_0000 };
/// let memory = Memory::reserve(Config { code: 1 << 20, slots: 64, space, ..Config::default() })?;
/// let symbols = Symbols::of_executable(Path::new("host"))?;
/// let mut linker = Linker::new(memory.clone(), symbols);
/// let linked = linker.link(&[Selection { split, functions: &[0] }], targets)?;
/// // Store the entries into the slots (`Memory::slot_words`), and start the host with this file:
/// let first = memory.image()?;
/// first.write(Path::new("image"))?;
/// let newer = linker.link(&[Selection { split: swap, functions: &[0] }], targets)?;
/// // Store the new entry, and let the host copy these:
/// for change in first.changes(&memory.image()?) {
///     println!("{:#x}: {} bytes", change.address, change.bytes.len());
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    /// The processor it is for.
    pub machine: Machine,
    /// The windows, in the order of their addresses.
    pub segments: Vec<Segment>,
    /// Words of the last segment that are to be filled before anything runs.
    pub indirect: Vec<Indirect>,
    /// Thread-locals that do not start as zeroes, in an order that only grows: every thread of the
    /// other process copies those that it has not copied yet before it enters live code.
    pub thread_locals: Vec<ThreadLocal>,
    /// Bytes of the slot table, with which the last segment starts.
    slots: usize,
}

/// What a thread-local variable of live code starts as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ThreadLocal {
    /// The variable's distance from the thread pointer, in bytes.
    pub from_thread_pointer: i64,
    /// Where its initial bytes are, in the window of constants.
    pub initial: u64,
    /// How many there are.
    pub size: u64,
}

/// Bytes that are different in a later image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Where they go.
    pub address: u64,
    /// What they are now.
    pub bytes: Vec<u8>,
}

impl Memory {
    /// What the other process needs. Memory that is in no function's or variable's range, or never
    /// was, is whatever it happens to be.
    ///
    /// # Errors
    /// `Unsupported` in [`Space::Here`](super::Space::Here), where the program runs already.
    pub fn image(&self) -> Result<Image, Error> {
        let _copying = self.copying()?;
        let kinds = [
            (Region::Code, Protection::Execute),
            (Region::ReadOnly, Protection::Read),
            (Region::Data, Protection::Write),
        ];
        let segments = kinds.map(|(region, protection)| {
            let (address, size) = self.mappings.extent(region);
            let used = lock(self.ranges(region)).high_water();
            let mut bytes = vec![0; used];
            self.copy(region, 0, &mut bytes);
            let end = bytes.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
            bytes.truncate(end);
            Segment { address: address as u64, size: size as u64, protection, bytes }
        });
        let slots = self.slots * WORD;
        let (indirect, thread_locals) =
            (lock(&self.indirect).clone(), lock(&self.thread_locals).clone());
        let (machine, segments) = (self.machine(), segments.into());
        Ok(Image { machine, segments, indirect, thread_locals, slots })
    }

    /// Adds initial values that every thread of the other process needs.
    pub(crate) fn list_thread_locals(&self, new: impl Iterator<Item = ThreadLocal>) {
        lock(&self.thread_locals).extend(new);
    }

    /// The `length` bytes at `address` of the other process, as they would be written there.
    ///
    /// # Errors
    /// `Unsupported` in [`Space::Here`](super::Space::Here); `Index` for bytes outside the windows.
    pub fn read(&self, address: u64, length: usize) -> Result<Vec<u8>, Error> {
        let _copying = self.copying()?;
        let inside = |region: &Region| {
            let (start, size) = self.mappings.extent(*region);
            let offset = usize::try_from(address).ok()?.checked_sub(start)?;
            (offset.checked_add(length)? <= size).then_some((*region, offset))
        };
        let regions = [Region::Code, Region::ReadOnly, Region::Data];
        let Some((region, offset)) = regions.iter().find_map(inside) else {
            let why = format!("{length} bytes at {address:#x} are not in one of the windows");
            return Err(Error::new(ErrorKind::Index, why));
        };
        let mut bytes = vec![0; length];
        self.copy(region, offset, &mut bytes);
        Ok(bytes)
    }

    fn copying(&self) -> Result<std::sync::MutexGuard<'_, ()>, Error> {
        self.writing().ok_or_else(|| {
            let why =
                "only a program for another address space is copied: open it with Space::There";
            Error::new(ErrorKind::Unsupported, why)
        })
    }

    /// Copies bytes of a window, with the lock on copying held.
    fn copy(&self, region: Region, offset: usize, into: &mut [u8]) {
        let slots = if region == Region::Data { self.slots * WORD } else { 0 };
        let (words, rest) = into.split_at_mut(slots.saturating_sub(offset).min(into.len()));
        let table = self.slot_words().cast::<usize>();
        let mut word = [0; WORD];
        for (index, byte) in words.iter_mut().enumerate() {
            let at = offset + index;
            if index == 0 || at.is_multiple_of(WORD) {
                // SAFETY: a word of the slot table, which lives as long as `self` and is used as
                // atomics only.
                let slot = unsafe { AtomicUsize::from_ptr(table.add(at / WORD).as_ptr()) };
                // Relaxed: nothing is called through it here.
                word = slot.load(Ordering::Relaxed).to_le_bytes();
            }
            *byte = word[at % WORD];
        }
        let start = self.mappings.writable(region, offset + words.len());
        // SAFETY: inside the window, which is mapped for as long as `self` lives. Behind the slots
        // it is written by who holds the lock that our caller holds; what was sealed stays as it
        // is, statics included, since nobody runs the code that would change them.
        unsafe { std::ptr::copy_nonoverlapping(start, rest.as_mut_ptr(), rest.len()) };
    }
}

impl Image {
    /// What to copy to the other process, which has this image, so that it has `later`: words that
    /// differ, whole and by address, but those of the slot table last. Each of those is then one
    /// store that publishes code which is there already.
    pub fn changes(&self, later: &Image) -> Vec<Change> {
        let mut changes = Vec::new();
        let table = later.segments.last().map_or(0, |data| data.address);
        let slots = table..table + later.slots as u64;
        let none = Vec::new();
        for (index, segment) in later.segments.iter().enumerate() {
            let before = self.segments.get(index).map_or(&none, |segment| &segment.bytes);
            compare(segment.address, before, &segment.bytes, slots.end, &mut changes);
        }
        changes.sort_by_key(|change| (slots.contains(&change.address), change.address));
        changes
    }

    /// The image as an ELF file without sections: a program header per window, whose file size is
    /// that of the bytes in use, and one for notes of the name `Segue`: type 1 has the three numbers
    /// of each of [`Image::thread_locals`], type 2 the two of each of [`Image::indirect`]. All numbers
    /// have 64 bits and are little-endian.
    /// It has no entry point: who maps it knows which slot to call.
    pub fn to_elf(&self) -> Vec<u8> {
        let notes = self.notes();
        let count = self.segments.len() + 1;
        let start = HEADER + count * PROGRAM_HEADER;
        let mut file = header(self.machine, count);
        put(&mut file, &[NOTE | 4 << 32, start as u64, 0, 0, notes.len() as u64, 0, 4]);
        let mut offset = (start + notes.len()).next_multiple_of(PAGE);
        for segment in &self.segments {
            let flags: u64 = match segment.protection {
                Protection::Execute => 5,
                Protection::Read => 4,
                Protection::Write => 6,
            };
            let (address, length) = (segment.address, segment.bytes.len() as u64);
            put(&mut file, &[LOAD | flags << 32, offset as u64]);
            put(&mut file, &[address, address, length, segment.size, PAGE as u64]);
            offset = (offset + segment.bytes.len()).next_multiple_of(PAGE);
        }
        file.extend_from_slice(&notes);
        for segment in &self.segments {
            file.resize(file.len().next_multiple_of(PAGE), 0);
            file.extend_from_slice(&segment.bytes);
        }
        file
    }

    fn notes(&self) -> Vec<u8> {
        let thread_locals = self.thread_locals.iter();
        let thread_locals =
            thread_locals.flat_map(|it| [it.from_thread_pointer as u64, it.initial, it.size]);
        let indirect = self.indirect.iter().flat_map(|it| [it.word, it.resolver]);
        let lists: [Vec<u64>; 2] = [thread_locals.collect(), indirect.collect()];
        let mut notes = Vec::new();
        for (index, list) in lists.iter().enumerate() {
            for number in [NAME.len(), list.len() * 8, index + 1] {
                notes.extend_from_slice(&(number as u32).to_le_bytes());
            }
            notes.extend_from_slice(NAME);
            put(&mut notes, list);
        }
        notes
    }

    /// Writes [`Image::to_elf`] to a file.
    ///
    /// # Errors
    /// `File` when it cannot be written.
    pub fn write(&self, path: &Path) -> Result<(), Error> {
        std::fs::write(path, self.to_elf()).map_err(|error| {
            Error::new(ErrorKind::File, format!("cannot write {}: {error}", path.display()))
        })
    }
}

/// The header of an executable file with `count` program headers behind it.
fn header(machine: Machine, count: usize) -> Vec<u8> {
    let mut file = vec![0x7F, b'E', b'L', b'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    // Type EXEC, machine, version 1 of 32 bits.
    let machine = u64::from(machine.to_elf().0);
    put(&mut file, &[2 | machine << 16 | 1 << 32]);
    // No entry, the program headers, no sections.
    put(&mut file, &[0, HEADER as u64, 0]);
    let sizes = [0, 0, HEADER, PROGRAM_HEADER, count, 64, 0, 0];
    sizes.iter().for_each(|size| file.extend_from_slice(&(*size as u16).to_le_bytes()));
    file
}

fn put(file: &mut Vec<u8>, numbers: &[u64]) {
    numbers.iter().for_each(|number| file.extend_from_slice(&number.to_le_bytes()));
}

/// Adds the runs of words that differ, none of them across `border`; bytes that one side does not have
/// are zeroes.
fn compare(address: u64, before: &[u8], after: &[u8], border: u64, changes: &mut Vec<Change>) {
    let word = |bytes: &[u8], at: usize| {
        let mut word = [0; WORD];
        let have = bytes.get(at..).unwrap_or(&[]);
        let have = &have[..have.len().min(WORD)];
        word[..have.len()].copy_from_slice(have);
        word
    };
    let mut open = false;
    for at in (0..before.len().max(after.len())).step_by(WORD) {
        let now = word(after, at);
        let differs = now != word(before, at);
        let address = address + at as u64;
        if differs && (!open || address == border) {
            changes.push(Change { address, bytes: Vec::new() });
        }
        open = differs;
        if let Some(change) = changes.last_mut().filter(|_| differs) {
            change.bytes.extend_from_slice(&now);
        }
    }
}

#[cfg(test)]
mod tests;
