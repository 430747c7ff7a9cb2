//! Finding live code by both ways, in units with several functions' records.

use std::sync::Arc;

use super::{Bases, Known, Registration, Way, ask_next, function_at, section_of};
use crate::memory::{Allocation, Config, Memory, Region};

/// Records as an assembler writes them: a CIE of this augmentation and FDEs that extend it, in the
/// read-only window, for functions of 16 bytes one after the other.
struct Code {
    code: Allocation,
    records: Allocation,
}

const SIZE: usize = 16;

impl Code {
    fn new(memory: &Arc<Memory>, functions: usize, encoding: u8) -> Code {
        let code = memory.allocate(Region::Code, (functions * SIZE) as u32, 64).unwrap();
        let mut records = memory.allocate(Region::ReadOnly, 4096, 8).unwrap();
        let place = records.address();
        // Length, CIE 0, version 1, "zR", alignments 1 and -8, return address 16, 1 byte, nops.
        let mut bytes = vec![20, 0, 0, 0, 0, 0, 0, 0, 1, b'z', b'R', 0, 1, 0x78, 16, 1, encoding];
        bytes.resize(24, 0);
        for number in 0..functions {
            let fde = bytes.len();
            let first = code.address() + number * SIZE;
            let fields: Vec<u8> = match encoding {
                0x1B => {
                    let distance = first as i64 - (place + fde + 8) as i64;
                    [(distance as i32).to_le_bytes(), (SIZE as i32).to_le_bytes()].concat()
                }
                0x1C => {
                    let distance = first.wrapping_sub(place + fde + 8);
                    [distance.to_le_bytes(), SIZE.to_le_bytes()].concat()
                }
                _ => [first.to_le_bytes(), SIZE.to_le_bytes()].concat(),
            };
            bytes.extend(((4 + fields.len() + 4) as u32).to_le_bytes());
            bytes.extend(((fde + 4) as u32).to_le_bytes());
            bytes.extend(fields);
            bytes.extend([0; 4]);
        }
        bytes.extend([0; 4]);
        records.bytes_mut()[..bytes.len()].copy_from_slice(&bytes);
        Code { code, records }
    }

    fn register(&self, way: Way) -> Registration {
        // SAFETY: well-formed records in the read-only window, and tests drop registrations first.
        unsafe {
            let window = self.code.window().unwrap();
            Registration::by(way, window, &self.code, self.records.address())
        }
    }
}

/// What libgcc knows by itself.
fn in_list(address: usize) -> Option<usize> {
    let mut bases = Bases::default();
    // SAFETY: a look-up, and a `Bases` of our own.
    let found = unsafe { ask_next(std::ptr::without_provenance_mut(address), &mut bases) };
    (!found.is_null()).then(|| bases.function.addr())
}

fn memory() -> Arc<Memory> {
    Memory::reserve(Config::default()).unwrap()
}

#[test]
fn the_processes_unwinder_asks_us() {
    assert_eq!(Way::of_process(), Way::Index);
}

#[test]
fn both_ways_find_every_function_until_the_registration_goes() {
    let memory = memory();
    for way in [Way::Index, Way::List] {
        for encoding in [0x1B, 0x1C, 0x00] {
            let code = Code::new(&memory, 9, encoding);
            let registration = code.register(way);
            let start = code.code.address();
            let find = match way {
                Way::Index => function_at,
                Way::List => in_list,
            };
            assert_eq!(section_of(start) != Known::Nothing, way == Way::Index);
            for number in 0..9 {
                let first = start + number * SIZE;
                let found = [first, first + 7, first + SIZE - 1].map(find);
                assert_eq!(found, [Some(first); 3], "{way:?} {encoding:#x}");
            }
            assert_eq!(find(start + 9 * SIZE), None);
            drop(registration);
            assert_eq!(find(start), None);
        }
    }
}
