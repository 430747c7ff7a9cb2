//! Pointers to locals disappear, where they are known, and stay where they are not.

use crate::jit::codegen::fields::{self, Home};
use crate::jit::codegen::tests::build::{
    Build, at, behind, constant, load, memory, module, scalar, used,
};
use crate::jit::codegen::tests::load;
use crate::jit::mir::{
    Argument, Binary, BlockId, End, Inline, LocalId, Scalar, Statement, Value, verify,
};

const OF: Scalar = Scalar::I32;
const POINTER: Scalar = Scalar::Pointer;

fn is_in_registers(build: &Build, local: LocalId) -> bool {
    let mut function = build.function.clone();
    super::forward(&mut function);
    verify(&module(vec![function.clone()])).unwrap();
    matches!(fields::homes(&function)[local.0 as usize], Home::Fields(_))
}

/// A counter behind a pointer, in a struct that is copied: what a closure captures.
#[test]
fn a_captured_reference_is_followed() {
    let mut build = Build::new("f", &[scalar(OF)], scalar(OF));
    let (counter, pointer) = (build.local(scalar(OF)), build.local(scalar(POINTER)));
    let [first, second] = [build.local(memory(24)), build.local(memory(24))];
    let through = build.local(scalar(POINTER));
    build.set(OF, at(counter, 0), used(load(OF, at(build.parameter(0), 0))));
    build.set(POINTER, at(pointer, 0), Value::AddressOf(at(counter, 0)));
    build.set(POINTER, at(first, 8), used(load(POINTER, at(pointer, 0))));
    build.say(Statement::Copy { to: at(second, 0), from: at(first, 0), size: 24, align: 8 });
    let (environment, captured) = (build.local(scalar(POINTER)), behind(through, 0));
    build.set(POINTER, at(environment, 0), Value::AddressOf(at(second, 0)));
    build.set(POINTER, at(through, 0), used(load(POINTER, behind(environment, 8))));
    let more = Value::Binary(Binary::Add, load(OF, captured), constant(OF, 5));
    build.set(OF, captured, more);
    let result = at(build.function.result, 0);
    build.set(OF, result, used(load(OF, at(counter, 0)))).end(End::Return);
    for local in [counter, first, second] {
        assert!(is_in_registers(&build, local), "{local}");
    }
    let code = load::load(&module(vec![build.done()]));
    // SAFETY: written above with this signature.
    let run: extern "C" fn(u32) -> u32 = unsafe { code.function("f") };
    assert_eq!(run(7), 12);
}

/// Which of two locals a pointer leads to is known when it runs only.
#[test]
fn a_pointer_to_one_of_two_is_not_followed() {
    let mut build = Build::new("f", &[scalar(Scalar::I8)], scalar(OF));
    let (which, pointer) = (build.parameter(0), build.local(scalar(POINTER)));
    let [first, second] = [1, 2].map(|value| {
        let local = build.local(scalar(OF));
        build.set(OF, at(local, 0), used(constant(OF, value)));
        local
    });
    let condition = load(Scalar::I8, at(which, 0));
    build.end(End::Branch(condition, BlockId(1), BlockId(2)));
    for local in [first, second] {
        build.block();
        build.set(POINTER, at(pointer, 0), Value::AddressOf(at(local, 0)));
        build.end(End::Goto(BlockId(3)));
    }
    build.block();
    build.set(OF, behind(pointer, 0), used(constant(OF, 9)));
    let sum = Value::Binary(Binary::Multiply, load(OF, at(first, 0)), load(OF, at(second, 0)));
    let result = at(build.function.result, 0);
    build.set(OF, result, sum).end(End::Return);
    assert!(!is_in_registers(&build, first) && !is_in_registers(&build, second));
    let code = load::load(&module(vec![build.done()]));
    // SAFETY: written above with this signature.
    let run: extern "C" fn(bool) -> u32 = unsafe { code.function("f") };
    assert_eq!([run(true), run(false)], [18, 9]);
}

/// A part of a pointer is written, or it comes from somebody else.
#[test]
fn a_pointer_that_others_write_is_not_followed() {
    let mut build = Build::new("f", &[scalar(POINTER)], scalar(OF));
    let (number, pointer) = (build.local(scalar(OF)), build.local(scalar(POINTER)));
    build.set(OF, at(number, 0), used(constant(OF, 3)));
    build.set(POINTER, at(pointer, 0), Value::AddressOf(at(number, 0)));
    let from = build.parameter(0);
    build.say(Statement::Copy { to: at(pointer, 0), from: behind(from, 0), size: 4, align: 4 });
    let result = at(build.function.result, 0);
    build.set(OF, result, used(load(OF, behind(pointer, 0)))).end(End::Return);
    let mut function = build.function.clone();
    super::forward(&mut function);
    let text = function.to_string();
    assert!(text.contains(&format!("(*{pointer})")), "{text}");
}

/// `&mut self` of an inlined method.
#[test]
fn a_method_that_was_inlined_works_on_registers() {
    let mut method =
        Build::new("next", &[scalar(POINTER)], scalar(OF)).private().inline(Inline::Wished);
    let (this, result) = (method.parameter(0), method.function.result);
    method.set(OF, at(result, 0), used(load(OF, behind(this, 4))));
    let more = Value::Binary(Binary::Add, load(OF, behind(this, 4)), load(OF, behind(this, 0)));
    method.set(OF, behind(this, 4), more).end(End::Return);
    let mut build = Build::new("f", &[scalar(OF)], scalar(OF));
    let (state, value) = (build.local(memory(8)), build.local(scalar(OF)));
    let pointer = build.local(scalar(POINTER));
    build.set(OF, at(state, 0), used(load(OF, at(build.parameter(0), 0))));
    build.set(OF, at(state, 4), used(constant(OF, 100)));
    for _ in 0..3 {
        build.set(POINTER, at(pointer, 0), Value::AddressOf(at(state, 0)));
        let this = vec![Argument::Scalar(POINTER, load(POINTER, at(pointer, 0)))];
        build.call("next", this, (at(value, 0), scalar(OF)));
    }
    let result = at(build.function.result, 0);
    build.set(OF, result, used(load(OF, at(value, 0)))).end(End::Return);
    let mut module = module(vec![build.done(), method.done()]);
    let code = load::load(&module);
    // SAFETY: written above with this signature.
    let run: extern "C" fn(u32) -> u32 = unsafe { code.function("f") };
    assert_eq!(run(7), 114);
    crate::jit::mir::optimise(&mut module);
    let text = module.to_string();
    assert!(!text.contains("= &") && !text.contains("call"), "{text}");
}

/// A parameter that is written on one of two ways.
#[test]
fn a_pointer_that_the_caller_gave_is_not_followed() {
    let mut build = Build::new("f", &[scalar(POINTER), scalar(Scalar::I8)], scalar(OF));
    let (given, which) = (build.parameter(0), build.parameter(1));
    let own = build.local(scalar(OF));
    build.set(OF, at(own, 0), used(constant(OF, 3)));
    build.end(End::Branch(load(Scalar::I8, at(which, 0)), BlockId(1), BlockId(2))).block();
    build.set(POINTER, at(given, 0), Value::AddressOf(at(own, 0)));
    build.end(End::Goto(BlockId(2))).block();
    let result = at(build.function.result, 0);
    build.set(OF, result, used(load(OF, behind(given, 0)))).end(End::Return);
    let code = load::load(&module(vec![build.done()]));
    // SAFETY: written above with this signature.
    let run: extern "C" fn(&u32, bool) -> u32 = unsafe { code.function("f") };
    assert_eq!([run(&8, true), run(&8, false)], [3, 8]);
}

#[test]
fn bytes_that_are_read_are_found_near_and_far() {
    let local = LocalId(1);
    let read = |begin, end| {
        let mut reads = super::Reads { near: vec![0; 2], far: Vec::new() };
        reads.add(local, begin, end);
        reads
    };
    for (begin, end) in [(0, 8), (56, 64), (60, 72), (64, 65), (8, 128), (0, u64::MAX)] {
        let reads = read(begin, end);
        for (at, size) in
            [(0, 1), (8, 8), (55, 1), (63, 1), (63, 2), (64, 1), (71, 8), (72, 8), (0, 256)]
        {
            let expected = begin < at + size && at < end;
            assert_eq!(reads.has(local, at, at + size), expected, "{begin}..{end}, {size} at {at}");
            assert!(!reads.has(LocalId(0), at, at + size));
        }
    }
}
