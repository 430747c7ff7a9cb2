//! The functions that tests enter, by what they are called and how they read: numbers are those of one build only.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::digest::Digest;
use crate::{Image, LiveFunction};

/// A function as it was when a verdict was found: a digest of its name, and one of its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Known(u64, u64);

/// The functions of an image that have a slot.
#[derive(Debug)]
pub(super) struct Functions {
    by_number: BTreeMap<u32, Known>,
    /// The texts of all functions of a name: `cfg` and blocks allow more than one.
    by_name: BTreeMap<u64, u64>,
}

impl Functions {
    pub(super) fn of(image: &Image) -> Self {
        let mut texts: BTreeMap<u64, Digest> = BTreeMap::new();
        for function in &image.functions {
            texts.entry(name(function)).or_default().number(function.digest);
        }
        let by_name: BTreeMap<u64, u64> =
            texts.into_iter().map(|(name, texts)| (name, texts.end())).collect();
        let known = |it: &LiveFunction| {
            let name = name(it);
            Known(name, by_name.get(&name).copied().unwrap_or_default())
        };
        let by_number = image.functions.iter().map(|it| (it.number, known(it))).collect();
        Self { by_number, by_name }
    }

    /// Adds the names and texts of some of them.
    pub(super) fn add<'a>(&self, numbers: impl Iterator<Item = &'a u32>, digest: &mut Digest) {
        for Known(name, text) in self.known(numbers) {
            digest.number(name);
            digest.number(text);
        }
    }

    /// The same, of all.
    pub(super) fn add_all(&self, digest: &mut Digest) {
        self.add(self.by_number.keys(), digest);
    }

    /// Some of them as they are now.
    pub(super) fn known<'a>(&self, numbers: impl Iterator<Item = &'a u32>) -> Vec<Known> {
        numbers.filter_map(|it| self.by_number.get(it).copied()).collect()
    }

    /// Whether these are there, with the same texts.
    pub(super) fn are_still(&self, known: &[Known]) -> bool {
        known.iter().all(|Known(name, text)| self.by_name.get(name) == Some(text))
    }
}

fn name(function: &LiveFunction) -> u64 {
    let mut digest = Digest::default();
    digest.text(&function.package);
    digest.bytes(function.file.as_os_str().as_encoded_bytes());
    digest.text(&function.name);
    digest.end()
}
