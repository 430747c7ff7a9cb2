//! What is written is told in one way by those who look and by those who change.

use super::{Role, in_end, in_statement, written, written_by_end};
use crate::jit::codegen::tests::build::{Build, at, behind, call, constant, memory, scalar, used};
use crate::jit::mir::{Binary, End, Place, Scalar, Statement};

const OF: Scalar = Scalar::I32;

#[test]
fn what_statements_and_ends_write_is_one_list() {
    let mut build = Build::new("f", &[scalar(OF)], scalar(OF));
    let [whole, pointer] = [build.local(memory(24)), build.local(scalar(Scalar::Pointer))];
    let [number, more] = [1, 2].map(|value| constant(OF, value));
    let statements = [
        Statement::Set(OF, behind(pointer, 4), used(number.clone())),
        Statement::SetChecked {
            scalar: OF,
            signed: false,
            to: at(whole, 0),
            overflow: at(whole, 4),
            op: Binary::Add,
            values: (number.clone(), more.clone()),
        },
        Statement::Copy { to: at(whole, 8), from: at(whole, 16), size: 8, align: 8 },
        Statement::CopyBytes {
            to: number.clone(),
            from: more.clone(),
            size: number.clone(),
            may_overlap: false,
        },
        Statement::Fill { to: number.clone(), value: more.clone(), size: number.clone() },
        Statement::IsNot { scalar: OF, place: at(whole, 0), first: 0, last: 3 },
    ];
    let mut counts = Vec::new();
    for mut statement in statements {
        let looked: Vec<_> = written(&statement).collect();
        assert_eq!(
            looked,
            visited(|mut visit| in_statement(&mut statement, &mut visit)),
            "{statement:?}"
        );
        counts.push(looked.len());
    }
    assert_eq!(counts, [1, 2, 1, 0, 0, 0]);
    let called = call("g", vec![], (at(whole, 8), memory(16)), None);
    let ends = [End::Return, End::Unreachable, End::Resume, called];
    let counts = ends.map(|mut end| {
        let looked: Vec<_> = written_by_end(&end).into_iter().collect();
        assert_eq!(looked, visited(|mut visit| in_end(&mut end, &mut visit)), "{end:?}");
        looked.len()
    });
    assert_eq!(counts, [0, 0, 0, 1]);
}

/// What is told as written.
fn visited(go: impl FnOnce(&mut dyn FnMut(Role, &mut Place, u64))) -> Vec<(Place, u64)> {
    let mut found = Vec::new();
    go(&mut |role, place: &mut Place, size| {
        if role == Role::Written {
            found.push((*place, size));
        }
    });
    found
}
