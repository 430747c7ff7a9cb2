//! Fields: bits, ranges, and what is left alone.

use super::Field;

/// The field after storing, in a cell of ones and in a cell of zeroes.
fn stored(field: Field, value: i64) -> [u32; 2] {
    [u32::MAX, 0].map(|cell| {
        let mut bytes = cell.to_le_bytes();
        field.store(&mut bytes, 0, value).unwrap();
        u32::from_le_bytes(bytes)
    })
}

#[test]
fn bits_outside_the_field_are_kept() {
    assert_eq!(stored(Field::bits(0, 26, 2), -8), [0xFFFF_FFFE, 0x03FF_FFFE]);
    assert_eq!(stored(Field::bits(10, 12, 3), 0x18), [0xFFC0_0FFF, 0x0000_0C00]);
    assert_eq!(stored(Field::address(0), 5), [0xBF00_003F, 0x2000_0020]);
}

#[test]
fn a_negative_value_makes_movn_and_others_movz() {
    let field = Field::move_signed(16, 33);
    assert_eq!(stored(field, -0x1_0001)[1], 0x0000_0020);
    assert_eq!(stored(field, 0x2_0000)[1], 0x4000_0040);
}

#[test]
fn movk_stays_movk() {
    let field = Field::move_signed(48, 65);
    assert_eq!(stored(field, -1)[0], 0xFFFF_FFFF);
    assert_eq!(stored(field, i64::MIN)[0], 0xFFF0_001F);
}

#[test]
fn only_the_low_bits_count() {
    let field = Field::bits(10, 12, 3).of_low(12);
    assert_eq!(stored(field, 0x7_1008)[1], 1 << 10);
}

#[test]
fn ranges_end_where_they_say() {
    let signed = Field::signed(1);
    assert!(signed.holds(127) && signed.holds(-128) && !signed.holds(128) && !signed.holds(-129));
    let unsigned = Field::unsigned(1);
    assert!(unsigned.holds(255) && unsigned.holds(0) && !unsigned.holds(256));
    assert!(!unsigned.holds(-1));
    let either = Field::either(1);
    assert!(either.holds(255) && either.holds(-128) && !either.holds(256) && !either.holds(-129));
    assert!(Field::WORD64.holds(i64::MIN) && Field::WORD64.holds(i64::MAX));
    let words = Field::bits(0, 26, 2).within_signed(28).aligned(2);
    assert!(words.holds(4) && words.holds(-(1 << 27)) && !words.holds(2) && !words.holds(1 << 27));
}

#[test]
fn limits_are_said_as_people_say_them() {
    assert_eq!(Field::signed(4).limits(), "the field reaches +-2 GiB");
    assert_eq!(Field::either(2).limits(), "the field holds -32 KiB to 64 KiB");
    let entry = Field::bits(10, 12, 3).within_unsigned(15).aligned(3);
    assert_eq!(entry.limits(), "the field holds 0 to 32 KiB in multiples of 8");
}

#[test]
fn what_is_cleared_is_what_is_stored() {
    for field in [Field::address(12), Field::move_signed(0, 17), Field::bits(5, 14, 2)] {
        let mut bytes = [0xFF; 6];
        field.clear(&mut bytes, 1);
        let mut full = [0xFF; 6];
        field.store(&mut full, 1, 0).unwrap();
        assert_eq!(bytes[0], 0xFF);
        assert_eq!(bytes[5], 0xFF);
        let cleared = u32::from_le_bytes(bytes[1..5].try_into().unwrap());
        let zeroed = u32::from_le_bytes(full[1..5].try_into().unwrap());
        assert_eq!(cleared, zeroed & cleared, "a bit was cleared that is not stored");
    }
    Field::signed(4).clear(&mut [0; 2], 1);
}
