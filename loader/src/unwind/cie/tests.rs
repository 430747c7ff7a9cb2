//! CIEs as compilers write them, and others.

use super::Cie;

/// A record with this augmentation and its data, and `nops` behind them.
fn record(augmentation: &str, data: &[u8], nops: usize) -> Vec<u8> {
    let mut bytes = vec![0; 8];
    bytes.push(1);
    bytes.extend(augmentation.as_bytes());
    bytes.extend([0, 1, 0x78, 16]);
    if augmentation.starts_with('z') {
        bytes.push(data.len() as u8);
    }
    bytes.extend(data);
    bytes.resize(bytes.len() + nops, 0);
    bytes
}

#[test]
fn the_forms_of_gcc_and_clang() {
    for (augmentation, data, personality, size) in [
        ("", &[][..], None, 8),
        ("zR", &[0x1B], None, 4),
        ("zR", &[0x1C], None, 8),
        ("zRS", &[0x03], None, 4),
        ("zPLR", &[0x9B, 1, 2, 3, 4, 0x1B, 0x1B], Some(19), 4),
        ("zPLR", &[0x03, 1, 2, 3, 4, 0x03, 0x1B], Some(19), 4),
        ("zPLR", &[0x9C, 1, 2, 3, 4, 5, 6, 7, 8, 0x1C, 0x1C], Some(19), 8),
        ("zRB", &[0x1B], None, 4),
    ] {
        let cie = Cie::read(&record(augmentation, data, 3)).unwrap();
        assert_eq!((cie.personality, cie.addresses.size()), (personality, size), "{augmentation}");
    }
}

#[test]
fn what_the_unwinder_would_read_otherwise_is_refused() {
    for (augmentation, data) in [
        ("zQ", &[0x1B][..]),
        ("eh", &[]),
        ("zR", &[0x2B]),
        ("zR", &[0x9B]),
        ("zR", &[0x50]),
        ("zR", &[0x01]),
        ("zRR", &[0x1B]),
        ("zPLR", &[0x9B, 1, 2, 3]),
        ("zL", &[0xFF]),
    ] {
        assert!(Cie::read(&record(augmentation, data, 3)).is_none(), "{augmentation} {data:x?}");
    }
    let mut short = record("zR", &[0x1B], 0);
    short[15] = 2;
    assert!(Cie::read(&short).is_none(), "an augmentation that leaves the record");
    for end in 0..16 {
        assert!(Cie::read(&record("zR", &[0x1B], 0)[..end]).is_none(), "truncated at {end}");
    }
}

#[test]
fn fields_are_read_as_the_encoding_says() {
    let field = 0xFFFF_FFFF_FFFF_FFF0_u64.to_le_bytes();
    for (encoding, value) in [
        (0x00, 0xFFFF_FFFF_FFFF_FFF0_usize),
        (0x03, 0xFFFF_FFF0),
        (0x0B, 0xFFFF_FFFF_FFFF_FFF0),
        (0x1B, 0xFF0),
        (0x1C, 0xFF0),
        (0x13, 0x1_0000_0FF0),
    ] {
        let encoding = Cie::read(&record("zR", &[encoding], 0)).unwrap().addresses;
        assert_eq!(encoding.read(&field, 0x1000), Some(value), "{encoding:?}");
        assert_eq!(encoding.read(&field[..encoding.size() - 1], 0x1000), None);
        assert_eq!(encoding.plain().read(&[7, 0, 0, 0, 0, 0, 0, 0], 0x1000), Some(7));
    }
}
