//! The file of hits: memory that the test processes share with the runner, and which outlives them however they
//! end. Each process maps its section of slots onto a region of it (`server/inside/main.rs`, `share`).
//!
//! ```text
//! page 0: running: u32, used: u32, end: u64, then 255 × { offset: u64, length: u64 }
//! then a region per process that has slots: the server's first (its forks share it), then those of programs
//! that a test started; each is a row of slot records, 32 bytes each, as in `crate::image`
//! ```
//!
//! The runner reads and writes it as a file: what a file in memory holds is what its mappings hold.

use std::collections::BTreeMap;
use std::fs::File;
use std::os::fd::AsRawFd;
use std::os::unix::fs::FileExt;
use std::path::PathBuf;

use rustix::fs::{MemfdFlags, memfd_create};

use super::protocol::{long, word};
use crate::{Error, ErrorKind};

const PAGE: usize = 4096;
const REGIONS: usize = 255;
const USED_AT: u64 = 4;
const RECORD: usize = 32;

/// How often each function was entered, by number; those that were not are absent.
pub(crate) type Hits = BTreeMap<u32, u64>;

/// The file, and what of it is the server's own.
#[derive(Debug)]
pub(crate) struct HitsFile {
    file: File,
    own_regions: u32,
    own_end: u64,
}

/// What a test entered.
#[derive(Debug, Clone, Default)]
pub(crate) struct Entered {
    /// By function.
    pub(crate) hits: Hits,
    /// Whether it started more programs with slots than there is room for: then others may be missing.
    pub(crate) is_partial: bool,
}

impl Entered {
    /// With what another test entered.
    pub(crate) fn join(&mut self, other: Entered) {
        self.is_partial |= other.is_partial;
        for (function, count) in other.hits {
            let sum = self.hits.entry(function).or_default();
            *sum = sum.saturating_add(count);
        }
    }
}

impl HitsFile {
    pub(crate) fn new() -> Result<Self, Error> {
        let fd = memfd_create("segue-hits", MemfdFlags::CLOEXEC)
            .map_err(|error| failed("create memory for hits", error.into()))?;
        let file = File::from(fd);
        file.set_len(PAGE as u64).map_err(|error| failed("size memory for hits", error))?;
        let made = Self { file, own_regions: 0, own_end: PAGE as u64 };
        made.write_directory()?;
        Ok(made)
    }

    /// How another process of the same user opens it, as long as this one lives.
    pub(crate) fn path(&self) -> PathBuf {
        PathBuf::from(format!("/proc/{}/fd/{}", std::process::id(), self.file.as_raw_fd()))
    }

    /// What is there now belongs to the server and stays.
    pub(crate) fn keep_own(&mut self) -> Result<(), Error> {
        let directory = self.directory()?;
        self.own_regions = word(&directory, USED_AT as usize);
        self.own_end = long(&directory, 8);
        Ok(())
    }

    /// Regions of programs that a test started are given back; there is none such process any more.
    pub(crate) fn forget_others(&self) -> Result<(), Error> {
        if word(&self.directory()?, USED_AT as usize) == self.own_regions {
            return Ok(());
        }
        self.write_directory()?;
        self.file.set_len(self.own_end).map_err(|error| failed("shrink memory for hits", error))
    }

    /// The child that runs, if one does.
    pub(crate) fn running(&self) -> Result<Option<u32>, Error> {
        Ok(Some(word(&self.directory()?, 0)).filter(|pid| *pid != 0))
    }

    /// What was entered since the last request began.
    pub(crate) fn entered(&self) -> Result<Entered, Error> {
        let directory = self.directory()?;
        let used = word(&directory, USED_AT as usize) as usize;
        let mut entered = Entered { hits: Hits::new(), is_partial: used > REGIONS };
        for index in 0..used.min(REGIONS) {
            let (offset, length) =
                (long(&directory, 16 + index * 16), long(&directory, 24 + index * 16));
            // Another process writes this: a length that is not true reads nothing, or 0.
            let mut region = vec![0; length.min(1 << 28) as usize];
            if self.file.read_exact_at(&mut region, offset).is_err() {
                continue;
            }
            for record in region.chunks_exact(RECORD) {
                let (function, arms, hits) = (word(record, 0), word(record, 4), long(record, 8));
                if arms > 0 && hits > 0 {
                    let sum: &mut u64 = entered.hits.entry(function).or_default();
                    *sum = sum.saturating_add(hits);
                }
            }
        }
        Ok(entered)
    }

    fn directory(&self) -> Result<[u8; PAGE], Error> {
        let mut directory = [0; PAGE];
        self.file.read_exact_at(&mut directory, 0).map_err(|error| failed("read hits", error))?;
        Ok(directory)
    }

    /// The counts of regions and bytes, as they were before others joined.
    fn write_directory(&self) -> Result<(), Error> {
        let mut bytes = self.own_regions.to_le_bytes().to_vec();
        bytes.extend(self.own_end.to_le_bytes()[..].iter());
        self.file
            .write_all_at(&bytes[..4], USED_AT)
            .and_then(|()| self.file.write_all_at(&bytes[4..], 8))
            .map_err(|error| failed("write hits", error))
    }
}

fn failed(doing: &str, error: std::io::Error) -> Error {
    Error::new(ErrorKind::Machine, format!("cannot {doing}: {error}"))
}
