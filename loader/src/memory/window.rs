//! One program's address space: a single reservation holding the exec view, the read-only view and
//! the data window with the unwinder's index behind it, plus the write view of the first two
//! elsewhere (phase: place).
//!
//! Code and read-only data are shared memory mapped twice: here without write permission, and once
//! more, writable and never executable, as the write view. Nothing is mapped, protected or unmapped
//! again until the reservation goes. The memory is anonymous rather than a memfd: `perf` asks its map
//! of symbols only about memory without a file of its own, and no policy about executable memfds
//! applies. Where the kernel forbids executable anonymous memory there is no fallback: opening the
//! program fails with an error that says so. A forked child shares these pages with its parent.
//!
//! A program for another address space has the same windows as ordinary local memory, which nobody
//! executes; only their addresses are the target's.

use std::ptr::{NonNull, null_mut};

use rustix::mm::{
    MapFlags, MprotectFlags, MremapFlags, ProtFlags, mmap_anonymous, mprotect, mremap_fixed, munmap,
};

use crate::error::{Error, ErrorKind};

pub(crate) const PAGE: usize = 4096;

/// Code ranges start and end at multiples of this.
pub(crate) const GRANULE: usize = 64;

/// The three windows of a program, in address order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Region {
    Code,
    ReadOnly,
    Data,
}

/// The mappings themselves. Addresses inside are plain numbers: who may touch which bytes is
/// decided by `memory.rs`, which hands every range to one owner at a time.
pub(crate) struct Mappings {
    /// Where users see the first window.
    base: usize,
    code: usize,
    read_only: usize,
    data: usize,
    /// Bytes of the unwinder's index, a word for every granule of the code window, if it has one.
    index: usize,
    /// The windows as their users see them; `None` for another address space, whose data window
    /// is the end of the write view.
    reservation: Option<NonNull<u8>>,
    write_view: View,
}

/// A mapping of our own, undone on drop.
struct View {
    start: NonNull<u8>,
    length: usize,
}

impl View {
    /// Zeroed, writable memory, which takes pages when it is written.
    fn new(length: usize, sharing: MapFlags) -> Result<View, Error> {
        let flags = sharing | MapFlags::NORESERVE;
        let protection = ProtFlags::READ | ProtFlags::WRITE;
        // SAFETY: the kernel chooses the address, so no existing mapping is replaced.
        let start = unsafe { mmap_anonymous(null_mut(), length, protection, flags) }
            .map_err(|error| system("cannot map the write view", error))?;
        let start = NonNull::new(start.cast()).ok_or_else(at_zero)?;
        Ok(View { start, length })
    }
}

impl Drop for View {
    fn drop(&mut self) {
        // SAFETY: our own mapping, and it goes with the windows, which every owner of a range in
        // them keeps alive. Failure only leaks addresses.
        let _ = unsafe { munmap(self.start.as_ptr().cast(), self.length) };
    }
}

// SAFETY: the struct only owns address space; the pointers are not tied to a thread, and every
// access through them is made by the owner of the range it touches (see `memory.rs`).
unsafe impl Send for Mappings {}
// SAFETY: as above; `&Mappings` gives out addresses only.
unsafe impl Sync for Mappings {}

fn system(what: &str, error: rustix::io::Errno) -> Error {
    Error::new(ErrorKind::System, format!("{what}: {error}"))
}

impl Mappings {
    /// Reserves and maps windows of the given sizes, each a multiple of the page size.
    pub(crate) fn new(code: usize, read_only: usize, data: usize) -> Result<Mappings, Error> {
        let write_view = View::new(code + read_only, MapFlags::SHARED)?;
        let index = (code / GRANULE * size_of::<u32>()).next_multiple_of(PAGE);
        let start = reserve(code + read_only + data + index)?;
        let base = start.as_ptr().expose_provenance();
        // From here on `mappings` owns the reservation and its drop gives it back.
        let reservation = Some(start);
        let mappings = Mappings { base, code, read_only, data, index, reservation, write_view };
        mappings.fix(Region::Code, 0, MprotectFlags::READ | MprotectFlags::EXEC)?;
        mappings.fix(Region::ReadOnly, code, MprotectFlags::READ)?;
        mappings.fix_data()?;
        Ok(mappings)
    }

    /// Windows whose users live in another address space, the first at `base`. Memory is used
    /// where bytes are written.
    pub(crate) fn elsewhere(
        base: usize,
        code: usize,
        read_only: usize,
        data: usize,
    ) -> Result<Mappings, Error> {
        let length = code + read_only + data;
        if base == 0 || !base.is_multiple_of(PAGE) || base.checked_add(length).is_none() {
            let why = format!(
                "windows of {length} bytes cannot start at {base:#x} of the other address space: \
                 the address must be a multiple of the page size, above 0, with room behind it"
            );
            return Err(Error::new(ErrorKind::System, why));
        }
        let write_view = View::new(length, MapFlags::PRIVATE)?;
        Ok(Mappings { base, code, read_only, data, index: 0, reservation: None, write_view })
    }

    /// Maps what lies at `offset` of the write view a second time, as a window.
    fn fix(&self, region: Region, offset: usize, protection: MprotectFlags) -> Result<(), Error> {
        let (start, length) = self.extent(region);
        let at = std::ptr::with_exposed_provenance_mut(start);
        let from = self.write_view.start.as_ptr().wrapping_add(offset).cast();
        // SAFETY: the old size 0 leaves the write view as it is and maps its pages once more; the
        // new range lies inside this reservation, which nothing else uses yet, so replacing
        // its mapping takes memory from nobody.
        let mapped = unsafe { mremap_fixed(from, 0, length, MremapFlags::MAYMOVE, at) };
        mapped.map_err(|error| system("cannot map a window beside the write view", error))?;
        // SAFETY: the range just mapped, of which nothing is in use.
        unsafe { mprotect(at, length, protection) }.map_err(|error| {
            let what = match region {
                Region::Code => {
                    "cannot make the code window executable; the kernel forbids executable \
                     anonymous memory here (SELinux execmem or a similar policy)"
                }
                _ => "cannot protect the read-only window",
            };
            system(what, error)
        })
    }

    /// The data window and, in the same mapping, the index.
    fn fix_data(&self) -> Result<(), Error> {
        let (start, length) = self.extent(Region::Data);
        let length = length + self.index;
        let flags = MapFlags::PRIVATE | MapFlags::FIXED | MapFlags::NORESERVE;
        let at = std::ptr::with_exposed_provenance_mut(start);
        let protection = ProtFlags::READ | ProtFlags::WRITE;
        // SAFETY: as in `fix`: inside our own reservation, not in use.
        let mapped = unsafe { mmap_anonymous(at, length, protection, flags) };
        mapped.map(drop).map_err(|error| system("cannot map the data window", error))
    }

    /// Start address and length of a window.
    pub(crate) fn extent(&self, region: Region) -> (usize, usize) {
        let base = self.base;
        match region {
            Region::Code => (base, self.code),
            Region::ReadOnly => (base + self.code, self.read_only),
            Region::Data => (base + self.code + self.read_only, self.data),
        }
    }

    /// Address of the unwinder's index: zeroed words, a page of which takes memory once it is written.
    pub(crate) fn index(&self) -> usize {
        let (start, length) = self.extent(Region::Data);
        start + length
    }

    /// Where the byte at `offset` of a window is written.
    pub(crate) fn writable(&self, region: Region, offset: usize) -> *mut u8 {
        debug_assert!(offset <= self.extent(region).1);
        let write_view = self.write_view.start.as_ptr();
        let data = self.code + self.read_only + offset;
        match (region, self.reservation) {
            (Region::Code, _) => write_view.wrapping_add(offset),
            (Region::ReadOnly, _) => write_view.wrapping_add(self.code + offset),
            (Region::Data, Some(reservation)) => reservation.as_ptr().wrapping_add(data),
            (Region::Data, None) => write_view.wrapping_add(data),
        }
    }
}

impl Drop for Mappings {
    fn drop(&mut self) {
        let Some(reservation) = self.reservation else { return };
        let length = self.code + self.read_only + self.data + self.index;
        // SAFETY: the reservation is ours and every owner of a range in it holds an Arc of the
        // `Memory` around this, so nothing refers to it any more. Failure only leaks addresses.
        let _ = unsafe { munmap(reservation.as_ptr().cast(), length) };
    }
}

/// Address space without access, near the executable's image when there is room, so that most
/// calls into the host reach without a stub.
fn reserve(length: usize) -> Result<NonNull<u8>, Error> {
    let image = reserve as *const () as usize;
    let wanted = image.saturating_sub(length + (64 << 20)) & !(PAGE - 1);
    let flags = MapFlags::PRIVATE | MapFlags::NORESERVE;
    let at = std::ptr::without_provenance_mut(wanted);
    // SAFETY: without MAP_FIXED the address is only a wish; no existing mapping is replaced.
    let base = unsafe { mmap_anonymous(at, length, ProtFlags::empty(), flags) }
        .map_err(|error| system("cannot reserve address space for the windows", error))?;
    NonNull::new(base.cast()).ok_or_else(at_zero)
}

fn at_zero() -> Error {
    Error::new(ErrorKind::System, "the kernel mapped the windows at address 0")
}
