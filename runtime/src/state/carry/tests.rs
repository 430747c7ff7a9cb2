//! Conversions that lose nothing, and steps as their own inverse.

use super::{Carry, Step, Widening};

/// What `from` becomes in the bytes of a `to`, if every number of the one is a number of the other.
fn widened<A: Copy, B: Default + Copy>(number: A, from: &str, to: &str) -> Option<B> {
    let how = Widening::between(from, to)?;
    let mut out = B::default();
    // SAFETY: the names are those of the two types.
    unsafe { how.write((&raw const number).cast(), (&raw mut out).cast()) };
    Some(out)
}

#[test]
fn numbers_are_the_same_in_a_wider_type() {
    assert_eq!(widened(200_u8, "u8", "u64"), Some(200_u64));
    assert_eq!(widened(200_u8, "u8", "i16"), Some(200_i16));
    assert_eq!(widened(-3_i16, "i16", "i32"), Some(-3_i32));
    assert_eq!(widened(i64::MIN, "i64", "i128"), Some(i128::from(i64::MIN)));
    assert_eq!(widened(u128::MAX, "u128", "u128"), Some(u128::MAX));
    assert_eq!(widened(7_u32, "u32", "usize"), Some(7_usize));
    assert_eq!(widened(-7_isize, "isize", "i64"), Some(-7_i64));
    assert_eq!(widened(0.1_f32, "f32", "f64"), Some(f64::from(0.1_f32)));
    assert_eq!(widened(i16::MIN, "i16", "f32"), Some(f32::from(i16::MIN)));
    assert_eq!(widened(u32::MAX, "u32", "f64"), Some(f64::from(u32::MAX)));
    assert_eq!(widened(i32::MIN, "i32", "f64"), Some(f64::from(i32::MIN)));
}

#[test]
fn what_could_lose_something_is_no_widening() {
    for (from, to) in [
        ("u64", "u32"),
        ("i32", "u64"),
        ("u32", "i32"),
        ("f64", "f32"),
        ("u32", "f32"),
        ("i64", "f64"),
        ("usize", "f64"),
        ("f32", "u64"),
        ("bool", "u8"),
        ("char", "u32"),
        ("u128", "u64"),
        ("i128", "f64"),
    ] {
        assert_eq!(Widening::between(from, to), None, "{from} to {to}");
    }
}

#[test]
fn a_carry_run_twice_changes_nothing() {
    let before = ([[1_u8, 2, 3, 4], [5, 6, 7, 8]], [[9_u8; 6]; 3]);
    let (mut old, mut new) = before;
    let (from, to) = (1, 2);
    let each = Step::Each {
        from: 0,
        to: 6,
        strides: (4, 6),
        count: 2,
        steps: vec![Step::Swap { from, to, size: 2 }],
    };
    let mut carry = Carry::new(vec![each]);
    let (live, other) = (old.as_mut_ptr().cast::<u8>(), new.as_mut_ptr().cast::<u8>());
    // SAFETY: offsets and strides are those of the two arrays.
    unsafe { carry.run(live, other) };
    // SAFETY: as above; the values are read through the pointers that they were written through.
    let there =
        unsafe { (live.cast::<[[u8; 4]; 2]>().read(), other.cast::<[[u8; 6]; 3]>().read()) };
    assert_eq!(there.0, [[1, 9, 9, 4], [5, 9, 9, 8]]);
    assert_eq!(there.1, [[9; 6], [9, 9, 2, 3, 9, 9], [9, 9, 6, 7, 9, 9]]);
    // SAFETY: as above; the other way round, as after a turn.
    unsafe { carry.run(other, live) };
    assert_eq!((old, new), before);
}
