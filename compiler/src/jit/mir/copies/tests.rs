//! Chains of copies go, and copies that outlive what they are of stay.

use crate::jit::codegen::tests::build::{Build, at, constant, load, module, scalar, used};
use crate::jit::codegen::tests::load;
use crate::jit::mir::{Binary, End, Scalar, Value, optimise};

const OF: Scalar = Scalar::I32;

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
