//! What the reclaiming side may know beyond the announcements: which code nobody can be in although
//! a participant has been pinned since before that code was retired.

use std::collections::HashSet;

use super::{PinnedSince, Retired};

/// Somebody who looks at the threads of the process.
pub(crate) trait Witness: Send + Sync {
    /// What the threads are in. `None` when it cannot be told now.
    ///
    /// Called after the heavy barrier, so that no thread reaches what is retired but from what it is
    /// in. `may_run` says whether a thread that was seen running is one that runs live code under
    /// pins of its own only, and so in nobody's stead.
    fn testify(&self, pinned: &[PinnedSince], may_run: &dyn Fn(u32) -> bool) -> Option<Testimony>;
}

/// What a witness has seen.
#[derive(Debug, Default)]
pub(crate) struct Testimony {
    /// Entries of code that some thread is in, or can come to from what it is in.
    pub(crate) held: HashSet<usize>,
    /// For each pinned participant, whether the stack that it pinned on is among those seen.
    pub(crate) seen: Vec<bool>,
}

/// Takes out of `waiting` what no participant can be in, going by what was seen.
pub(super) fn rule_out(
    waiting: &mut Vec<(u64, Retired)>,
    pinned: &[PinnedSince],
    testimony: &Testimony,
) -> Vec<(u64, Retired)> {
    let unseen = pinned.iter().zip(&testimony.seen).filter(|(_, seen)| !**seen);
    let oldest = unseen.map(|(pinned, _)| pinned.epoch).min().unwrap_or(u64::MAX);
    let is_free = |stamp: u64, retired: &Retired| {
        let is_held = |entry| testimony.held.contains(&entry);
        stamp < oldest && retired.entry().is_some_and(|entry| !is_held(entry))
    };
    waiting.extract_if(.., |(stamp, retired)| is_free(*stamp, retired)).collect()
}
