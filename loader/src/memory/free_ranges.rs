//! Which bytes of a window are free: best fit with coalescing, in offsets from the window's start
//! (phase: place). Pure bookkeeping without any memory behind it, so that a model test can drive it.

use std::collections::{BTreeMap, BTreeSet};

/// The free ranges of one window. All offsets and lengths are multiples of the granule.
#[derive(Debug)]
pub(crate) struct FreeRanges {
    granule: u32,
    /// start → length; neighbours never touch (they would have been joined).
    by_start: BTreeMap<u32, u32>,
    /// (length, start): the first entry at or above a length is the best fit.
    by_length: BTreeSet<(u32, u32)>,
    /// First offset never handed out: what lies above has not been used by anything yet.
    high_water: u32,
    live: u32,
}

/// A range handed out by [`FreeRanges::take`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Taken {
    pub(crate) start: u32,
    pub(crate) length: u32,
    /// Whether part of it may have held something else before.
    pub(crate) reused: bool,
}

impl FreeRanges {
    /// All of `0..length` free. `granule` is a power of two; `length` is rounded down to it.
    pub(crate) fn new(length: u32, granule: u32) -> FreeRanges {
        debug_assert!(granule.is_power_of_two());
        let mut ranges = FreeRanges {
            granule,
            by_start: BTreeMap::new(),
            by_length: BTreeSet::new(),
            high_water: 0,
            live: 0,
        };
        ranges.insert(0, length & !(granule - 1));
        ranges
    }

    /// The smallest free range that holds `size` bytes at `align` (a power of two), or `None`.
    pub(crate) fn take(&mut self, size: u32, align: u32) -> Option<Taken> {
        let length = size.max(1).checked_next_multiple_of(self.granule)?;
        let align = align.max(self.granule);
        let (start, have, at) =
            self.by_length.range((length, 0)..).find_map(|&(have, start)| {
                let at = start.checked_next_multiple_of(align)?;
                (at - start <= have - length).then_some((start, have, at))
            })?;
        self.remove(start, have);
        self.insert(start, at - start);
        self.insert(at + length, start + have - at - length);
        let reused = at < self.high_water;
        self.high_water = self.high_water.max(at + length);
        self.live += length;
        Some(Taken { start: at, length, reused })
    }

    /// Takes back what [`FreeRanges::take`] handed out, joining it with free neighbours.
    pub(crate) fn give_back(&mut self, start: u32, length: u32) {
        self.live -= length;
        let (mut start, mut length) = (start, length);
        if let Some((&before, &have)) = self.by_start.range(..start).next_back() {
            debug_assert!(before + have <= start, "given back twice");
            if before + have == start {
                self.remove(before, have);
                (start, length) = (before, have + length);
            }
        }
        if let Some(&have) = self.by_start.get(&(start + length)) {
            self.remove(start + length, have);
            length += have;
        }
        self.insert(start, length);
    }

    pub(crate) fn live(&self) -> usize {
        self.live as usize
    }

    pub(crate) fn high_water(&self) -> usize {
        self.high_water as usize
    }

    pub(crate) fn count(&self) -> usize {
        self.by_start.len()
    }

    fn insert(&mut self, start: u32, length: u32) {
        if length > 0 {
            self.by_start.insert(start, length);
            self.by_length.insert((length, start));
        }
    }

    fn remove(&mut self, start: u32, length: u32) {
        self.by_start.remove(&start);
        self.by_length.remove(&(length, start));
    }
}

#[cfg(test)]
mod tests;
