//! The GOT and the stubs: words that code loads through, and jumps through words (phases: resolve,
//! relocate). Both are made once per distinct value and never reclaimed: a word costs eight bytes, a
//! stub sixteen, and code that was reclaimed may have left its address anywhere.
//!
//! The GOT entry of a live function's calls is not here: it is the slot word itself.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use crate::arch;
use crate::error::Error;
use crate::memory::{Allocation, Memory, Region};

/// The tables of one linker.
pub(crate) struct Tables {
    memory: Arc<Memory>,
    /// GOT entries by the value they hold.
    words: HashMap<u64, usize>,
    /// The same, for fields that reach only those near the base.
    near_words: HashMap<u64, usize>,
    /// Pairs (module, offset) for `__tls_get_addr`, and TLS descriptors (function, offset).
    pairs: HashMap<(u64, u64), usize>,
    /// Words of indirect functions by the address of the resolver.
    indirect: HashMap<usize, usize>,
    /// The word that stands for this program, once code refers to it.
    handle: Option<usize>,
    /// Stubs by the address of the word they jump through.
    stubs: HashMap<usize, usize>,
    /// The function of all TLS descriptors.
    descriptor_function: Option<usize>,
    free_words: Fresh,
    free_stubs: Fresh,
    /// Whether a stub was written where other code had been: cores must be serialised before it
    /// is used.
    pub(crate) reused: bool,
}

/// The last block taken for a table, and how much of it is used.
#[derive(Default)]
struct Fresh {
    block: Option<Allocation>,
    used: usize,
}

/// Bytes taken from a window at a time.
const BLOCK: usize = 512;

impl Tables {
    pub(crate) fn new(memory: Arc<Memory>) -> Tables {
        Tables {
            memory,
            words: HashMap::new(),
            near_words: HashMap::new(),
            pairs: HashMap::new(),
            indirect: HashMap::new(),
            handle: None,
            stubs: HashMap::new(),
            descriptor_function: None,
            free_words: Fresh::default(),
            free_stubs: Fresh::default(),
            reused: false,
        }
    }

    /// What distances to entries are taken from.
    pub(crate) fn base(&self) -> u64 {
        self.memory.got_base()
    }

    /// The address of a GOT entry that holds `value`.
    pub(crate) fn word(&mut self, value: u64) -> Result<usize, Error> {
        if let Some(word) = self.words.get(&value) {
            return Ok(*word);
        }
        let word = self.free_words.take(&self.memory, Region::Data, &value.to_le_bytes())?;
        self.words.insert(value, word);
        Ok(word)
    }

    /// The address of a GOT entry that holds `value`, near the base of the GOT.
    pub(crate) fn near_word(&mut self, value: u64) -> Result<usize, Error> {
        if let Some(word) = self.near_words.get(&value) {
            return Ok(*word);
        }
        let mut entry = self.memory.allocate_near()?;
        entry.bytes_mut().copy_from_slice(&value.to_le_bytes());
        entry.touch();
        self.near_words.insert(value, entry.address());
        Ok(entry.address())
    }

    /// The address of a GOT pair for `__tls_get_addr`.
    pub(crate) fn pair(&mut self, module: u64, offset: u64) -> Result<usize, Error> {
        if let Some(pair) = self.pairs.get(&(module, offset)) {
            return Ok(*pair);
        }
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&module.to_le_bytes());
        bytes[8..].copy_from_slice(&offset.to_le_bytes());
        let pair = self.free_words.take(&self.memory, Region::Data, &bytes)?;
        self.pairs.insert((module, offset), pair);
        Ok(pair)
    }

    /// The address of a TLS descriptor for what is `offset` from the thread pointer.
    pub(crate) fn descriptor(&mut self, offset: u64) -> Result<usize, Error> {
        let function = match self.descriptor_function {
            Some(function) => function,
            None => {
                let code = arch::tls_descriptor_function(self.memory.machine());
                let function = self.reserve_stub()?;
                self.fill_stub(&code);
                *self.descriptor_function.insert(function)
            }
        };
        self.pair(function as u64, offset)
    }

    /// The address of the word of the indirect function with this resolver, 0 until it has chosen.
    pub(crate) fn indirect(&mut self, resolver: usize) -> Result<usize, Error> {
        if let Some(word) = self.indirect.get(&resolver) {
            return Ok(*word);
        }
        let word = self.free_words.take(&self.memory, Region::Data, &[0; 8])?;
        self.indirect.insert(resolver, word);
        Ok(word)
    }

    /// The address of the word that stands for this program: its address is all that counts.
    pub(crate) fn handle(&mut self) -> Result<usize, Error> {
        match self.handle {
            Some(handle) => Ok(handle),
            None => {
                let handle = self.free_words.take(&self.memory, Region::Data, &[0; 8])?;
                Ok(*self.handle.insert(handle))
            }
        }
    }

    /// That word, if any code refers to it.
    pub(crate) fn known_handle(&self) -> Option<usize> {
        self.handle
    }

    /// The address of the stub that jumps through the word at `word`.
    pub(crate) fn stub_through(&mut self, word: usize) -> Result<usize, Error> {
        if let Some(stub) = self.stubs.get(&word) {
            return Ok(*stub);
        }
        let at = self.reserve_stub()?;
        let code = arch::stub(self.memory.machine(), at as u64, word as u64)?;
        self.fill_stub(&code);
        self.stubs.insert(word, at);
        self.memory.stubs.fetch_add(1, Ordering::Relaxed);
        Ok(at)
    }

    fn reserve_stub(&mut self) -> Result<usize, Error> {
        self.free_stubs.reserve(&self.memory, Region::Code, arch::STUB)
    }

    fn fill_stub(&mut self, code: &[u8]) {
        self.free_stubs.fill(code);
        self.reused |= self.free_stubs.block.as_ref().is_some_and(Allocation::reused);
    }

    /// The address of a stub that jumps to the far address `target`.
    pub(crate) fn stub_to(&mut self, target: u64) -> Result<usize, Error> {
        let word = self.word(target)?;
        self.stub_through(word)
    }
}

impl Fresh {
    /// The address of the next `size` free bytes, which stay free until `fill`.
    fn reserve(
        &mut self,
        memory: &Arc<Memory>,
        region: Region,
        size: usize,
    ) -> Result<usize, Error> {
        let has_room = |block: &Allocation| self.used + size <= block.len();
        let block = match self.block.take().filter(has_room) {
            Some(block) => block,
            None => {
                self.used = 0;
                memory.allocate(region, BLOCK as u32, 64)?.kept()
            }
        };
        Ok(self.block.insert(block).address() + self.used)
    }

    /// Writes the bytes just reserved. Bytes before them may be in use and are not touched.
    fn fill(&mut self, bytes: &[u8]) {
        if let Some(block) = &mut self.block {
            block.bytes_mut()[self.used..][..bytes.len()].copy_from_slice(bytes);
            block.touch();
            self.used += bytes.len();
        }
    }

    fn take(&mut self, memory: &Arc<Memory>, region: Region, bytes: &[u8]) -> Result<usize, Error> {
        let at = self.reserve(memory, region, bytes.len())?;
        self.fill(bytes);
        Ok(at)
    }
}
