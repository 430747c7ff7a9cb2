//! The messages between the runner and the server inside of a test binary: fixed sizes, little endian, in the
//! order in which `server/inside/main.rs` lays them out. The server of a live file (`crate::live`) has the same ones, and
//! its end of them is here too.

use std::io::{self, Read};
use std::time::Duration;

#[cfg(test)]
mod tests;

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
/// Where a request says whether its test is tried.
const TRIES_AT: usize = 13;
/// A greeting of more mutants than this is none.
const MUTANTS: u32 = 1 << 24;
/// How a test that is tried ends when it can be stopped at its first call.
pub(crate) const HELD: i32 = 93;
/// The size of a reply.
pub(crate) const REPLY: usize = 48;

/// What a server says of itself when it starts.
#[derive(Debug)]
pub(crate) struct Greeting {
    /// Whether the section of slots could be mapped shared.
    pub(crate) is_shared: bool,
    /// The processor time that led to it, where it stands in a test.
    pub(crate) spent: Duration,
    /// Function and mutant, for every mutant that stands in the binary.
    pub(crate) mutants: Vec<(u32, u32)>,
}

/// Reads a greeting; an error where the other side is no server.
pub(crate) fn greeting(from: &mut impl Read) -> io::Result<Greeting> {
    let mut header = [0; 16];
    from.read_exact(&mut header)?;
    let (magic, error, count) = (word(&header, 0), word(&header, 4), word(&header, 12));
    let spent = Duration::from_micros(word(&header, 8).into());
    if magic != GREETING || count > MUTANTS {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut mutants = Vec::new();
    for _ in 0..count {
        let mut pair = [0; 8];
        from.read_exact(&mut pair)?;
        mutants.push((word(&pair, 0), word(&pair, 4)));
    }
    Ok(Greeting { is_shared: error == 0, spent, mutants })
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

/// Makes a request one for a test that is to be tried: whether it can be stopped at its first call.
pub(crate) fn to_try(mut request: Vec<u8>) -> Vec<u8> {
    if let Some(tries) = request.get_mut(TRIES_AT) {
        *tries = 1;
    }
    request
}

/// Why the server of a live file ran no test, in place of an error's number, which is positive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// The compiler rejects the mutant; what it says is on standard error.
    Rejected,
    /// The mutant cannot be judged; why is on standard error.
    NotJudged,
    /// The process is not what it was: something was left in it that makes unmutated tests fail.
    Spoilt,
}

impl Refusal {
    const ALL: [Refusal; 3] = [Refusal::Rejected, Refusal::NotJudged, Refusal::Spoilt];

    fn number(self) -> i32 {
        -1 - self as i32
    }

    pub(crate) fn of(error: i32) -> Option<Refusal> {
        Refusal::ALL.into_iter().find(|it| it.number() == error)
    }
}

/// A request, as the server of a live file reads it.
#[derive(Debug)]
pub(crate) struct Asked {
    pub(crate) mutant: Option<u32>,
    pub(crate) words: Vec<String>,
    pub(crate) processor: Option<Duration>,
    pub(crate) memory: Option<u64>,
}

/// Reads what follows the tag of a request.
pub(crate) fn read_request(tag: u8, from: &mut impl Read) -> io::Result<Asked> {
    let mut header = [0; 32];
    from.read_exact(&mut header)?;
    let length = word(&header, 8) as usize;
    if tag != TAG_RUN || length >= TEXT {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut text = vec![0; length];
    from.read_exact(&mut text)?;
    let words = text.split(|it| *it == 0).take(word(&header, 4) as usize);
    let limit = |at| Some(long(&header, at)).filter(|it| *it != NO_LIMIT);
    Ok(Asked {
        mutant: Some(word(&header, 0)).filter(|it| *it != NO_MUTANT),
        words: words.map(|it| String::from_utf8_lossy(it).into_owned()).collect(),
        processor: limit(16).map(Duration::from_micros),
        memory: limit(24),
    })
}

/// A greeting's bytes: all mutants can be chosen.
pub(crate) fn write_greeting(mutants: &[(u32, u32)]) -> Vec<u8> {
    let count = mutants.len() as u32;
    let pairs = mutants.iter().flat_map(|(function, mutant)| [*function, *mutant]);
    let words = [GREETING, 0, 0, count].into_iter().chain(pairs);
    words.flat_map(u32::to_le_bytes).collect()
}

/// The bytes of a reply: how a test ended, or why none was run.
pub(crate) fn write_reply(ended: Result<Reply, Refusal>, is_last: bool) -> [u8; REPLY] {
    let refused = |it: Refusal| Reply {
        error: it.number(),
        status: 0,
        is_last,
        processor: Duration::ZERO,
        wall: Duration::ZERO,
        peak: 0,
    };
    let reply = ended.unwrap_or_else(refused);
    let mut bytes = [0; REPLY];
    let mut put = |at: usize, part: &[u8]| bytes[at..at + part.len()].copy_from_slice(part);
    put(0, &reply.error.to_le_bytes());
    put(4, &reply.status.to_le_bytes());
    put(8, &u32::from(is_last).to_le_bytes());
    put(16, &(reply.processor.as_micros() as u64).to_le_bytes());
    put(32, &(reply.wall.as_nanos() as u64).to_le_bytes());
    put(40, &(reply.peak / 1024).to_le_bytes());
    bytes
}

/// How a child ended, as the server saw it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reply {
    /// Why there was no child; 0 where there was one.
    pub(crate) error: i32,
    /// Of a live file's server: it ends now.
    pub(crate) is_last: bool,
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
        // A fork server counts the functions of the mutant here, and goes on in any case.
        is_last: word(bytes, 8) == 1,
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
