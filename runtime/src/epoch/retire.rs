//! What waits for its grace period.

/// Something that callers may still be in, freed by dropping it.
///
/// It is whatever owns replaced code; the epochs need not know what, and so stay small enough to
/// prove.
pub(crate) struct Retired(#[expect(dead_code, reason = "kept only to be dropped")] Box<dyn Send>);

impl Retired {
    pub(crate) fn new(owner: impl Send + 'static) -> Retired {
        Retired(Box::new(owner))
    }
}

impl std::fmt::Debug for Retired {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Retired")
    }
}
