//! Images of another address space: what is in them, and what changes from one to the next.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::{Image, Protection, Segment};
use crate::error::ErrorKind;
use crate::memory::{Config, Memory, Space};
use crate::testing::{assemble, is_live};
use crate::{
    Error, Linked, Linker, Machine, Object, Selection, SlotIndex, Symbols, Targets, split,
};

const BASE: u64 = 0x7000_0000_0000;

fn config(base: u64) -> Config {
    let space = Space::There { machine: Machine::X86_64, base };
    let size = 1 << 20;
    Config {
        code: size,
        read_only: size,
        data: size,
        slots: 64,
        poison: true,
        space,
        ..Config::default()
    }
}

struct First;

impl Targets for First {
    fn slot(&mut self, _: &str) -> Result<SlotIndex, Error> {
        Ok(SlotIndex(0))
    }

    fn static_fingerprint(&mut self, _: &str) -> u128 {
        0
    }
}

fn link(linker: &mut Linker, source: &str) -> Result<Vec<Linked>, Error> {
    let split = split(Object::parse("live.o", assemble(source))?, &is_live)?;
    let functions: Vec<usize> = (0..split.modules().len()).collect();
    linker.link(&[Selection { split: &split, functions: &functions }], &mut First)
}

const SOURCE: &str = r#"
    .section .text.live_f,"ax",@progbits
    .globl live_f
    .type live_f,@function
    live_f:
        .cfi_startproc
        call *host@GOTPCREL(%rip)
        incl count(%rip)
        lea text(%rip), %rax
        jmp live_f@PLT
        .cfi_endproc
    .section .data.count,"aw",@progbits
    count: .long 7
    .section .rodata.text,"a",@progbits
    text: .quad 0x1122334455667788
"#;

#[test]
fn addresses_are_the_other_processs_and_chosen_by_the_caller() {
    let memory = Memory::reserve(config(BASE)).unwrap();
    let mut symbols = Symbols::none();
    symbols.define("host", 0x40_1000);
    let mut linker = Linker::new(Arc::clone(&memory), symbols);
    let linked = link(&mut linker, SOURCE).unwrap();
    assert_eq!(linked[0].entry() as u64, BASE);
    assert_eq!(memory.slot_address(3).unwrap() as u64, BASE + (2 << 20) + 3 * 8);
    let code = memory.read(BASE, 25).unwrap();
    let field = |at: usize| i32::from_le_bytes(code[at..at + 4].try_into().unwrap());
    let target = |at: usize| (BASE + at as u64 + 4).wrapping_add_signed(field(at).into());
    assert_eq!(memory.read(target(2), 8).unwrap(), 0x40_1000u64.to_le_bytes(), "GOT entry");
    assert_eq!(memory.read(target(8), 4).unwrap(), 7u32.to_le_bytes(), "static");
    assert_eq!(memory.read(target(15), 8).unwrap(), 0x1122_3344_5566_7788u64.to_le_bytes());
    let stub = linker.stub(SlotIndex(0)).unwrap() as u64;
    assert_eq!(target(20), stub, "a tail call of a live function");
    let error = memory.read(BASE + (3 << 20) - 1, 2).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Index);
}

#[test]
fn an_image_holds_what_is_used_and_a_later_one_only_what_changed() {
    let memory = Memory::reserve(config(BASE)).unwrap();
    let mut symbols = Symbols::none();
    symbols.define("host", 0x40_1000);
    let mut linker = Linker::new(Arc::clone(&memory), symbols);
    let first = link(&mut linker, SOURCE).unwrap();
    let words = memory.slot_words().cast::<usize>().as_ptr();
    // SAFETY: the words are mapped, aligned, and used as atomics only.
    let slot = |index| unsafe { AtomicUsize::from_ptr(words.add(index)) };
    slot(0).store(first[0].entry(), Ordering::Relaxed);
    let before = memory.image().unwrap();
    let kinds: Vec<_> = before.segments.iter().map(|it| (it.address, it.protection)).collect();
    let expected = [Protection::Execute, Protection::Read, Protection::Write];
    let at = [BASE, BASE + (1 << 20), BASE + (2 << 20)];
    assert_eq!(kinds, at.into_iter().zip(expected).collect::<Vec<_>>());
    assert!(before.segments.iter().all(|it| it.size == 1 << 20 && it.bytes.len() < 4096));
    assert_eq!(before.segments[2].bytes[..8], BASE.to_le_bytes(), "the slot table comes first");
    assert!(before.changes(&before).is_empty());

    let second = link(&mut linker, &SOURCE.replace("incl", "decl")).unwrap();
    slot(0).store(second[0].entry(), Ordering::Relaxed);
    slot(63).store(1, Ordering::Relaxed);
    let changes = before.changes(&memory.image().unwrap());
    let places: Vec<u64> = changes.iter().map(|it| it.address).collect();
    assert!(places[0] >= second[0].entry() as u64, "code first: {places:x?}");
    let slots: Vec<_> = changes.iter().rev().take(2).collect();
    assert_eq!(slots[1].address, at[2]);
    assert_eq!(slots[1].bytes, (second[0].entry() as u64).to_le_bytes());
    assert_eq!((slots[0].address, slots[0].bytes.len()), (at[2] + 63 * 8, 8), "slots last");
    let data = places.iter().filter(|place| **place >= at[2]).count();
    assert_eq!(data, 2, "the static and the GOT are as they were: {places:x?}");
}

#[test]
fn an_image_is_an_elf_file_that_others_can_read() {
    let memory = Memory::reserve(config(0x10_0000)).unwrap();
    let mut linker = Linker::new(Arc::clone(&memory), Symbols::none());
    let linked = link(&mut linker, &SOURCE.replace("host", "live_f")).unwrap();
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("image");
    memory.image().unwrap().write(&path).unwrap();
    let run = std::process::Command::new("readelf").arg("-lW").arg(&path).output().unwrap();
    let text = String::from_utf8(run.stdout).unwrap();
    assert_eq!(String::from_utf8(run.stderr).unwrap(), "");
    let loads: Vec<Vec<&str>> = text
        .lines()
        .filter(|line| line.trim_start().starts_with("LOAD"))
        .map(|line| line.split_whitespace().collect())
        .collect();
    let found: Vec<_> = loads.iter().map(|it| (it[2], it[5], it[6])).collect();
    let size = "0x100000";
    let expected = [
        ("0x0000000000100000", size, "R"),
        ("0x0000000000200000", size, "R"),
        ("0x0000000000300000", size, "RW"),
    ];
    assert_eq!(found, expected, "{text}");
    assert_eq!(loads[0][7], "E");
    assert_eq!(linked[0].entry(), 0x10_0000);
}

#[test]
fn a_change_of_the_last_slot_does_not_take_the_first_got_word_with_it() {
    let image = |bytes: [u8; 32]| Image {
        machine: Machine::X86_64,
        segments: vec![Segment {
            address: BASE,
            size: 4096,
            protection: Protection::Write,
            bytes: bytes.to_vec(),
        }],
        indirect: Vec::new(),
        thread_locals: Vec::new(),
        slots: 16,
    };
    let changes = image([0; 32]).changes(&image([1; 32]));
    let places: Vec<_> = changes.iter().map(|it| (it.address, it.bytes.len())).collect();
    assert_eq!(places, [(BASE + 16, 16), (BASE, 16)], "the slots last, by themselves");
}

#[test]
fn windows_that_cannot_be_there_are_refused() {
    for base in [0, 4097, u64::MAX - 4095] {
        let error = Memory::reserve(config(base)).err().unwrap();
        assert_eq!(error.kind(), ErrorKind::System, "{base:#x}");
    }
    let here = Memory::reserve(Config { space: Space::Here, ..config(BASE) }).unwrap();
    assert_eq!(here.image().unwrap_err().kind(), ErrorKind::Unsupported);
    assert_eq!(here.read(BASE, 1).unwrap_err().kind(), ErrorKind::Unsupported);
}

#[test]
fn symbols_must_be_those_of_the_space() {
    let memory = Memory::reserve(config(BASE)).unwrap();
    let mut linker = Linker::new(memory, Symbols::of_process().unwrap());
    let error = link(&mut linker, SOURCE).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unsupported, "{error}");
}

#[test]
fn the_unwinder_hears_nothing_of_code_that_runs_elsewhere() {
    let memory = Memory::reserve(config(BASE)).unwrap();
    let mut linker = Linker::new(Arc::clone(&memory), Symbols::none());
    let linked = link(&mut linker, &SOURCE.replace("host", "live_f")).unwrap();
    assert!(memory.usage().read_only > 64, "it has unwind information");
    assert_eq!(crate::unwind::find::function_at(linked[0].entry()), None);
    assert_eq!(memory.read(BASE, 1).unwrap(), [0xFF]);
    drop(linked);
    assert_eq!(memory.usage().reclaimed_ranges, 2);
    let again = link(&mut linker, &SOURCE.replace("host", "live_f")).unwrap();
    assert_eq!(again[0].entry() as u64, BASE, "reclaimed ranges are used again");
}
