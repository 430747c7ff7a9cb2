//! The messages between the runner and the server inside of a test binary: fixed sizes, little endian, in the
//! order in which `server/inside/main.rs` lays them out.

use std::io::{self, Read};
use std::time::Duration;

/// The first word of a greeting.
const GREETING: u32 = 0x5345_4755;
/// A request begins with it.
const TAG_RUN: u8 = b'R';
/// Alone: the child that is running is ended.
pub(crate) const TAG_KILL: u8 = b'K';
/// Instead of a mutant's number: none is chosen.
const NO_MUTANT: u32 = u32::MAX;
/// Instead of a limit.
const NO_LIMIT: u64 = u64::MAX;
/// Room for the words of a request.
const TEXT: usize = 16384;
/// A greeting of more mutants than this is none.
const MUTANTS: u32 = 1 << 24;
/// The size of a reply.
pub(crate) const REPLY: usize = 48;

/// What a server says of itself when it starts.
#[derive(Debug)]
pub(crate) struct Greeting {
    /// Whether the section of slots could be mapped shared.
    pub(crate) is_shared: bool,
    /// Function and mutant, for every mutant that stands in the binary.
    pub(crate) mutants: Vec<(u32, u32)>,
}

/// Reads a greeting; an error where the other side is no server.
pub(crate) fn greeting(from: &mut impl Read) -> io::Result<Greeting> {
    let mut header = [0; 16];
    from.read_exact(&mut header)?;
    let (magic, error, count) = (word(&header, 0), word(&header, 4), word(&header, 12));
    if magic != GREETING || count > MUTANTS {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut mutants = Vec::new();
    for _ in 0..count {
        let mut pair = [0; 8];
        from.read_exact(&mut pair)?;
        mutants.push((word(&pair, 0), word(&pair, 4)));
    }
    Ok(Greeting { is_shared: error == 0, mutants })
}

/// A request's bytes, or `None` when the words are too long or contain a NUL.
pub(crate) fn request(
    mutant: Option<u32>,
    words: &[&str],
    processor: Option<Duration>,
    memory: Option<u64>,
) -> Option<Vec<u8>> {
    let length: usize = words.iter().map(|word| word.len() + 1).sum();
    if length >= TEXT || words.iter().any(|word| word.contains('\0')) {
        return None;
    }
    let processor = processor.map_or(NO_LIMIT, |limit| {
        // 0 would switch the timer off.
        u64::try_from(limit.as_micros()).unwrap_or(NO_LIMIT).max(1)
    });
    let mut bytes = vec![TAG_RUN];
    for word in [mutant.unwrap_or(NO_MUTANT), words.len() as u32, length as u32, 0] {
        bytes.extend(word.to_le_bytes());
    }
    bytes.extend(processor.to_le_bytes());
    bytes.extend(memory.unwrap_or(NO_LIMIT).to_le_bytes());
    for word in words {
        bytes.extend(word.as_bytes());
        bytes.push(0);
    }
    Some(bytes)
}

/// How a child ended, as the server saw it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reply {
    /// Why there was no child; 0 where there was one.
    pub(crate) error: i32,
    /// As `wait` gives it.
    pub(crate) status: i32,
    /// Processor time, of the user and of the system.
    pub(crate) processor: Duration,
    /// From before the fork to after the last end.
    pub(crate) wall: Duration,
    /// The most memory that it had at a time, in bytes.
    pub(crate) peak: u64,
}

/// A reply from its bytes.
pub(crate) fn reply(bytes: &[u8; REPLY]) -> Reply {
    let signed = |at| i32::from_le_bytes(word(bytes, at).to_le_bytes());
    Reply {
        error: signed(0),
        status: signed(4),
        processor: Duration::from_micros(long(bytes, 16).saturating_add(long(bytes, 24))),
        wall: Duration::from_nanos(long(bytes, 32)),
        // The system counts in KiB.
        peak: long(bytes, 40).saturating_mul(1024),
    }
}

/// Four bytes as a number; 0 beyond the end.
pub(crate) fn word(bytes: &[u8], at: usize) -> u32 {
    let found = bytes.get(at..at + 4).and_then(|it| it.try_into().ok());
    found.map_or(0, u32::from_le_bytes)
}

/// Eight bytes as a number; 0 beyond the end.
pub(crate) fn long(bytes: &[u8], at: usize) -> u64 {
    let found = bytes.get(at..at + 8).and_then(|it| it.try_into().ok());
    found.map_or(0, u64::from_le_bytes)
}
