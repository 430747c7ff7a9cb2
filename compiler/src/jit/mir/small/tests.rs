//! Which live functions are small enough, and called by few enough.

use super::{Calls, FEW, SMALL};
use crate::jit::codegen::tests::build::{Build, at, constant, load, module, scalar};
use crate::jit::mir::{Argument, Binary, Function, Inline, Linkage, Scalar, Value};

const OF: Scalar = Scalar::I32;

/// A live function that adds so often, and then calls these.
fn live(symbol: &str, times: usize, callees: &[&str]) -> Function {
    let mut build = Build::new(symbol, &[scalar(OF)], scalar(OF)).rust();
    let (from, to) = (build.parameter(0), build.function.result);
    for _ in 0..times {
        let more = Value::Binary(Binary::Add, load(OF, at(from, 0)), constant(OF, 1));
        build.set(OF, at(to, 0), more);
    }
    for callee in callees {
        let argument = vec![Argument::Scalar(OF, load(OF, at(from, 0)))];
        build.call(callee, argument, (at(to, 0), scalar(OF)));
    }
    build.end(crate::jit::mir::End::Return).done()
}

fn private(function: Function) -> Function {
    Function { linkage: Linkage::Private, ..function }
}

/// The symbols of those that may be inlined.
fn small(functions: Vec<Function>) -> Vec<String> {
    let mut small: Vec<_> = Calls::of(&module(functions).functions).small.into_iter().collect();
    small.sort();
    small
}

#[test]
fn a_function_counts_with_what_is_inside_of_it() {
    let outer = |times| live("outer", times, &["inner"]);
    let user = || live("user", SMALL, &["outer"]);
    assert_eq!(small(vec![user(), outer(1), live("inner", 1, &[])]), ["inner", "outer"]);
    assert_eq!(small(vec![user(), outer(SMALL - 10), live("inner", 1, &[])]), ["inner", "outer"]);
    assert_eq!(small(vec![user(), outer(SMALL - 10), live("inner", 10, &[])]), ["inner"]);
    assert!(small(vec![user(), outer(1), live("inner", SMALL, &[])]).is_empty());
    let inner = |inline| private(Function { inline, ..live("inner", 1, &[]) });
    assert_eq!(small(vec![user(), outer(1), inner(Inline::Never)]), ["outer"]);
}

#[test]
fn what_leads_to_a_call_is_not_inlined() {
    let user = || live("user", 1, &["outer"]);
    let never = Function { inline: Inline::Never, ..live("inner", 1, &[]) };
    assert!(small(vec![user(), live("outer", 1, &["inner"]), never]).is_empty());
    assert!(small(vec![user(), live("outer", 1, &["somebody_elses"])]).is_empty());
    assert!(small(vec![user(), live("outer", 1, &["outer"])]).is_empty());
    let around = private(live("around", 1, &["outer"]));
    for order in [[0, 1, 2], [2, 1, 0], [1, 0, 2]] {
        let functions = [user(), live("outer", 1, &["around"]), around.clone()];
        assert!(small(order.map(|index| functions[index].clone()).to_vec()).is_empty());
    }
}

#[test]
fn what_many_call_is_not_inlined() {
    let users = |count| {
        let users = (0..count).map(|index| live(&format!("user{index}"), SMALL, &["shared"]));
        users.chain([live("shared", 1, &[])]).collect()
    };
    assert_eq!(small(users(FEW)), ["shared"]);
    assert!(small(users(FEW + 1)).is_empty());
}
