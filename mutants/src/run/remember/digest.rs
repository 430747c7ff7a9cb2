//! A digest that is the same on every machine and in every build.

use xxhash_rust::xxh3::Xxh3;

/// Texts and numbers in a row; where one ends is part of it.
#[derive(Default)]
pub(super) struct Digest(Xxh3);

impl Digest {
    pub(super) fn number(&mut self, number: u64) {
        self.0.update(&number.to_le_bytes());
    }

    pub(super) fn bytes(&mut self, bytes: &[u8]) {
        self.number(bytes.len() as u64);
        self.0.update(bytes);
    }

    pub(super) fn text(&mut self, text: &str) {
        self.bytes(text.as_bytes());
    }

    pub(super) fn end(&self) -> u64 {
        self.0.digest()
    }
}
