//! perf: the map of symbols, and the file to which jitdump's records are written (`jitdump.rs`
//! says what they are).
//!
//! Both belong to the process, whose number is in their names, so programs of one process share
//! them. `perf report` reads the map at the end: of two functions that were at an address one after the
//! other it shows one, by chance. The dump has times in it and tells them apart.
//!
//! A file that can no longer be written is closed: tools never make a link fail.

use std::fs::{File, OpenOptions, remove_file};
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use memmap2::{Mmap, MmapOptions};
use rustix::time::{ClockId, clock_gettime};

use super::{Code, jitdump};
use crate::error::{Error, ErrorKind};

static MAP: Mutex<Option<File>> = Mutex::new(None);
static DUMP: Mutex<Option<Dump>> = Mutex::new(None);

struct Dump {
    file: File,
    path: PathBuf,
    /// Every piece of code gets a number of its own.
    next: u64,
    /// `perf record` notices executable mappings; this one tells it the file's name.
    _marker: Mmap,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // What is behind these locks is a file and a number: both are whole at any time.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Starts the map of this process, unless it was started.
pub(super) fn open_map() -> Result<(), Error> {
    let mut map = lock(&MAP);
    if map.is_none() {
        // The place is perf's choice.
        let path = Path::new("/tmp").join(format!("perf-{}.map", std::process::id()));
        *map = Some(create(&path)?);
    }
    Ok(())
}

/// Starts the dump of this process in `folder`, unless it was started there.
pub(super) fn open_dump(folder: &Path) -> Result<(), Error> {
    let mut dump = lock(&DUMP);
    let path = folder.join(format!("jit-{}.dump", std::process::id()));
    if let Some(dump) = &*dump {
        if dump.path == path {
            return Ok(());
        }
        let why = format!("this process writes {} already", dump.path.display());
        return Err(Error::new(ErrorKind::File, why));
    }
    let mut file = create(&path)?;
    let refused = |error: std::io::Error| {
        Error::new(ErrorKind::File, format!("cannot write {}: {error}", path.display()))
    };
    file.write_all(&jitdump::header(std::process::id(), now())).map_err(refused)?;
    // SAFETY: the mapping is never read; what others do to the file does not matter.
    let marker = unsafe { MmapOptions::new().len(1).map_exec(&file) };
    let marker = marker.map_err(|error| {
        let why = format!(
            "cannot map {} executable, by which perf finds it ({error}): choose a folder on a file \
             system that is not mounted noexec",
            path.display()
        );
        Error::new(ErrorKind::File, why)
    })?;
    *dump = Some(Dump { file, path, next: 0, _marker: marker });
    Ok(())
}

/// A new file of ours alone; one of the same name is an earlier process's.
fn create(path: &Path) -> Result<File, Error> {
    // Whether it was there does not matter, and what keeps it there keeps us from creating ours.
    let _ = remove_file(path);
    let options =
        OpenOptions::new().read(true).append(true).create_new(true).mode(0o600).open(path);
    options.map_err(|error| {
        Error::new(ErrorKind::File, format!("cannot create {}: {error}", path.display()))
    })
}

/// Adds code to the map.
pub(super) fn tell_map(codes: &[Arc<Code>]) {
    let mut map = lock(&MAP);
    let Some(file) = &mut *map else { return };
    let lines: String = codes
        .iter()
        .map(|code| {
            let (start, size) = (code.start(), code.end() - code.start());
            format!("{start:x} {size:x} {}\n", code.label())
        })
        .collect();
    if file.write_all(lines.as_bytes()).is_err() {
        *map = None;
    }
}

/// Adds code to the dump. It must not run before this returns, and the index must hold it meanwhile.
pub(super) fn tell_dump(codes: &[Arc<Code>]) {
    let mut dump = lock(&DUMP);
    let Some(Dump { file, next, .. }) = &mut *dump else { return };
    let mut records = Vec::new();
    for code in codes {
        jitdump::append(&mut records, code, *next, now());
        *next += 1;
    }
    if file.write_all(&records).is_err() {
        *dump = None;
    }
}

/// Nanoseconds of the clock that `perf record -k mono` stamps its samples with.
fn now() -> u64 {
    let time = clock_gettime(ClockId::Monotonic);
    time.tv_sec as u64 * 1_000_000_000 + time.tv_nsec as u64
}
