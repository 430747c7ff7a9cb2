//! Plans: which fields move, and what is said of each.

use super::*;

fn layout(fields: &[(&str, &str, u128, usize, usize)]) -> StateLayout {
    StateLayout {
        name: "State".into(),
        fingerprint: Fingerprint(fields.len() as u128),
        memory: std::alloc::Layout::from_size_align(64, 8).expect("a power of two"),
        fields: fields
            .iter()
            .map(|&(name, ty, fingerprint, offset, size)| FieldLayout {
                name: name.into(),
                ty: ty.into(),
                fingerprint: Fingerprint(fingerprint),
                offset,
                size,
            })
            .collect(),
    }
}

fn check(old: &StateLayout, new: &StateLayout, moves: &[(usize, usize, usize)], lines: &[&str]) {
    let (planned, said) = old.plan(new);
    let planned: Vec<_> = planned.iter().map(|step| (step.from, step.to, step.size)).collect();
    assert_eq!(planned, moves);
    assert_eq!(said.iter().map(ToString::to_string).collect::<Vec<_>>(), lines);
}

#[test]
fn fields_move_by_name_and_type() {
    check(
        &layout(&[("phase", "f32", 1, 0, 4), ("gain", "f32", 1, 4, 4)]),
        &layout(&[("gain", "f32", 1, 0, 4), ("phase", "f32", 1, 8, 4)]),
        &[(4, 0, 4), (0, 8, 4)],
        &["gain: kept", "phase: kept"],
    );
}

#[test]
fn added_removed_and_retyped_fields_are_named() {
    check(
        &layout(&[("phase", "f32", 1, 0, 4), ("old", "u8", 2, 4, 1)]),
        &layout(&[("phase", "f64", 3, 0, 8), ("new", "u8", 2, 8, 1)]),
        &[],
        &[
            "phase: f32 became f64, starts as its default",
            "new: u8 is new, starts as its default",
            "old: u8 dropped",
        ],
    );
}

#[test]
fn a_type_redefined_under_its_name_does_not_move() {
    check(
        &layout(&[("voice", "Voice", 1, 0, 4)]),
        &layout(&[("voice", "Voice", 2, 0, 4)]),
        &[],
        &["voice: Voice was redefined, starts as its default"],
    );
}

#[test]
fn a_field_outside_its_state_is_refused() {
    let state = State {
        name: "State".into(),
        line: 1,
        fingerprint: Fingerprint(1),
        fields: vec![segue_compiler::Field {
            name: "x".into(),
            ty: "u64".into(),
            fingerprint: Fingerprint(2),
        }],
        is_struct: true,
        shims: None,
        no_shims_reason: None,
    };
    assert!(StateLayout::from_words(&state, &[8, 8, 4, 8]).is_err());
    assert!(StateLayout::from_words(&state, &[8, 3, 0, 8]).is_err());
    assert!(StateLayout::from_words(&state, &[8, 8, 0, 8]).is_ok());
}
