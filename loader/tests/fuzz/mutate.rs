//! Damage to objects: bytes anywhere, and fields of the tables that an ELF file is made of, with
//! the values that parsers stumble over. The same seed gives the same damage on every run.

/// xorshift64*.
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    /// Below `limit`, which is not 0.
    pub fn below(&mut self, limit: usize) -> usize {
        ((self.next() >> 33) as usize) % limit
    }

    fn choose<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }
}

/// One to four damages to `object`.
pub fn mutate(object: &[u8], random: &mut Random) -> Vec<u8> {
    let mut bytes = object.to_vec();
    for _ in 0..1 + random.below(4) {
        if bytes.len() < 64 {
            break;
        }
        match random.below(10) {
            0 => {
                let length = random.below(bytes.len());
                bytes.truncate(length);
            }
            1 => {
                let (from, to) = (random.below(bytes.len()), random.below(bytes.len()));
                let length = random.below(64).min(bytes.len() - from.max(to));
                bytes.copy_within(from..from + length, to);
            }
            2 | 3 => {
                let at = random.below(bytes.len());
                bytes[at] = match random.below(4) {
                    0 => 0,
                    1 => 0xFF,
                    2 => bytes[at] ^ (1 << random.below(8)),
                    _ => random.next() as u8,
                };
            }
            _ => mutate_table(&mut bytes, random),
        }
    }
    bytes
}

/// Size of an entry, and offset and width of each of its fields.
struct Table {
    entry: usize,
    fields: &'static [(usize, usize)],
}

const HEADER: Table = Table {
    entry: 64,
    fields: &[(16, 2), (18, 2), (32, 8), (40, 8), (52, 2), (58, 2), (60, 2), (62, 2)],
};
const SECTION: Table = Table {
    entry: 64,
    fields: &[(0, 4), (4, 4), (8, 8), (24, 8), (32, 8), (40, 4), (44, 4), (48, 8), (56, 8)],
};
const SYMBOL: Table =
    Table { entry: 24, fields: &[(0, 4), (4, 1), (5, 1), (6, 2), (8, 8), (16, 8)] };
const RELOCATION: Table = Table { entry: 24, fields: &[(0, 8), (8, 4), (12, 4), (16, 8)] };

fn read(bytes: &[u8], at: usize, width: usize) -> Option<u64> {
    let field = bytes.get(at..at.checked_add(width)?)?;
    Some(field.iter().rev().fold(0, |value, byte| value << 8 | u64::from(*byte)))
}

fn mutate_table(bytes: &mut [u8], random: &mut Random) {
    let Some((start, length, table)) = choose_table(bytes, random) else { return };
    let entries = length / table.entry;
    if entries == 0 {
        return;
    }
    let (offset, width) = random.choose(table.fields);
    let at = start.checked_add(random.below(entries) * table.entry + offset);
    let Some((at, old)) = at.and_then(|at| Some((at, read(bytes, at, width)?))) else { return };
    let limit = bytes.len() as u64;
    let new = match random.below(12) {
        0 => 0,
        1 => u64::MAX,
        2 => old.wrapping_add(1),
        3 => old.wrapping_sub(1),
        4 => 1 << random.below(64),
        5 => limit.wrapping_add(random.below(5) as u64).wrapping_sub(2),
        6 => i64::MIN as u64 >> random.below(33),
        7 => old ^ (1 << random.below(width * 8)),
        8 => 0xFFF0 + random.below(16) as u64,
        9 => random.next(),
        _ => random.below(64) as u64,
    };
    bytes[at..at + width].copy_from_slice(&new.to_le_bytes()[..width]);
}

/// One of the file's tables: where it starts, its bytes, its form.
fn choose_table(bytes: &[u8], random: &mut Random) -> Option<(usize, usize, Table)> {
    let (start, count) = (read(bytes, 40, 8)? as usize, read(bytes, 60, 2)? as usize);
    match random.below(8) {
        0 => return Some((0, 64, HEADER)),
        1 | 2 => return Some((start, count * SECTION.entry, SECTION)),
        _ => {}
    }
    // Symbols or relocations: of a random section that is such a table.
    for _ in 0..count {
        let header = start.checked_add(random.below(count) * SECTION.entry)?;
        let kind = read(bytes, header.checked_add(4)?, 4)?;
        let offset = read(bytes, header.checked_add(24)?, 8)? as usize;
        let length = read(bytes, header.checked_add(32)?, 8)? as usize;
        match kind {
            2 => return Some((offset, length, SYMBOL)),
            4 => return Some((offset, length, RELOCATION)),
            _ => {}
        }
    }
    None
}
