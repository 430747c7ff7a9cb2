//! Windows: what is mapped where, and what owners may rely on.

use super::{Config, Memory, Region, Space};
use crate::arch::Machine;
use crate::error::ErrorKind;

fn small(poison: bool) -> Config {
    let space = Space::Here;
    Config {
        code: 1 << 20,
        read_only: 1 << 20,
        data: 1 << 20,
        slots: 1024,
        poison,
        space,
        ..Config::default()
    }
}

fn read(address: usize) -> u8 {
    // SAFETY: tests pass addresses inside a window of a live `Memory`.
    unsafe { std::ptr::with_exposed_provenance::<u8>(address).read_volatile() }
}

#[test]
fn what_is_written_is_seen_in_the_exec_view() {
    let memory = Memory::reserve(small(true)).unwrap();
    for region in [Region::Code, Region::ReadOnly, Region::Data] {
        let mut range = memory.allocate(region, 100, 1).unwrap();
        range.bytes_mut()[..3].copy_from_slice(&[1, 2, 3]);
        range.touch();
        let at = range.address();
        assert_eq!([read(at), read(at + 1), read(at + 2)], [1, 2, 3], "{region:?}");
    }
}

#[test]
fn code_is_never_writable_where_it_is_executable() {
    let memory = Memory::reserve(small(true)).unwrap();
    let range = memory.allocate(Region::Code, 64, 1).unwrap();
    let maps = std::fs::read_to_string("/proc/self/maps").unwrap();
    let mut found = false;
    for line in maps.lines() {
        let (extent, rest) = line.split_once(' ').unwrap();
        assert!(!rest.starts_with("rwx") && !rest.starts_with("-wx"), "{line}");
        let (start, end) = extent.split_once('-').unwrap();
        let bounds = [start, end].map(|it| usize::from_str_radix(it, 16).unwrap());
        if (bounds[0]..bounds[1]).contains(&range.address()) {
            assert!(rest.starts_with("r-xs"), "{line}");
            found = true;
        }
    }
    assert!(found);
}

#[test]
fn reclaimed_code_is_poisoned_and_used_again() {
    let memory = Memory::reserve(small(true)).unwrap();
    let mut first = memory.allocate(Region::Code, 200, 1).unwrap();
    first.bytes_mut().fill(0x90);
    let (address, length) = (first.address(), first.len());
    assert!(!first.reused());
    drop(first);
    assert!((address..address + length).all(|at| read(at) == 0xCC));
    assert_eq!(memory.usage().reclaimed_ranges, 1);
    let second = memory.allocate(Region::Code, 200, 1).unwrap();
    assert_eq!((second.address(), second.reused()), (address, true));
}

#[test]
fn without_poison_the_bytes_stay() {
    let memory = Memory::reserve(small(false)).unwrap();
    let mut range = memory.allocate(Region::Code, 64, 1).unwrap();
    range.bytes_mut().fill(0x90);
    let address = range.address();
    drop(range);
    assert_eq!(read(address), 0x90);
}

#[test]
fn slots_are_zeroed_words_at_the_start_of_the_data_window() {
    let memory = Memory::reserve(small(true)).unwrap();
    let words = memory.slot_words();
    assert_eq!(words.len(), 1024);
    let first = words.cast::<usize>().as_ptr();
    assert_eq!(memory.slot_address(0).unwrap(), first.addr());
    assert_eq!(memory.slot_address(1023).unwrap(), first.addr() + 1023 * 8);
    assert_eq!(memory.slot_address(1024).unwrap_err().kind(), ErrorKind::Index);
    // SAFETY: the words are mapped and nobody else uses them.
    assert!((0..1024).all(|index| unsafe { first.add(index).read() } == 0));
    let range = memory.allocate(Region::Data, 8, 8).unwrap();
    assert!(range.address() >= first.addr() + 1024 * 8);
}

#[test]
fn a_full_window_says_which() {
    let memory = Memory::reserve(small(true)).unwrap();
    let error = memory.allocate(Region::ReadOnly, 2 << 20, 1).err().unwrap();
    assert_eq!(error.kind(), ErrorKind::WindowFull);
    assert!(error.to_string().contains("ReadOnly"), "{error}");
}

#[test]
fn impossible_sizes_are_refused() {
    let too_large = Config { code: 1 << 31, ..small(true) };
    let too_many_slots = Config { slots: 1 << 20, ..small(true) };
    let overflow = Config { code: usize::MAX, data: usize::MAX, ..small(true) };
    for config in [too_large, too_many_slots, overflow] {
        assert_eq!(Memory::reserve(config).err().unwrap().kind(), ErrorKind::System);
    }
}

#[test]
fn the_largest_default_is_reserved_without_using_memory() {
    let memory = Memory::reserve(Config::default()).unwrap();
    let usage = memory.usage();
    assert_eq!((usage.code, usage.read_only), (0, 0));
    assert_eq!(usage.data, 8 << 20, "the slot table");
}

fn aarch64(config: Config) -> Config {
    Config { space: Space::There { machine: Machine::Aarch64, base: 0x1000_0000 }, ..config }
}

#[test]
fn entries_of_short_reach_stand_in_order_at_the_base_of_the_got() {
    let memory = Memory::reserve(aarch64(small(true))).unwrap();
    let base = memory.got_base();
    assert_eq!(base % 4096, 0, "of some kinds only the base's page counts");
    for index in 0..4096 {
        assert_eq!(memory.allocate_near().unwrap().address() as u64, base + index * 8);
    }
    let error = memory.allocate_near().err().unwrap();
    assert_eq!(error.kind(), ErrorKind::WindowFull);
    assert!(error.to_string().contains("-fPIC rather than -fpic"), "{error}");
    let other = memory.allocate(Region::Data, 8, 8).unwrap().address() as u64;
    assert!(!(base..base + (32 << 10)).contains(&other));
}

#[test]
fn the_code_window_of_aarch64_ends_where_a_call_does() {
    let memory = Memory::reserve(aarch64(Config::default())).unwrap();
    assert!(memory.allocate(Region::Code, 128 << 20, 64).is_ok());
    let error = memory.allocate(Region::Code, (128 << 20) + 64, 64).err().unwrap();
    assert_eq!(error.kind(), ErrorKind::WindowFull);
}
