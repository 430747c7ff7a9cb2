//! A whole link at random distances: the field reaches exactly, or the error names object, kind,
//! section, offset, symbol and distance. (All kinds at random distances: `src/arch/tests.rs`.)
#![allow(clippy::unwrap_used, reason = "a test")]

use std::process::Command;
use std::sync::Arc;

use segue_loader::{
    Config, Error, ErrorKind, Linker, Machine, Memory, Object, Selection, SlotIndex, Space, Split,
    Symbols, Targets, split,
};

/// Where the code window is.
const BASE: u64 = 0x7000_0000_0000;

/// One field of `live_f`, which is alone in its object.
struct Sample {
    machine: Machine,
    code: &'static str,
    kind: &'static str,
    offset: u64,
    /// The address that the field makes of the bytes at [`BASE`], or that a GOT entry or stub does.
    read: fn(&Memory) -> u64,
    /// Whether a stub or GOT entry makes every distance reachable.
    always: bool,
    /// The least and the most distance from the field that reach.
    limits: (i128, i128),
}

const SAMPLES: [Sample; 8] = [
    Sample {
        machine: Machine::X86_64,
        code: "nop; lea host(%rip), %rax; ret",
        kind: "R_X86_64_PC32",
        offset: 4,
        read: |memory| next(memory, BASE + 4),
        always: false,
        limits: (-(1 << 31) + 4, (1 << 31) + 3),
    },
    Sample {
        machine: Machine::X86_64,
        code: "nop; call host; ret",
        kind: "R_X86_64_PLT32",
        offset: 2,
        read: |memory| through_stub(memory, next(memory, BASE + 2), |at| next(memory, at + 6)),
        always: true,
        limits: (0, 0),
    },
    Sample {
        machine: Machine::X86_64,
        code: "mov host@GOTPCREL(%rip), %rax; ret",
        kind: "R_X86_64_REX_GOTPCRELX",
        offset: 3,
        read: |memory| word(memory, next(memory, BASE + 3)),
        always: true,
        limits: (0, 0),
    },
    Sample {
        machine: Machine::X86_64,
        code: "movabs $host-., %rax; ret",
        kind: "R_X86_64_PC64",
        offset: 2,
        read: |memory| BASE.wrapping_add(word(memory, BASE + 2)),
        always: true,
        limits: (0, 0),
    },
    Sample {
        machine: Machine::Aarch64,
        code: "nop; bl host; ret",
        kind: "R_AARCH64_CALL26",
        offset: 4,
        read: |memory| {
            let target = moved(BASE + 4, instruction(memory, BASE + 4), 26, 2);
            through_stub(memory, target, |at| {
                let page = paged(at + 4, instruction(memory, at + 4));
                page + (instruction(memory, at + 8) >> 10 & 0xFFF) * 8
            })
        },
        always: true,
        limits: (0, 0),
    },
    Sample {
        machine: Machine::Aarch64,
        code: "nop; adrp x0, host; add x0, x0, :lo12:host; ret",
        kind: "R_AARCH64_ADR_PREL_PG_HI21",
        offset: 4,
        read: |memory| {
            let page = paged(BASE + 4, instruction(memory, BASE + 4));
            page + (instruction(memory, BASE + 8) >> 10 & 0xFFF)
        },
        always: false,
        limits: (-(1 << 32) - 4, (1 << 32) - 5),
    },
    Sample {
        machine: Machine::Aarch64,
        code: "ret; .word host - .",
        kind: "R_AARCH64_PREL32",
        offset: 4,
        read: |memory| (BASE + 4).wrapping_add_signed(instruction(memory, BASE + 4) as i32 as i64),
        always: false,
        limits: (-(1 << 31), (1 << 31) - 1),
    },
    Sample {
        machine: Machine::Aarch64,
        code: "adrp x0, :got:host; ldr x0, [x0, :got_lo12:host]; ret",
        kind: "R_AARCH64_ADR_GOT_PAGE",
        offset: 0,
        read: |memory| {
            let page = paged(BASE, instruction(memory, BASE));
            word(memory, page + (instruction(memory, BASE + 4) >> 10 & 0xFFF) * 8)
        },
        always: true,
        limits: (0, 0),
    },
];

fn word(memory: &Memory, at: u64) -> u64 {
    u64::from_le_bytes(memory.read(at, 8).unwrap().try_into().unwrap())
}

fn instruction(memory: &Memory, at: u64) -> u64 {
    u64::from(u32::from_le_bytes(memory.read(at, 4).unwrap().try_into().unwrap()))
}

/// What an x86-64 instruction that ends with the field at `at` refers to.
fn next(memory: &Memory, at: u64) -> u64 {
    (at + 4).wrapping_add_signed(instruction(memory, at) as i32 as i64)
}

/// `at` moved by the signed number in the low `bits` of `field`, in units of `1 << shift`.
fn moved(at: u64, field: u64, bits: u32, shift: u32) -> u64 {
    at.wrapping_add_signed((field << (64 - bits)) as i64 >> (64 - bits) << shift)
}

fn paged(at: u64, adrp: u64) -> u64 {
    moved(at & !0xFFF, (adrp >> 5 & 0x7_FFFF) << 2 | adrp >> 29 & 3, 21, 12)
}

/// `target`, or where its code jumps, if it is a stub: code window, but not `live_f`.
fn through_stub(memory: &Memory, target: u64, word_of: impl Fn(u64) -> u64) -> u64 {
    let is_stub = (BASE + 64..BASE + WINDOW as u64).contains(&target);
    if is_stub { word(memory, word_of(target)) } else { target }
}

const WINDOW: usize = 1 << 16;

struct Nothing;

impl Targets for Nothing {
    fn slot(&mut self, _: &str) -> Result<SlotIndex, Error> {
        Ok(SlotIndex(0))
    }

    fn static_fingerprint(&mut self, _: &str) -> u128 {
        0
    }
}

impl Sample {
    fn split(&self) -> Split {
        let directory = tempfile::tempdir().unwrap();
        let (source, object) = (directory.path().join("f.s"), directory.path().join("f.o"));
        let head = ".section .text.live_f,\"ax\"\n.globl live_f\n.type live_f,STT_FUNC\nlive_f:\n";
        std::fs::write(&source, format!("{head}{}\n", self.code.replace(';', "\n"))).unwrap();
        let assembler = match self.machine {
            Machine::Aarch64 => "aarch64-linux-gnu-as",
            _ => "as",
        };
        let status = Command::new(assembler).arg(&source).arg("-o").arg(&object).status().unwrap();
        assert!(status.success());
        let object = Object::parse("f.o", std::fs::read(object).unwrap()).unwrap();
        split(object, &|name| name == "live_f").unwrap()
    }

    fn link(&self, split: &Split, host: u64) -> Result<u64, Error> {
        let space = Space::There { machine: self.machine, base: BASE };
        let windows = Config { code: WINDOW, read_only: WINDOW, data: WINDOW, ..Config::default() };
        let memory = Memory::reserve(Config { slots: 1, space, ..windows }).unwrap();
        let mut symbols = Symbols::none();
        symbols.define("host", host as usize);
        let mut linker = Linker::new(Arc::clone(&memory), symbols);
        let linked = linker.link(&[Selection { split, functions: &[0] }], &mut Nothing)?;
        assert_eq!(linked[0].entry() as u64, BASE);
        Ok((self.read)(&memory))
    }

    /// Links against a host at `distance` from the field; whether it reached.
    fn check(&self, split: &Split, distance: i64) -> bool {
        let place = BASE + self.offset;
        let host = place.wrapping_add_signed(distance);
        let reaches = self.always || (self.limits.0..=self.limits.1).contains(&distance.into());
        match self.link(split, host) {
            Ok(found) => {
                assert!(reaches, "{} at {distance:#x} must not fit", self.kind);
                assert_eq!(found, host, "{} at {distance:#x}", self.kind);
            }
            Err(error) => {
                assert!(!reaches, "{} at {distance:#x}: {error}", self.kind);
                assert_eq!(error.kind(), ErrorKind::OutOfRange, "{error}");
                let message = error.to_string();
                let head =
                    format!("f.o: {} at .text.live_f+{:#x} to host: ", self.kind, self.offset);
                assert!(message.starts_with(&head), "{message}");
                let told = message.split_once("0x").unwrap().1;
                let told = told.split_once("is ").unwrap().1.split_once(" bytes away").unwrap().0;
                let told = told.strip_prefix('-').unwrap_or(told);
                let told = i64::from_str_radix(told.strip_prefix("0x").unwrap(), 16).unwrap();
                // From the next instruction, or between pages: what the field would have held.
                assert!((told - distance.abs()).abs() <= 4096, "{message}: {distance:#x}");
            }
        }
        reaches
    }
}

#[test]
fn a_link_reaches_exactly_or_tells_the_distance() {
    let mut seed = 0x5E9E_D157_u64;
    let mut random = move || {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        seed
    };
    for sample in &SAMPLES {
        let split = sample.split();
        let ends = [sample.limits.0, sample.limits.1].map(|end| end as i64);
        // Stubs and code share a window: hosts are elsewhere.
        let is_outside = |distance: &i64| distance.unsigned_abs() > 4 * WINDOW as u64;
        let near_ends = ends.into_iter().flat_map(|end| [end - 1, end, end + 1]);
        let any = (0..60).map(|_| {
            let distance = (random() >> (random() % 47 + 17)) as i64;
            if random() & 1 == 0 { distance } else { -distance }
        });
        let distances = near_ends.chain(any).filter(is_outside);
        let reached: Vec<bool> = distances.map(|distance| sample.check(&split, distance)).collect();
        assert!(reached.iter().filter(|reached| **reached).count() > 5, "{}", sample.kind);
        assert!(sample.always || reached.contains(&false), "{}", sample.kind);
    }
}
