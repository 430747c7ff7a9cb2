//! What waits for its grace period.

/// Something that callers may still be in, freed by dropping it.
///
/// It is whatever owns replaced code; the epochs need not know what, and so stay small enough to
/// prove.
pub(crate) struct Retired {
    _owner: Box<dyn Send>,
    /// The entry of the code, if it is code and nothing else: what a witness can speak of.
    entry: Option<usize>,
}

impl Retired {
    /// Something that waits for every participant that was pinned when it was retired.
    pub(crate) fn new(owner: impl Send + 'static) -> Retired {
        Retired { _owner: Box::new(owner), entry: None }
    }

    /// Code that starts at `entry`; a [`Witness`](super::Witness) may tell that nobody is in it.
    pub(crate) fn code(entry: usize, owner: impl Send + 'static) -> Retired {
        Retired { _owner: Box::new(owner), entry: Some(entry) }
    }

    pub(super) fn entry(&self) -> Option<usize> {
        self.entry
    }
}

impl std::fmt::Debug for Retired {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Retired")
    }
}
