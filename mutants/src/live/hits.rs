//! The server's end of the file of hits (`crate::run`): a record per function in memory that the runner reads, also when
//! this process is gone. Functions of the live file count in it.

use std::fs::File;
use std::os::fd::AsFd;
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use super::system::{Mapped, map_shared};
use crate::{Error, ErrorKind};

/// The first page says which regions there are; a record has 32 bytes.
const PAGE: u64 = 4096;
const RECORD: usize = 32;
/// Words of a record: function and arms, hits, entry, arm.
const WORDS: usize = RECORD / 8;

/// The records of this process.
#[derive(Debug)]
pub(super) struct Records {
    file: File,
    mapped: Mapped,
    count: usize,
}

impl Records {
    /// Makes a record for each of `count` functions, and one for the whole file.
    pub(super) fn new(path: &Path, functions: u32) -> Result<Records, Error> {
        let count = functions as usize + 1;
        let open = File::options().read(true).write(true).open(path);
        let file = open.map_err(Error::file("open", path))?;
        let length = (count * RECORD) as u64;
        let end = PAGE + length.next_multiple_of(PAGE);
        // Its own region, and where the next one begins: this is the only process that has one.
        let mut header = Vec::from(1u32.to_le_bytes());
        header.extend([end, PAGE, length].iter().flat_map(|it| it.to_le_bytes()));
        let made = file.set_len(end).and_then(|()| file.write_all_at(&header, 4));
        made.map_err(Error::file("write", path))?;
        let mapped = map_shared(file.as_fd(), PAGE, count * RECORD).map_err(|error| {
            Error::new(ErrorKind::Machine, format!("cannot count calls: {error}"))
        })?;
        let records = Records { file, mapped, count };
        for function in 0..count {
            // The function's number, and that it has mutants, as one word.
            records.word(function * WORDS).store(function as u64 | 1 << 32, Ordering::Relaxed);
        }
        Ok(records)
    }

    /// Where the first function counts.
    pub(super) fn first(&self) -> *mut u64 {
        self.mapped.words()[1].as_ptr()
    }

    /// Nothing was entered yet; a test enters the file.
    pub(super) fn begin(&self) {
        for function in 0..self.count {
            let hits = u64::from(function + 1 == self.count);
            self.word(function * WORDS + 1).store(hits, Ordering::Relaxed);
        }
    }

    /// Says which process is to be watched; 0 for none.
    pub(super) fn running(&self, process: u32) {
        // The page is there: it was written when the file was opened.
        let _ = self.file.write_all_at(&process.to_le_bytes(), 0);
    }

    fn word(&self, at: usize) -> &AtomicU64 {
        &self.mapped.words()[at]
    }
}
