//! Taking `.eh_frame` apart, well-formed and not.

use super::Frames;
use crate::error::ErrorKind;
use crate::object::Object;
use crate::testing::{assemble, patched};
use crate::units::ChunkKind;

const SOURCE: &str = r#"
    .section .text.live_f,"ax",@progbits
    .type live_f,@function
live_f: .cfi_startproc
    push %rbx
    .cfi_adjust_cfa_offset 8
    ret
    .cfi_endproc
    .section .text.live_g,"ax",@progbits
    .type live_g,@function
live_g: .cfi_startproc
    .cfi_personality 0x9b, DW.ref.personality
    ret
    .cfi_endproc
"#;

fn parse(bytes: Vec<u8>) -> Result<Frames, crate::Error> {
    Frames::parse(&Object::parse("x.o", bytes).unwrap().graph)
}

/// Where `.eh_frame` starts in the file.
fn section_start(bytes: &[u8]) -> usize {
    let graph = Object::parse("x.o", bytes).unwrap().graph;
    let section = graph.sections.iter().find(|it| graph.text(it.name) == ".eh_frame").unwrap();
    section.bytes.start as usize
}

#[test]
fn every_function_has_its_frame_and_the_right_cie() {
    let object = Object::parse("x.o", assemble(SOURCE)).unwrap();
    let frames = Frames::parse(&object.graph).unwrap();
    assert_eq!((frames.cies.len(), frames.frames.len()), (2, 2));
    for (index, name) in [".text.live_f", ".text.live_g"].into_iter().enumerate() {
        let frame = &frames.frames[index];
        assert_eq!(object.graph.section_name(frame.text), name);
        assert_eq!(frames.range_of(frame.text).len(), 1);
        assert_eq!(frames.cie(frame).relocations.range().len(), index, "the personality");
        assert_eq!(frame.fde.relocations.range().len(), 1, "the first address");
    }
}

#[test]
fn impossible_records_are_refused() {
    let bytes = assemble(SOURCE);
    let start = section_start(&bytes);
    let first_length = u32::from_le_bytes(bytes[start..start + 4].try_into().unwrap()) as usize;
    let fde = start + 4 + first_length;
    for (at, new, what) in [
        (start, [0xFF; 4], "length past the end"),
        (start, [4, 0, 0, 0], "length too small"),
        (start + 8, [9, 0, 0, 0], "an unknown CIE version"),
        (start + 9, [b'z', b'Q', 0, 0], "an unknown augmentation"),
        (start + 9, [b'z', b'R', b'R', b'R'], "an augmentation that eats its data"),
        (fde, [8, 0, 0, 0], "an FDE without a range"),
        (fde + 4, [1, 0, 0, 0], "a CIE in the middle of something"),
        (fde + 4, [0xFF, 0xFF, 0xFF, 0x7F], "a CIE before the section"),
    ] {
        let error = parse(patched(&bytes, at, &new)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Malformed, "{what}");
        assert!(error.to_string().contains(".eh_frame"), "{what}: {error}");
    }
}

#[test]
fn relocations_of_fields_that_the_unwinder_follows_are_refused() {
    let records = |relocated: &str| {
        assemble(&format!(
            r#"
    .section .text.live_f,"ax",@progbits
live_f: ret
    .section .eh_frame,"a",@unwind
1:  .long 20, 0
    .byte 1
    .asciz "zPR"
    .byte 1, 0x78, 16, 6, 0x1b
2:  .long personality - .
    .byte 0x1b, 0
3:  .long 16, . - 1b, live_f - ., 1, 0
    .reloc {relocated}, R_X86_64_32, elsewhere
"#
        ))
    };
    for allowed in ["2b", "3b + 8", "3b + 12", "3b + 16"] {
        assert_eq!(parse(records(allowed)).unwrap().frames.len(), 1, "{allowed}");
    }
    for fixed in ["1b", "1b + 4", "1b + 9", "2b - 1", "2b + 1", "3b", "3b + 4", "3b + 7"] {
        let error = parse(records(fixed)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Malformed, "{fixed}");
        assert!(error.to_string().contains("fixed field"), "{fixed}: {error}");
    }
}

#[test]
fn a_zero_length_ends_the_section() {
    let bytes = assemble(SOURCE);
    let start = section_start(&bytes);
    let frames = parse(patched(&bytes, start, &[0; 4])).unwrap();
    assert!(frames.frames.is_empty());
}

const CIE: &str = ".long 16, 0\n .byte 1\n .asciz \"zR\"\n .byte 1, 0x78, 16, 1, 0x1b\n .zero 3\n";

/// Every record looked through all those before it for its CIE.
#[test]
fn thousands_of_records_find_their_cies_at_once() {
    let text = ".section .text.live_f,\"ax\",@progbits\n.type live_f,@function\nlive_f: ret\n.section .eh_frame,\"a\",@unwind\n";
    let fde = ".long 16, . - first, live_f - ., 1, 0\n";
    let far = format!("{text} first: .rept 15000\n{CIE}.endr\n.rept 15000\n{fde}.endr\n");
    let frames = parse(assemble(&far)).unwrap();
    assert_eq!((frames.cies.len(), frames.frames.len()), (15_000, 15_000));
    assert!(frames.frames.iter().all(|frame| frame.cie == 0));

    let near = ".long 16, 24, live_f - ., 1, 0\n";
    let pairs = format!("{text} .rept 15000\n{CIE}{near}.endr\n");
    let object = Object::parse("x.o", assemble(&pairs)).unwrap();
    let frames = Frames::parse(&object.graph).unwrap();
    assert!(frames.frames.iter().enumerate().all(|(index, frame)| frame.cie as usize == index));
    let split = crate::split(object, &crate::testing::is_live).unwrap();
    let units = &split.units;
    let chunks = units.chunks(units.blocks.live[0].1);
    assert_eq!(chunks.len(), 1 + 2 * 15_000);
    for (index, pair) in chunks[1..].chunks(2).enumerate() {
        let cie = 1 + 2 * index as u32;
        assert_eq!((pair[0].kind, pair[1].kind), (ChunkKind::Cie, ChunkKind::Fde(cie)));
    }
}
