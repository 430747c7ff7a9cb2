//! Chains of copies go, and copies that outlive what they are of stay.

use crate::jit::codegen::tests::build::{
    Build, at, behind, constant, load, memory, module, scalar, used,
};
use crate::jit::codegen::tests::load;
use crate::jit::mir::{Binary, End, Scalar, Value, optimise};

const OF: Scalar = Scalar::I32;
const POINTER: Scalar = Scalar::Pointer;

#[test]
fn a_chain_of_copies_is_none() {
    let mut build = Build::new("f", &[scalar(OF)], scalar(OF));
    let mut last = build.parameter(0);
    for _ in 0..5 {
        let next = build.local(scalar(OF));
        build.set(OF, at(next, 0), used(load(OF, at(last, 0))));
        last = next;
    }
    let result = at(build.function.result, 0);
    build.set(OF, result, used(load(OF, at(last, 0)))).end(End::Return);
    let mut module = module(vec![build.done()]);
    optimise(&mut module);
    assert_eq!(module.functions[0].blocks[0].statements.len(), 1, "{module}");
}

/// `let old = x; x += 1; old * x`
#[test]
fn a_copy_outlives_what_it_is_of() {
    let mut build = Build::new("f", &[scalar(OF)], scalar(OF));
    let (x, old) = (build.parameter(0), build.local(scalar(OF)));
    let get = |local| load(OF, at(local, 0));
    build.set(OF, at(old, 0), used(get(x)));
    build.set(OF, at(x, 0), Value::Binary(Binary::Add, get(x), constant(OF, 1)));
    let result = at(build.function.result, 0);
    build.set(OF, result, Value::Binary(Binary::Multiply, get(old), get(x))).end(End::Return);
    let code = load::load(&module(vec![build.done()]));
    // SAFETY: written above with this signature.
    let run: extern "C" fn(u32) -> u32 = unsafe { code.function("f") };
    assert_eq!(run(6), 42);
}

/// A loop over an array that was gone through: each element has an address of its own, and none is needed.
#[test]
fn what_is_behind_a_computed_pointer_to_a_local_is_in_it() {
    let array = memory(16);
    let mut build = Build::new("f", &[scalar(OF)], scalar(OF));
    let (x, result) = (build.parameter(0), build.function.result);
    let [list, base, index, by, element] =
        [array, scalar(POINTER), scalar(Scalar::I64), scalar(Scalar::I64), scalar(POINTER)]
            .map(|it| build.local(it));
    build.set(OF, at(result, 0), used(constant(OF, 0)));
    build.set(Scalar::I64, at(index, 0), used(constant(Scalar::I64, 0)));
    for _ in 0..4 {
        let get = |local| load(Scalar::I64, at(local, 0));
        let times = Value::Binary(Binary::Multiply, get(index), constant(Scalar::I64, 4));
        build.set(POINTER, at(base, 0), Value::AddressOf(at(list, 0)));
        build.set(Scalar::I64, at(by, 0), times);
        let moved = Value::Binary(Binary::Add, load(POINTER, at(base, 0)), get(by));
        build.set(POINTER, at(element, 0), moved);
        build.set(OF, behind(element, 0), used(load(OF, at(x, 0))));
        let sum = Value::Binary(Binary::Add, load(OF, at(result, 0)), load(OF, behind(element, 0)));
        build.set(OF, at(result, 0), sum);
        let next = Value::Binary(Binary::Add, get(index), constant(Scalar::I64, 1));
        build.set(Scalar::I64, at(index, 0), next);
    }
    build.end(End::Return);
    let mut module = module(vec![build.done()]);
    optimise(&mut module);
    let text = module.to_string();
    assert!(!text.contains('&') && !text.contains("(*"), "{text}");
    let code = load::load(&module);
    // SAFETY: written above with this signature.
    let run: extern "C" fn(u32) -> u32 = unsafe { code.function("f") };
    assert_eq!(run(6), 24);
}
