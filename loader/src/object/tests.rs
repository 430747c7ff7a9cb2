//! Parsing objects that are not what they should be.

use super::Object;
use crate::error::ErrorKind;
use crate::graph::{Place, SectionKind};
use crate::testing::{assemble, patched};

const SMALL: &str = r#"
    .section .text.live_f,"ax",@progbits
    .globl live_f
    .type live_f,@function
live_f: .cfi_startproc
    movl value(%rip), %eax
    call other@PLT
    ret
    .cfi_endproc
    .section .data.value,"aw",@progbits
value: .long 7
    .comm shared,16,8
"#;

#[test]
fn a_small_object_has_its_sections_symbols_and_relocations() {
    let object = Object::parse("small.o", assemble(SMALL)).unwrap();
    let graph = &object.graph;
    let text = graph.sections.iter().find(|it| graph.text(it.name) == ".text.live_f").unwrap();
    assert_eq!(text.kind, SectionKind::Text);
    assert_eq!(text.relocations.range().len(), 2);
    let find = |name: &str| graph.symbols.iter().find(|it| graph.text(it.name) == name).unwrap();
    assert_eq!(find("other").place, Place::Undefined { weak: false });
    let Place::Section(common) = find("shared").place else { panic!("common is a definition") };
    let common = graph.section(common);
    assert_eq!((common.kind, common.size, common.align), (SectionKind::Writable, 16, 8));
}

#[test]
fn every_prefix_is_an_error_or_an_object() {
    let bytes = assemble(SMALL);
    let mut errors = 0;
    for length in 0..bytes.len() {
        if let Err(error) = Object::parse("cut.o", &bytes[..length]) {
            assert!(error.to_string().starts_with("cut.o: "), "{error}");
            errors += 1;
        }
    }
    assert!(errors > bytes.len() / 2, "the section table is at the end");
}

#[test]
fn other_files_are_refused_with_the_reason() {
    let bytes = assemble(SMALL);
    let kind = |bytes: Vec<u8>| Object::parse("x.o", bytes).err().unwrap().kind();
    assert_eq!(kind(b"not an object".to_vec()), ErrorKind::Malformed);
    assert_eq!(kind(Vec::new()), ErrorKind::Malformed);
    // e_machine at 18: RISC-V; e_type at 16: executable.
    assert_eq!(kind(patched(&bytes, 18, &[243, 0])), ErrorKind::Unsupported);
    assert_eq!(kind(patched(&bytes, 16, &[2, 0])), ErrorKind::Unsupported);
}

#[test]
fn offsets_outside_their_sections_are_refused() {
    let bytes = assemble(SMALL);
    let object = Object::parse("x.o", bytes.clone()).unwrap();
    // The first RELA entry of .text.live_f: its offset field is 2 (behind the opcode of movl).
    let graph = &object.graph;
    let entry = graph.relocations[0];
    let pattern: Vec<u8> = u64::from(entry.offset)
        .to_le_bytes()
        .into_iter()
        .chain((u64::from(entry.symbol.0) << 32 | u64::from(entry.kind)).to_le_bytes())
        .collect();
    let at = bytes.windows(16).position(|window| window == pattern).unwrap();
    let error = Object::parse("x.o", patched(&bytes, at, &[0xFF, 0xFF])).err().unwrap();
    assert_eq!(error.kind(), ErrorKind::Malformed);
    assert!(error.to_string().contains("0xffff"), "{error}");
    let error = Object::parse("x.o", patched(&bytes, at + 12, &[0xFF, 0xFF])).err().unwrap();
    assert!(error.to_string().contains("symbol 65535"), "{error}");
}

/// An object with one name and this many symbols that have it, or an end of it, as theirs.
fn with_shared_name(length: usize, symbols: usize) -> Vec<u8> {
    let name = "n".repeat(length);
    let bytes = assemble(&format!(".globl {name}\n{name}: .byte 0\n"));
    let header = |at: usize| u64::from_le_bytes(bytes[at..at + 8].try_into().unwrap()) as usize;
    let (sections, count) = (header(40), usize::from(bytes[60]));
    let is_symbols = |at: &usize| bytes[at + 4] == 2;
    let table = (0..count).map(|index| sections + 64 * index).find(is_symbols).unwrap();
    let (start, size) = (header(table + 24), header(table + 32));
    let last = bytes[start + size - 24..start + size].to_vec();
    let mut many = bytes[..start + size].to_vec();
    (0..symbols).for_each(|_| many.extend_from_slice(&last));
    let all = many.split_off(start);
    many.extend_from_slice(&bytes[start..]);
    let moved = many.len();
    many.extend_from_slice(&all);
    many[table + 24..table + 32].copy_from_slice(&(moved as u64).to_le_bytes());
    many[table + 32..table + 40].copy_from_slice(&(all.len() as u64).to_le_bytes());
    many
}

#[test]
fn names_that_share_their_bytes_are_not_read_a_million_times() {
    assert!(Object::parse("x.o", with_shared_name(64 << 10, 1)).is_ok());
    let error = Object::parse("x.o", with_shared_name((64 << 10) + 1, 1)).err().unwrap();
    assert_eq!(error.kind(), ErrorKind::Malformed);
    assert!(error.to_string().contains("its name is longer than 64 KiB"), "{error}");
    // 130 KiB of name and symbols, with 64 MiB of names.
    let error = Object::parse("x.o", with_shared_name(64 << 10, 1000)).err().unwrap();
    assert_eq!(error.kind(), ErrorKind::Malformed);
    assert!(error.to_string().contains("far longer than the whole file"), "{error}");
}
