//! SipHash-1-3 (Aumasson and Bernstein, "SipHash: a fast short-input PRF", with one round a word and three at the end):
//! what the real library's tables hash with, and its `DefaultHasher` gives the numbers of.

use super::{BuildHasher, Hasher};

#[derive(Clone)]
pub struct DefaultHasher {
    v0: u64,
    v1: u64,
    v2: u64,
    v3: u64,
    /// The bytes that do not make a word yet, the first one lowest.
    tail: u64,
    length: usize,
}

impl DefaultHasher {
    pub const fn new() -> DefaultHasher {
        DefaultHasher::with_keys(0, 0)
    }

    const fn with_keys(k0: u64, k1: u64) -> DefaultHasher {
        DefaultHasher {
            v0: k0 ^ 0x736f_6d65_7073_6575,
            v1: k1 ^ 0x646f_7261_6e64_6f6d,
            v2: k0 ^ 0x6c79_6765_6e65_7261,
            v3: k1 ^ 0x7465_6462_7974_6573,
            tail: 0,
            length: 0,
        }
    }

    #[inline]
    fn round(&mut self) {
        self.v0 = self.v0.wrapping_add(self.v1);
        self.v1 = self.v1.rotate_left(13) ^ self.v0;
        self.v0 = self.v0.rotate_left(32);
        self.v2 = self.v2.wrapping_add(self.v3);
        self.v3 = self.v3.rotate_left(16) ^ self.v2;
        self.v0 = self.v0.wrapping_add(self.v3);
        self.v3 = self.v3.rotate_left(21) ^ self.v0;
        self.v2 = self.v2.wrapping_add(self.v1);
        self.v1 = self.v1.rotate_left(17) ^ self.v2;
        self.v2 = self.v2.rotate_left(32);
    }

    #[inline]
    fn word(&mut self, word: u64) {
        self.v3 ^= word;
        self.round();
        self.v0 ^= word;
    }

    /// The lowest `count` bytes of `bytes`, at most eight; the others are zero.
    #[inline]
    fn short(&mut self, bytes: u64, count: usize) {
        let before = self.length & 7;
        self.length = self.length.wrapping_add(count);
        self.tail |= bytes << (8 * before as u32);
        if before + count >= 8 {
            let word = self.tail;
            self.word(word);
            self.tail = if before == 0 { 0 } else { bytes >> (64 - 8 * before as u32) };
        }
    }
}

impl Default for DefaultHasher {
    fn default() -> Self {
        DefaultHasher::new()
    }
}

impl Hasher for DefaultHasher {
    fn write(&mut self, bytes: &[u8]) {
        let mut at = 0;
        while at < bytes.len() {
            let left = bytes.len() - at;
            let count = if left < 8 { left } else { 8 };
            let mut word = 0;
            let mut index = 0;
            while index < count {
                word |= (bytes[at + index] as u64) << (8 * index as u32);
                index += 1;
            }
            self.short(word, count);
            at += count;
        }
    }

    #[inline]
    fn write_u8(&mut self, i: u8) {
        self.short(i as u64, 1)
    }
    #[inline]
    fn write_u16(&mut self, i: u16) {
        self.short(i as u64, 2)
    }
    #[inline]
    fn write_u32(&mut self, i: u32) {
        self.short(i as u64, 4)
    }
    #[inline]
    fn write_u64(&mut self, i: u64) {
        self.short(i, 8)
    }
    #[inline]
    fn write_usize(&mut self, i: usize) {
        self.short(i as u64, 8)
    }

    fn finish(&self) -> u64 {
        let mut end = self.clone();
        end.word((self.length as u64) << 56 | self.tail);
        end.v2 ^= 0xff;
        end.round();
        end.round();
        end.round();
        end.v0 ^ end.v1 ^ end.v2 ^ end.v3
    }
}

unsafe extern "C" {
    fn segue_jit_random_keys(to: *mut u64);
}

/// Keys that differ from process to process.
#[derive(Clone)]
pub struct RandomState {
    k0: u64,
    k1: u64,
}

impl RandomState {
    pub fn new() -> RandomState {
        let mut keys = [0u64; 2];
        unsafe { segue_jit_random_keys(&raw mut keys as *mut u64) };
        RandomState { k0: keys[0], k1: keys[1] }
    }
}

impl Default for RandomState {
    fn default() -> Self {
        RandomState::new()
    }
}

impl BuildHasher for RandomState {
    type Hasher = DefaultHasher;
    fn build_hasher(&self) -> DefaultHasher {
        DefaultHasher::with_keys(self.k0, self.k1)
    }
}
