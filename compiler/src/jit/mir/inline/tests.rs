//! Which calls are inlined, and what is left of the module.

use crate::jit::codegen::tests::build::{Build, at, constant, load, module, scalar, used};
use crate::jit::mir::{
    Argument, Binary, Block, Calls, End, Function, Inline, Known, Linkage, Module, Scalar, Value,
    verify,
};

const OF: Scalar = Scalar::I32;

fn inline(module: &mut Module) {
    let mut keys = vec![None; module.functions.len()];
    let calls = Calls::of(&module.functions);
    super::inline(module, &calls, &mut keys, &mut Known::<()>::default());
}

/// A function that adds so often.
fn adds(symbol: &str, times: u32) -> Build {
    let mut build = Build::new(symbol, &[scalar(OF)], scalar(OF)).private();
    let (from, to) = (build.parameter(0), build.function.result);
    build.set(OF, at(to, 0), used(load(OF, at(from, 0))));
    for amount in 0..times {
        let more = Value::Binary(Binary::Add, load(OF, at(to, 0)), constant(OF, amount.into()));
        build.set(OF, at(to, 0), more);
    }
    build.end(End::Return);
    build
}

/// A live function that calls these one after the other.
fn calls(symbol: &str, callees: &[&str]) -> Function {
    let mut build = Build::new(symbol, &[scalar(OF)], scalar(OF)).rust();
    let (from, to) = (build.parameter(0), build.function.result);
    for callee in callees {
        let argument = vec![Argument::Scalar(OF, load(OF, at(from, 0)))];
        build.call(callee, argument, (at(to, 0), scalar(OF)));
    }
    build.end(End::Return).done()
}

fn names(module: &Module) -> Vec<&str> {
    module.functions.iter().map(|function| function.symbol.as_str()).collect()
}

/// What is left of a module in which `live` calls a function twice.
fn left(callee: Function) -> Vec<String> {
    let name = callee.symbol.clone();
    let mut module = module(vec![calls("live", &[&name, &name]), callee]);
    inline(&mut module);
    verify(&module).unwrap();
    names(&module).into_iter().map(str::to_owned).collect()
}

#[test]
fn how_large_a_function_may_be_depends_on_how_it_is_wished() {
    for (inline, times, is_inlined) in [
        (Inline::Allowed, 10, true),
        (Inline::Allowed, 100, false),
        (Inline::Wished, 100, true),
        (Inline::Wished, 300, false),
        (Inline::Demanded, 300, true),
        (Inline::Never, 1, false),
    ] {
        let left = left(adds("callee", times).inline(inline).done());
        assert_eq!(!left.contains(&"callee".to_owned()), is_inlined, "{inline:?} {times}");
    }
}

#[test]
fn a_live_function_is_inlined_and_stays() {
    for (wish, is_called) in [(Inline::Allowed, false), (Inline::Never, true)] {
        let mut callee = adds("callee", 1).inline(wish).done();
        callee.linkage = Linkage::Live;
        let mut module = module(vec![calls("live", &["callee", "callee"]), callee]);
        inline(&mut module);
        verify(&module).unwrap();
        assert_eq!(names(&module), ["live", "callee"]);
        let calls = |block: &Block| super::called(&block.end.0).is_some();
        assert_eq!(module.functions[0].blocks.iter().any(calls), is_called, "{wish:?}");
    }
}

#[test]
fn recursion_ends() {
    let mut functions = vec![calls("live", &["a"])];
    for (name, callees) in [("a", ["b", "c"]), ("b", ["c", "a"]), ("c", ["a", "b"])] {
        let mut function = calls(name, &callees);
        function.linkage = Linkage::Private;
        function.inline = Inline::Demanded;
        functions.push(function);
    }
    let mut module = module(functions);
    inline(&mut module);
    verify(&module).unwrap();
    assert!(names(&module).contains(&"live"));
}
