//! jitdump's records: which code was at which address from which moment on, and its lines.
//!
//! Format: tools/perf/Documentation/jitdump-specification.txt of Linux. `perf inject --jit` makes
//! an ELF file of every record of code and puts it among the samples as a mapping at its time, so two
//! functions at one address are told apart.

use super::{Code, elf};
use crate::arch::Machine;

const MAGIC: u32 = 0x4A69_5444;
const VERSION: u32 = 1;
const HEADER: u32 = 40;

/// Kinds of records.
const LOAD: u32 = 0;
const LINES: u32 = 2;
/// Bytes at the start of each.
const PREFIX: usize = 16;

/// The start of the file.
pub(super) fn header(process: u32, time: u64) -> Vec<u8> {
    let mut header = Vec::with_capacity(HEADER as usize);
    let machine = u32::from(elf::machine_number(Machine::HERE));
    for word in [MAGIC, VERSION, HEADER, machine, 0, process] {
        header.extend_from_slice(&word.to_le_bytes());
    }
    header.extend_from_slice(&time.to_le_bytes());
    header.extend_from_slice(&0_u64.to_le_bytes()); // flags: times are nanoseconds
    header
}

/// Appends the records of a unit of code that is in memory. Its lines come first: they belong to
/// the next record of code.
pub(super) fn append(records: &mut Vec<u8>, code: &Code, number: u64, time: u64) {
    let (start, size) = (code.start(), code.end() - code.start());
    let lines = lines(code);
    if !lines.is_empty() {
        record(records, LINES, time, |body| {
            put(body, &[start as u64, lines.len() as u64]);
            for (address, file, line) in &lines {
                put(body, &[*address]);
                body.extend_from_slice(&line.to_le_bytes());
                body.extend_from_slice(&0_u32.to_le_bytes()); // discriminator
                push_text(body, file);
            }
        });
    }
    record(records, LOAD, time, |body| {
        body.extend_from_slice(&std::process::id().to_le_bytes());
        body.extend_from_slice(&rustix::thread::gettid().as_raw_nonzero().get().to_le_bytes());
        put(body, &[start as u64, start as u64, size as u64, number]);
        push_text(body, &code.label());
        // SAFETY: a unit that is in the index, whose lock the caller holds: it is mapped, and
        // sealed bytes never change.
        body.extend_from_slice(unsafe { super::bytes_at(start, size) });
    });
}

fn record(records: &mut Vec<u8>, kind: u32, time: u64, fill: impl FnOnce(&mut Vec<u8>)) {
    let start = records.len();
    records.resize(start + PREFIX, 0);
    fill(records);
    let size = (records.len() - start) as u32;
    let prefix = &mut records[start..start + PREFIX];
    prefix[..4].copy_from_slice(&kind.to_le_bytes());
    prefix[4..8].copy_from_slice(&size.to_le_bytes());
    prefix[8..].copy_from_slice(&time.to_le_bytes());
}

fn put(body: &mut Vec<u8>, words: &[u64]) {
    words.iter().for_each(|word| body.extend_from_slice(&word.to_le_bytes()));
}

fn push_text(body: &mut Vec<u8>, text: &str) {
    body.extend(text.bytes().filter(|byte| *byte != 0));
    body.push(0);
}

/// Addresses, files and lines, in the order of addresses.
fn lines(code: &Code) -> Vec<(u64, String, u32)> {
    let Some(table) = &code.lines else { return Vec::new() };
    let mut lines = Vec::new();
    for spot in code.spots() {
        let (start, end) = (u64::from(spot.start), u64::from(spot.end));
        for row in table.rows(spot.section as usize, start, end) {
            let Some(offset) = row.offset.checked_sub(start) else { continue };
            lines.push((spot.address as u64 + offset, row.file, row.line));
        }
    }
    lines.sort_by_key(|(address, ..)| *address);
    lines
}
