//! One run at a time in a workspace: the copy, its build and the verdicts that are remembered belong to one.
//!
//! Whoever comes second waits, as with cargo, and says for whom. The file itself says which process holds the lock, for
//! people only; the kernel gives the lock back when that process ends, however it does.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Write};
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crate::{Error, ErrorKind};

/// How often a lock that another process holds is tried again.
const AGAIN: Duration = Duration::from_millis(50);

/// A lock that is held until it is dropped.
#[derive(Debug)]
pub struct Lock {
    file: File,
}

impl Lock {
    /// Takes the lock of a folder. Where another process holds it, `waits` is told once, with its number where that is
    /// known.
    ///
    /// # Errors
    ///
    /// The folder cannot be written to, or `stop` was set meanwhile.
    pub(crate) fn take(
        folder: &Path,
        stop: &AtomicBool,
        waits: &mut dyn FnMut(Option<u32>),
    ) -> Result<Lock, Error> {
        let path = folder.join("lock");
        let mut has_told = false;
        loop {
            std::fs::create_dir_all(folder).map_err(Error::file("make the folder", folder))?;
            let mut options = OpenOptions::new();
            options.read(true).write(true).create(true).truncate(false);
            let mut file = options.open(&path).map_err(Error::file("open", &path))?;
            match file.try_lock() {
                Ok(()) if is_at(&file, &path) => {
                    // What cannot be written is missed by people only.
                    let _ = file.set_len(0);
                    let _ = write!(file, "{}", std::process::id());
                    return Ok(Lock { file });
                }
                // `cargo clean` has removed it: the next one is another file.
                Ok(()) => continue,
                Err(TryLockError::WouldBlock) => {}
                // A file system without locks, as cargo sees it.
                Err(TryLockError::Error(error))
                    if error.kind() == std::io::ErrorKind::Unsupported =>
                {
                    return Ok(Lock { file });
                }
                Err(TryLockError::Error(error)) => return Err(Error::file("lock", &path)(error)),
            }
            if !std::mem::replace(&mut has_told, true) {
                let mut text = String::new();
                let holder = file.read_to_string(&mut text).ok().and_then(|_| text.parse().ok());
                waits(holder);
            }
            if stop.load(Ordering::Relaxed) {
                let message = "interrupted while another run works in this workspace";
                return Err(Error::new(ErrorKind::Interrupted, message));
            }
            std::thread::sleep(AGAIN);
        }
    }
}

/// Whether a path still leads to this file.
fn is_at(file: &File, path: &Path) -> bool {
    let number = |it: std::fs::Metadata| (it.dev(), it.ino());
    let numbers = (file.metadata().map(number), std::fs::metadata(path).map(number));
    matches!(numbers, (Ok(ours), Ok(theirs)) if ours == theirs)
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Nobody holds it now; the file stays, since another process may have it open.
        let _ = self.file.set_len(0);
    }
}

#[cfg(test)]
mod tests;
