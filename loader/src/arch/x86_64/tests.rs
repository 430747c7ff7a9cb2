//! Every kind's formula and range, on bytes.

use object::elf;

use super::stub;
use crate::arch::{self, Inputs, Kind, Machine};
use crate::error::ErrorKind;

const GOT: u64 = 0x6000_0000;

fn lookup(r_type: elf::RelocationType) -> Kind {
    arch::lookup(Machine::X86_64, r_type.0).unwrap()
}

fn name(r_type: u32) -> String {
    arch::name(Machine::X86_64, r_type)
}

/// Applies one relocation to eight `0xAA` bytes at offset 0.
fn check(
    r_type: elf::RelocationType,
    value: u64,
    addend: i64,
    place: u64,
    expected: Option<&[u8]>,
) {
    let mut bytes = [0xAA; 8];
    let inputs = Inputs { operand: value, addend, place, got: GOT };
    let result = lookup(r_type).apply(&mut bytes, 0, &inputs);
    match expected {
        Some(expected) => {
            result.unwrap();
            assert_eq!(&bytes[..expected.len()], expected, "{}", name(r_type.0));
            assert!(bytes[expected.len()..].iter().all(|byte| *byte == 0xAA), "wrote too much");
        }
        None => {
            assert_eq!(result.unwrap_err().kind(), ErrorKind::OutOfRange, "{}", name(r_type.0));
            assert_eq!(bytes, [0xAA; 8], "an error writes nothing");
        }
    }
}

#[test]
fn absolute_64() {
    let expected = 0x1122_3344_5566_7799u64.to_le_bytes();
    check(elf::R_X86_64_64, 0x1122_3344_5566_7788, 0x11, 0x5000, Some(&expected));
    check(elf::R_X86_64_64, 0, -1, 0, Some(&[0xFF; 8]));
}

#[test]
fn absolute_32_is_checked_both_ways() {
    check(elf::R_X86_64_32, 0xFFFF_FFFF, 0, 0, Some(&[0xFF; 4]));
    check(elf::R_X86_64_32, 0x1_0000_0000, 0, 0, None);
    check(elf::R_X86_64_32, 0, -1, 0, None);
    check(elf::R_X86_64_32S, 0, -1, 0, Some(&[0xFF; 4]));
    check(elf::R_X86_64_32S, 0x8000_0000, 0, 0, None);
}

#[test]
fn relative_32_ends_exactly_at_two_gibibytes() {
    for kind in [
        elf::R_X86_64_PC32,
        elf::R_X86_64_PLT32,
        elf::R_X86_64_GOTPCREL,
        elf::R_X86_64_GOTPCRELX,
        elf::R_X86_64_REX_GOTPCRELX,
        elf::R_X86_64_TLSGD,
        elf::R_X86_64_TLSLD,
        elf::R_X86_64_GOTTPOFF,
    ] {
        let place = 0x7000_0000_0000;
        check(kind, place + 0x10, -4, place, Some(&12u32.to_le_bytes()));
        check(kind, place + 0x7FFF_FFFF, 0, place, Some(&i32::MAX.to_le_bytes()));
        check(kind, place + 0x8000_0000, 0, place, None);
        check(kind, place - 0x8000_0000, 0, place, Some(&i32::MIN.to_le_bytes()));
        check(kind, place - 0x8000_0001, 0, place, None);
    }
}

#[test]
fn relative_64_and_thread_local_offsets() {
    check(elf::R_X86_64_PC64, 8, 0, 0x10, Some(&(-8i64).to_le_bytes()));
    let below = (-16i64) as u64;
    check(elf::R_X86_64_TPOFF32, below, 4, 0x99, Some(&(-12i32).to_le_bytes()));
    check(elf::R_X86_64_TPOFF64, below, 0, 0x99, Some(&(-16i64).to_le_bytes()));
    check(elf::R_X86_64_DTPOFF32, 24, 8, 0x99, Some(&32u32.to_le_bytes()));
}

#[test]
fn a_field_past_the_end_is_an_error() {
    let kind = lookup(elf::R_X86_64_64);
    let mut bytes = [0; 8];
    for offset in [1, 8, usize::MAX] {
        let inputs = Inputs { operand: 1, addend: 0, place: 0, got: 0 };
        let error = kind.apply(&mut bytes, offset, &inputs).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Malformed);
    }
    assert_eq!(bytes, [0; 8]);
}

#[test]
fn extreme_addends_do_not_overflow() {
    let kind = lookup(elf::R_X86_64_PC32);
    for addend in [i64::MIN, i64::MAX] {
        let inputs = Inputs { operand: u64::MAX, addend, place: u64::MAX, got: 0 };
        assert!(kind.apply(&mut [0; 4], 0, &inputs).is_err());
    }
}

#[test]
fn dynamic_kinds_have_names_but_no_formula() {
    assert!(arch::lookup(Machine::X86_64, elf::R_X86_64_COPY.0).is_none());
    assert_eq!(name(elf::R_X86_64_COPY.0), "R_X86_64_COPY");
    assert_eq!(name(4711), "relocation type 4711");
}

#[test]
fn branches_are_told_from_address_loads() {
    let code = |bytes: &[u8], kind: elf::RelocationType| {
        arch::is_branch(Machine::X86_64, kind.0, bytes, bytes.len())
    };
    assert!(code(&[0xFF, 0x15], elf::R_X86_64_GOTPCRELX), "call *x(%rip)");
    assert!(code(&[0xFF, 0x25], elf::R_X86_64_GOTPCREL), "jmp *x(%rip)");
    assert!(!code(&[0xFF, 0x35], elf::R_X86_64_GOTPCRELX), "push x(%rip)");
    assert!(!code(&[0x48, 0x8B, 0x05], elf::R_X86_64_REX_GOTPCRELX), "mov x(%rip), %rax");
    assert!(code(&[0xE8], elf::R_X86_64_PLT32) && code(&[0xE9], elf::R_X86_64_PC32));
    assert!(code(&[0x0F, 0x84], elf::R_X86_64_PLT32), "je");
    assert!(code(&[0xEB], elf::R_X86_64_PC8), "jmp rel8");
    assert!(!code(&[0x48, 0x8D, 0x05], elf::R_X86_64_PC32), "lea x(%rip), %rax");
    assert!(!code(&[0xE8], elf::R_X86_64_32), "not relative");
    assert!(!code(&[], elf::R_X86_64_GOTPCRELX) && !code(&[], elf::R_X86_64_PLT32));
}

#[test]
fn a_stub_jumps_through_its_word() {
    let bytes = stub(0x1000, 0x110A).unwrap();
    assert_eq!(bytes[..10], [0xF3, 0x0F, 0x1E, 0xFA, 0xFF, 0x25, 0x00, 0x01, 0, 0]);
    assert_eq!(bytes[10..], [0xCC; 6]);
    assert_eq!(stub(0x1000, 0x1000 + (5 << 30)), None);
}
