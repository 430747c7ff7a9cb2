//! What an edit reaches, on programs that are small enough to see it.

use std::sync::Arc;

use super::{Change, Differing};
use crate::jit::codegen::tests::build::{Build, at, constant, load, module, scalar};
use crate::jit::mir::{
    Address, Argument, Binary, Data, DataKind, End, Function, Linkage, Module, Scalar, Value,
};

const OF: Scalar = Scalar::I32;

/// `symbol` adds `amount` and calls others.
fn adds(symbol: &str, amount: u128, callees: &[&str], linkage: Linkage) -> Function {
    let mut build = Build::new(symbol, &[scalar(OF)], scalar(OF)).rust();
    let (from, to) = (build.parameter(0), build.function.result);
    let sum = Value::Binary(Binary::Add, load(OF, at(from, 0)), constant(OF, amount));
    build.set(OF, at(to, 0), sum);
    for callee in callees {
        let argument = vec![Argument::Scalar(OF, load(OF, at(to, 0)))];
        build.call(callee, argument, (at(to, 0), scalar(OF)));
    }
    build.end(End::Return);
    Function { linkage, ..build.done() }
}

fn live(symbol: &str, amount: u128, callees: &[&str]) -> Function {
    adds(symbol, amount, callees, Linkage::Live)
}

fn private(symbol: &str, amount: u128, callees: &[&str]) -> Function {
    adds(symbol, amount, callees, Linkage::Private)
}

/// `one` and `two` lead to `deep` by private functions; `three` calls `one`.
fn program() -> Module {
    module(vec![
        live("one", 1, &["middle"]),
        live("two", 2, &["deep"]),
        live("three", 3, &["one"]),
        private("middle", 4, &["deep"]),
        private("deep", 5, &[]),
    ])
}

/// All but one of the live functions.
fn has_slot(symbol: &str) -> bool {
    symbol != "named"
}

fn change(functions: Vec<Function>, forgotten: &[&str]) -> Change {
    let mut forgotten: Vec<String> = forgotten.iter().map(|it| (*it).to_owned()).collect();
    forgotten.extend(functions.iter().map(|it| it.symbol.clone()));
    let functions = functions.into_iter().map(Arc::new).collect();
    Change { functions, forgotten, ..Change::default() }
}

/// The functions of the part, and those that it declares.
fn part(program: &Differing) -> Option<(String, String)> {
    let module = program.part(&["songs/live.rs".to_owned()])?;
    let names: Vec<&str> = module.functions.iter().map(|it| it.symbol.as_str()).collect();
    let outside = module.outside.unwrap();
    let mut declared: Vec<&str> = outside.declared.keys().map(String::as_str).collect();
    declared.sort_unstable();
    Some((names.join(" "), declared.join(" ")))
}

fn names(functions: &str, declared: &str) -> Option<(String, String)> {
    Some((functions.to_owned(), declared.to_owned()))
}

#[test]
fn a_part_is_what_leads_to_a_change_and_all_that_this_leads_to() {
    let mut program = Differing::of(&program(), has_slot);
    assert_eq!(part(&program), names("", ""));
    assert!(program.take(&change(vec![live("three", 9, &["one"])], &[])));
    assert_eq!(part(&program), names("three", "one"));
    assert!(program.take(&change(vec![private("middle", 9, &["deep"])], &[])));
    assert_eq!(part(&program), names("deep middle one three", ""));
    assert!(program.take(&change(vec![private("deep", 9, &[])], &[])));
    assert_eq!(part(&program), names("deep middle one three two", ""));
    let back = vec![private("deep", 5, &[]), private("middle", 4, &["deep"])];
    assert!(program.take(&change(back, &[])));
    assert_eq!(part(&program), names("three", "one"));
}

#[test]
fn who_has_no_slot_is_part_of_its_callers() {
    let mut whole = program();
    whole.functions.push(live("named", 6, &["one"]).into());
    whole.functions.push(live("shim", 7, &["named"]).into());
    let mut program = Differing::of(&whole, has_slot);
    assert!(program.take(&change(vec![live("named", 9, &["one"])], &[])));
    assert_eq!(part(&program), names("named shim", "one"));
}

#[test]
fn calls_are_counted_in_the_whole_program() {
    let mut program = Differing::of(&program(), has_slot);
    let count = |program: &Differing| {
        let outside = program.part(&[]).unwrap().outside.unwrap();
        outside.calls.get("deep").copied()
    };
    assert_eq!(count(&program), Some(2));
    assert!(program.take(&change(vec![live("two", 2, &["deep", "deep"])], &[])));
    assert_eq!(count(&program), Some(3));
    assert!(program.take(&change(vec![live("two", 2, &[])], &[])));
    assert_eq!(count(&program), Some(1));
}

#[test]
fn what_was_forgotten_is_gone_if_it_was_not_made_again() {
    let mut program = Differing::of(&program(), has_slot);
    let edited = live("one", 1, &["fresh"]);
    assert!(program.take(&change(vec![edited, private("fresh", 7, &["two"])], &["middle"])));
    assert_eq!(part(&program), names("fresh one", "two"));
    let back = vec![live("one", 1, &["middle"]), private("middle", 4, &["deep"])];
    assert!(program.take(&change(back, &["fresh"])));
    assert_eq!(part(&program), names("", ""));
    // Another function of a symbol that is there is no edit of it.
    let mut other = change(vec![private("deep", 1, &[])], &[]);
    other.forgotten.clear();
    assert!(!program.take(&other));
    // Live functions do not come and go.
    assert!(!program.take(&change(Vec::new(), &["one"])));
}

#[test]
fn values_of_statics_are_not_changed() {
    let data = |symbol: &str, byte: u8, kind, to: Option<&str>| Data {
        symbol: symbol.to_owned(),
        bytes: vec![byte; 8],
        align: 8,
        kind,
        addresses: to.map(|to| (0, Address::Function(to.to_owned()), 0)).into_iter().collect(),
    };
    let mut whole = program();
    whole.data = vec![data("table", 0, DataKind::Static, Some("middle"))];
    let mut program = Differing::of(&whole, has_slot);
    assert!(program.take(&change(vec![live("two", 9, &["deep"])], &[])));
    assert_eq!(part(&program), names("deep two", ""));
    assert!(program.take(&change(vec![private("deep", 9, &[])], &[])));
    assert_eq!(part(&program), None);
}
