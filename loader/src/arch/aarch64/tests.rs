//! Stubs, as words of instructions.

use super::{TLS_DESCRIPTOR_FUNCTION, stub};

fn words(code: [u8; 16]) -> Vec<u32> {
    let words = code.chunks(4).map(|word| u32::from_le_bytes(word.try_into().unwrap()));
    words.collect()
}

#[test]
fn a_stub_jumps_through_its_word() {
    // bti c; adrp x16, 0x3000; ldr x16, [x16, #0x128]; br x16
    let expected = [0xD503_245F, 0xD000_0010, 0xF940_9610, 0xD61F_0200];
    assert_eq!(words(stub(0x1000, 0x3128).unwrap()), expected);
    assert_eq!(stub(0x1000, 0x3124), None, "a word at an odd place");
    assert_eq!(stub(0x1000, 0x1000 + (5 << 30)), None, "too far");
    assert_eq!(words(TLS_DESCRIPTOR_FUNCTION)[1..3], [0xF940_0400, 0xD65F_03C0]);
}
