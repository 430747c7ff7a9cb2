//! What can go wrong between a closure and the loudspeaker, as values. Nothing here is raised by
//! the audio thread itself: once sound is playing, failures become notices and the sound goes on.

use std::fmt;

/// The kind of an [`Error`]: what a caller may want to decide on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The machine has no sound card, or none that can be opened.
    NoDevice,
    /// No device has the name that was asked for.
    UnknownDevice,
    /// The device exists but cannot play in the format that was asked for.
    Unsupported,
    /// The device failed while the stream was built or started.
    Device,
    /// The WAV file cannot be created or written.
    Wav,
    /// The prelude was not found, or its copy cannot be written.
    Prelude,
    /// A number is out of range: a sample rate, a block size, a duration, an edit's time.
    OutOfRange,
    /// The operating system refused a thread.
    Thread,
}

/// A failure of playback or rendering: the message says what was being done, to what, and what to
/// do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    kind: ErrorKind,
    message: String,
}

impl Error {
    /// An error of `kind`; `message` names the file or device and says what to do next.
    #[must_use]
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into() }
    }

    /// What kind of failure this is.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for Error {}
