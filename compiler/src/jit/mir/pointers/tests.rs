//! Who has a local's address.

use super::Pointers;
use crate::jit::codegen::tests::build::{
    Build, NOTHING, at, behind, call, constant, load, memory, scalar, used,
};
use crate::jit::mir::{Argument, Binary, BlockId, End, Scalar, Value};

const POINTER: Scalar = Scalar::Pointer;

#[test]
fn what_is_computed_from_an_address_points_to_the_same_local() {
    let mut build = Build::new("f", &[scalar(POINTER)], NOTHING);
    let [own, other] = [memory(16), memory(16)].map(|it| build.local(it));
    let [first, second, item] = [POINTER; 3].map(|it| build.local(scalar(it)));
    let given = build.parameter(0);
    build.set(POINTER, at(first, 0), Value::AddressOf(at(own, 8)));
    let sum = Value::Binary(Binary::Add, load(POINTER, at(first, 0)), constant(POINTER, 8));
    build.set(POINTER, at(second, 0), sum);
    build.set(POINTER, at(item, 0), used(load(POINTER, behind(given, 0))));
    build.set(POINTER, at(given, 0), Value::AddressOf(at(other, 0)));
    let pointers = Pointers::of(&build.end(End::Return).done());
    assert!(pointers.is_own(own) && pointers.is_own(other) && pointers.is_own(item));
    let (own, other) = (pointers.number(own), pointers.number(other));
    assert!(own != 0 && other != 0 && own != other);
    let led_to = [first, second, item, given].map(|it| pointers.led_to(it));
    assert_eq!(led_to, [own, own, 0, other]);
}

#[test]
fn an_address_that_is_stored_or_passed_is_everybodys() {
    let mut build = Build::new("f", &[scalar(POINTER)], NOTHING);
    let [stored, passed, held, kept] = [memory(16); 4].map(|it| build.local(it));
    let [one, two, three] = [POINTER; 3].map(|it| build.local(scalar(it)));
    let nothing = build.local(NOTHING);
    let given = build.parameter(0);
    let address = |of| Value::AddressOf(at(of, 0));
    build.set(POINTER, at(one, 0), address(stored));
    build.set(POINTER, behind(given, 0), used(load(POINTER, at(one, 0))));
    build.set(POINTER, at(two, 0), address(passed));
    // In a local that somebody points to himself.
    build.set(POINTER, at(three, 0), address(kept));
    build.set(POINTER, at(kept, 8), address(held));
    let arguments = vec![Argument::Scalar(POINTER, load(POINTER, at(two, 0)))];
    build.end(call("g", arguments, (at(nothing, 0), NOTHING), Some(BlockId(1)))).block();
    let pointers = Pointers::of(&build.end(End::Return).done());
    let is_own = [stored, passed, held, kept].map(|it| pointers.is_own(it));
    assert_eq!(is_own, [false, false, false, true]);
}

#[test]
fn more_locals_than_there_are_bits_are_nobodys_own() {
    let mut build = Build::new("f", &[], NOTHING);
    let pointer = build.local(scalar(POINTER));
    let locals: Vec<_> = (0..70).map(|_| build.local(memory(8))).collect();
    for local in &locals {
        build.set(POINTER, at(pointer, 0), Value::AddressOf(at(*local, 0)));
    }
    let pointers = Pointers::of(&build.end(End::Return).done());
    let own = locals.iter().filter(|local| pointers.is_own(**local)).count();
    assert_eq!((own, pointers.led_to(pointer)), (64, u64::MAX));
}
