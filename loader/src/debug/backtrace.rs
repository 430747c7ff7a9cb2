//! Backtraces for people: every frame of a thread with function, file and line, live code and the
//! host's alike.
//!
//! The frames come from the C runtime's unwinder, which knows live code by its registered unwind
//! records. Live code is looked up in the program's index, everything else in the debugging information of the
//! executable or library it lies in, as far as that has any.

use std::collections::HashMap;
use std::ffi::{CStr, OsStr, c_int, c_void};
use std::fmt;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use addr2line::Loader;

use super::{Location, function};
use crate::memory::Memory;

/// More frames than a person reads; the innermost are kept.
const DEPTH: usize = 256;

/// The frames of a thread, innermost first.
#[derive(Debug, Clone)]
pub struct Backtrace {
    frames: Vec<(usize, Vec<Location>)>,
}

impl Backtrace {
    /// The calling thread's frames now. Reads debugging information, which takes milliseconds.
    pub fn capture(memory: &Memory) -> Backtrace {
        Backtrace::of(&Backtrace::addresses(), memory)
    }

    /// The addresses that the calling thread is executing, innermost first: cheap to take, for
    /// [`Backtrace::of`] to name later. Each lies inside the instruction that is being executed.
    pub fn addresses() -> Vec<usize> {
        let mut addresses = Vec::with_capacity(64);
        // SAFETY: `visit` matches the callback type, and gets the vector that outlives the call.
        unsafe { _Unwind_Backtrace(visit, (&raw mut addresses).cast()) };
        addresses
    }

    /// Names addresses. Live code must not have been reclaimed since they were taken.
    pub fn of(addresses: &[usize], memory: &Memory) -> Backtrace {
        let mut host = Host::default();
        let frames = addresses.iter().map(|&address| {
            let mut locations = memory.locate(address);
            if locations.is_empty() {
                locations = host.locate(address).unwrap_or_default();
            }
            (address, locations)
        });
        Backtrace { frames: frames.collect() }
    }

    /// Per frame its address and functions: the one it is executing last, those inlined there before
    /// it. A frame that nobody can name has none.
    pub fn frames(&self) -> impl Iterator<Item = (usize, &[Location])> {
        self.frames.iter().map(|(address, locations)| (*address, &**locations))
    }
}

impl fmt::Display for Backtrace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, (address, locations)) in self.frames.iter().enumerate() {
            match locations.as_slice() {
                [] => writeln!(f, "{index:4}: {address:#x}")?,
                [first, rest @ ..] => {
                    writeln!(f, "{index:4}: {first}")?;
                    rest.iter().try_for_each(|location| writeln!(f, "      {location}"))?;
                }
            }
        }
        Ok(())
    }
}

unsafe extern "C" {
    fn _Unwind_Backtrace(
        visit: unsafe extern "C" fn(*mut c_void, *mut c_void) -> c_int,
        argument: *mut c_void,
    ) -> c_int;
    fn _Unwind_GetIPInfo(context: *mut c_void, is_before: *mut c_int) -> usize;
}

unsafe extern "C" fn visit(context: *mut c_void, addresses: *mut c_void) -> c_int {
    const GO_ON: c_int = 0;
    const STOP: c_int = 5;
    // SAFETY: `Backtrace::addresses` passes its vector, which nothing else uses meanwhile.
    let addresses = unsafe { &mut *addresses.cast::<Vec<usize>>() };
    let mut is_before = 0;
    // SAFETY: the unwinder's own context, as it gave it.
    let address = unsafe { _Unwind_GetIPInfo(context, &raw mut is_before) };
    if address == 0 || addresses.len() == DEPTH {
        return STOP;
    }
    // A return address is behind the call, which may be the last instruction of its function.
    addresses.push(if is_before == 0 { address - 1 } else { address });
    GO_ON
}

/// The host's debugging information, read file by file as frames ask for it.
#[derive(Default)]
struct Host {
    files: HashMap<PathBuf, Option<Loader>>,
}

impl Host {
    fn locate(&mut self, address: usize) -> Option<Vec<Location>> {
        let image = Image::at(address)?;
        let offset = address.checked_sub(image.bias)? as u64;
        let loader = self.files.entry(image.path).or_insert_with_key(|path| Loader::new(path).ok());
        let loader = loader.as_ref()?;
        let mut found = loader.find_frames(offset).ok()?;
        let mut locations = Vec::new();
        while let Ok(Some(frame)) = found.next() {
            let name = frame.function.as_ref().and_then(|name| name.raw_name().ok());
            let place = frame.location.as_ref();
            locations.push(Location {
                file: place.and_then(|it| it.file).map(str::to_owned),
                line: place.and_then(|it| it.line),
                column: place.and_then(|it| it.column),
                is_inlined: true,
                ..Location::of(name.map_or_else(String::new, |name| function(&name)))
            });
        }
        let symbol = loader.find_symbol(offset).map(function);
        if locations.is_empty() {
            locations.push(Location::of(String::new()));
        }
        let last = locations.last_mut()?;
        last.is_inlined = false;
        if let Some(symbol) = symbol {
            last.function = symbol;
        }
        (!last.function.is_empty()).then_some(locations)
    }
}

/// A file that is mapped into the process.
struct Image {
    address: usize,
    path: PathBuf,
    bias: usize,
}

impl Image {
    /// The executable or library that `address` lies in.
    fn at(address: usize) -> Option<Image> {
        let mut image = Image { address, path: PathBuf::new(), bias: 0 };
        // SAFETY: `Image::visit` matches the callback type, and `image` outlives the call.
        let found = unsafe { libc::dl_iterate_phdr(Some(Image::visit), (&raw mut image).cast()) };
        (found != 0).then_some(image)
    }

    unsafe extern "C" fn visit(
        info: *mut libc::dl_phdr_info,
        _: usize,
        image: *mut c_void,
    ) -> c_int {
        // SAFETY: dl_iterate_phdr passes a valid record, and `image` is the one above.
        let (info, image) = unsafe { (&*info, &mut *image.cast::<Image>()) };
        // SAFETY: the record's own table of `dlpi_phnum` segments.
        let segments =
            unsafe { std::slice::from_raw_parts(info.dlpi_phdr, usize::from(info.dlpi_phnum)) };
        let bias = info.dlpi_addr as usize;
        let holds = segments.iter().any(|it| {
            let start = bias.wrapping_add(it.p_vaddr as usize);
            it.p_type == libc::PT_LOAD && image.address.wrapping_sub(start) < it.p_memsz as usize
        });
        if !holds {
            return 0;
        }
        // SAFETY: a C string, or null for some kinds of image.
        let name = (!info.dlpi_name.is_null()).then(|| unsafe { CStr::from_ptr(info.dlpi_name) });
        image.path = match name.map(CStr::to_bytes) {
            // The executable has no name here.
            None | Some([]) => Path::new("/proc/self/exe").to_owned(),
            Some(name) => Path::new(OsStr::from_bytes(name)).to_owned(),
        };
        image.bias = bias;
        1
    }
}
