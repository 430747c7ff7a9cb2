//! What a test prints: its end is kept, the rest is read and dropped, so that a mutant that prints for ever
//! neither blocks nor fills the memory.

use std::io::{PipeReader, Read};

/// The end of what came through one pipe.
#[derive(Debug)]
pub(crate) struct Output {
    pipe: PipeReader,
    kept: Vec<u8>,
    room: usize,
    is_cut: bool,
    read: u64,
}

impl Output {
    pub(crate) fn new(pipe: PipeReader) -> Self {
        Self { pipe, kept: Vec::new(), room: 0, is_cut: false, read: 0 }
    }

    pub(crate) fn pipe(&self) -> &PipeReader {
        &self.pipe
    }

    /// How many bytes came in all.
    pub(crate) fn read_so_far(&self) -> u64 {
        self.read
    }

    /// Begins anew, with room for so many bytes.
    pub(crate) fn begin(&mut self, room: usize) {
        self.kept.clear();
        self.room = room;
        self.is_cut = false;
    }

    /// Reads once: call it when there is something to read. False at the end.
    pub(crate) fn read(&mut self) -> bool {
        let mut bytes = [0; 16384];
        let Ok(count @ 1..) = self.pipe.read(&mut bytes) else { return false };
        self.read += count as u64;
        self.kept.extend(&bytes[..count]);
        if self.kept.len() > 2 * self.room {
            self.cut();
        }
        true
    }

    /// The text so far.
    pub(crate) fn take(&mut self) -> String {
        if self.kept.len() > self.room {
            self.cut();
        }
        let text = String::from_utf8_lossy(&self.kept);
        if self.is_cut { format!("[...]{text}") } else { text.into_owned() }
    }

    fn cut(&mut self) {
        self.kept.drain(..self.kept.len() - self.room);
        self.is_cut = true;
    }
}
