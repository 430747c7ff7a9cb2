//! How the process's unwinder finds the records of live code (phase: seal, and whenever somebody
//! unwinds).
//!
//! libgcc, which unwinds Rust panics and C++ exceptions alike, asks `_Unwind_Find_FDE` for the record
//! of every frame. The call goes through the dynamic linker's tables, where a definition in the
//! executable comes before libgcc's own: ours answers for live code out of the index and passes
//! all other addresses on. libgcc's way to be told of new code, `__register_frame`, keeps a
//! sorted list under one lock before GCC 13: at 100,000 functions a link costs 86 µs for it, and every
//! throw of every thread, through host code too, takes the lock.
//!
//! Where the executable is not what defines ours, because the host is a shared library that was
//! loaded for itself (a plugin), libgcc never asks us. The first registration finds that out by an
//! inquiry that only we would answer, and from then on this process registers with libgcc: one
//! way for all of a process's code, slower in large programs, and otherwise the same.

use std::ffi::c_void;
use std::ops::Range;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::cie::Cie;
use super::index::{Known, Window, section_of};
use super::{CIE_POINTER, FIRST_ADDRESS};
use crate::memory::Allocation;

/// What the unwinder is told besides the record: bases of two relative encodings that compilers do
/// not use here, and where the function starts. Layout: `struct dwarf_eh_bases` of libgcc.
#[repr(C)]
pub(crate) struct Bases {
    text: *mut c_void,
    data: *mut c_void,
    function: *mut c_void,
}

unsafe extern "C" {
    // In libgcc_s, which Rust's std is linked against on this target.
    fn __register_frame(section: *const c_void);
    fn __deregister_frame(section: *const c_void);
    fn _Unwind_FindEnclosingFunction(address: *mut c_void) -> *mut c_void;
}

/// The unwinder's question: which FDE describes the code at `address`? Null when none does.
///
/// # Safety
/// `bases` is null or points to a `Bases` that may be written. Nobody reclaims the code at
/// `address` meanwhile, if it is live.
#[unsafe(no_mangle)]
pub(crate) unsafe extern "C" fn _Unwind_Find_FDE(
    address: *mut c_void,
    bases: *mut Bases,
) -> *const c_void {
    let found = match section_of(address.addr()) {
        // SAFETY: the index holds the addresses of sections given to `Registration::new`, and that
        // of an address whose code stays stays too.
        Known::Section(section) => unsafe { fde_in(section, address.addr()) },
        Known::Nothing => None,
        Known::Elsewhere if address.addr() == inquiry() => Some((inquiry(), inquiry())),
        // SAFETY: the question as it came.
        Known::Elsewhere => return unsafe { ask_next(address, bases) },
    };
    let Some((fde, function)) = found else { return std::ptr::null() };
    if !bases.is_null() {
        let null = std::ptr::null_mut();
        let function = std::ptr::with_exposed_provenance_mut(function);
        // SAFETY: the caller's promise.
        unsafe { bases.write(Bases { text: null, data: null, function }) };
    }
    std::ptr::with_exposed_provenance(fde)
}

/// The record that describes `address`, and where its function starts.
///
/// # Safety
/// At `section` is an `.eh_frame` as `Registration::new` requires.
unsafe fn fde_in(section: usize, address: usize) -> Option<(usize, usize)> {
    // SAFETY: parse checked that records have the length that they say, that FDEs name CIEs of the
    // section and that no relocation changes either; relocate wrote the zero word behind them.
    let word = |at: usize| unsafe { std::ptr::with_exposed_provenance::<u32>(at).read_unaligned() };
    let record = |at: usize| {
        let size = 4 + word(at) as usize;
        // SAFETY: as above.
        unsafe { std::slice::from_raw_parts(std::ptr::with_exposed_provenance(at), size) }
    };
    let mut at = section;
    while word(at) != 0 {
        let field = at + CIE_POINTER as usize;
        let distance = word(field) as usize;
        if distance != 0 {
            let encoding = Cie::read(record(field - distance))?.addresses;
            let fields = record(at).get(FIRST_ADDRESS as usize..)?;
            let start = encoding.read(fields, at + FIRST_ADDRESS as usize)?;
            let length = encoding.plain().read(fields.get(encoding.size()..)?, 0)?;
            if address.wrapping_sub(start) < length {
                return Some((at, start));
            }
        }
        at += 4 + word(at) as usize;
    }
    None
}

type Find = unsafe extern "C" fn(*mut c_void, *mut Bases) -> *const c_void;

/// Asks whoever the unwinder would have asked without us: libgcc.
///
/// # Safety
/// As for `_Unwind_Find_FDE`.
unsafe fn ask_next(address: *mut c_void, bases: *mut Bases) -> *const c_void {
    // Looked up once, and not under a lock: two threads that meet here find the same. Relaxed: the
    // code behind it was there before this library's.
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    let mut next = NEXT.load(Ordering::Relaxed);
    if next == 0 {
        // SAFETY: the name is a C string; looking it up runs no foreign code.
        next = unsafe { libc::dlsym(libc::RTLD_NEXT, c"_Unwind_Find_FDE".as_ptr()) }
            .expose_provenance();
        NEXT.store(next, Ordering::Relaxed);
    }
    if next == 0 {
        return std::ptr::null();
    }
    // SAFETY: the next definition of a function of the C runtime, which has this signature.
    let next: Find = unsafe { std::mem::transmute::<usize, Find>(next) };
    // SAFETY: the question as it came.
    unsafe { next(address, bases) }
}

/// An address that is nobody's code: only ours calls it a function.
fn inquiry() -> usize {
    static NOWHERE: u8 = 0;
    (&raw const NOWHERE).expose_provenance()
}

/// How this process's unwinder finds live code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// It asks us, and we look into the index.
    Index,
    /// It was told by `__register_frame`.
    List,
}

impl Way {
    /// The way of this process.
    pub(crate) fn of_process() -> Way {
        static WAY: OnceLock<Way> = OnceLock::new();
        *WAY.get_or_init(|| {
            // It asks about the address before the one it is given, as if that were a return address.
            let address = std::ptr::with_exposed_provenance_mut(inquiry() + 1);
            // SAFETY: the address is only looked up.
            let found = unsafe { _Unwind_FindEnclosingFunction(address) };
            // And the next one now, rather than while somebody unwinds.
            // SAFETY: a question without an answer; null bases are not written.
            unsafe { ask_next(std::ptr::without_provenance_mut(1), &mut Bases::default()) };
            if found.addr() == inquiry() { Way::Index } else { Way::List }
        })
    }
}

impl Default for Bases {
    fn default() -> Bases {
        let null = std::ptr::null_mut();
        Bases { text: null, data: null, function: null }
    }
}

/// Code known to the unwinder, until drop.
pub(crate) struct Registration {
    way: Way,
    window: &'static Window,
    code: Range<usize>,
    section: usize,
}

impl Registration {
    /// Makes the unwinder know `code`, which is in `window`, by the section at `section`.
    ///
    /// # Safety
    /// `section` is in the read-only window beside `code` and holds records that parse checked,
    /// then a zero word; it stays unchanged until the registration is dropped, before `code` is.
    pub(crate) unsafe fn new(
        window: &'static Window,
        code: &Allocation,
        section: usize,
    ) -> Registration {
        // SAFETY: the caller's promise.
        unsafe { Registration::by(Way::of_process(), window, code, section) }
    }

    /// # Safety
    /// As for `new`.
    unsafe fn by(
        way: Way,
        window: &'static Window,
        code: &Allocation,
        section: usize,
    ) -> Registration {
        let code = code.address()..code.address() + code.len();
        match way {
            Way::Index => window.describe(&code, section),
            // SAFETY: the caller's promise is exactly what libgcc requires.
            Way::List => unsafe { __register_frame(std::ptr::with_exposed_provenance(section)) },
        }
        Registration { way, window, code, section }
    }
}

impl Drop for Registration {
    fn drop(&mut self) {
        match self.way {
            Way::Index => self.window.forget(&self.code),
            Way::List => {
                let section = std::ptr::with_exposed_provenance(self.section);
                // SAFETY: registered by `by` at this address, and once; drop runs once.
                unsafe { __deregister_frame(section) };
            }
        }
    }
}

/// Where the function that holds `address` begins, as the process's unwinder sees it.
#[cfg(test)]
pub(crate) fn function_at(address: usize) -> Option<usize> {
    let next = std::ptr::with_exposed_provenance_mut(address + 1);
    // SAFETY: the address is only looked up.
    let function = unsafe { _Unwind_FindEnclosingFunction(next) }.addr();
    (function != 0).then_some(function)
}

#[cfg(test)]
mod tests;
