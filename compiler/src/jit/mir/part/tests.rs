//! What an edit reaches, on programs that are small enough to see it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Change, Differing};
use crate::jit::codegen::tests::build::{Build, at, constant, load, module, scalar};
use crate::jit::mir::{
    Address, Argument, Binary, Data, DataKind, End, Function, Inline, Known, Linkage, Module,
    Scalar, Value, calls, settle, verify,
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

/// One that stands inside of nobody.
fn live(symbol: &str, amount: u128, callees: &[&str]) -> Function {
    Function { inline: Inline::Never, ..small(symbol, amount, callees) }
}

fn small(symbol: &str, amount: u128, callees: &[&str]) -> Function {
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
        outside.calls.times("deep")
    };
    assert_eq!(count(&program), 2);
    assert!(program.take(&change(vec![live("two", 2, &["deep", "deep"])], &[])));
    assert_eq!(count(&program), 3);
    assert!(program.take(&change(vec![live("two", 2, &[])], &[])));
    assert_eq!(count(&program), 1);
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

/// `user` has `outer` inside, and by it `inner`, as `another` has; `over` calls `user`.
fn nested() -> Module {
    module(vec![
        live("user", 1, &["outer"]),
        live("another", 2, &["inner"]),
        live("over", 3, &["user"]),
        live("far", 4, &[]),
        live("__segue_f0", 8, &["inner"]),
        small("outer", 5, &["middle"]),
        private("middle", 6, &["inner"]),
        small("inner", 7, &[]),
    ])
}

/// The functions that code is made of.
fn made(program: &Differing) -> Option<String> {
    let module = program.part(&["songs/live.rs".to_owned()])?;
    Some(settled(module).into_keys().collect::<Vec<_>>().join(" "))
}

fn settled(mut module: Module) -> BTreeMap<String, Arc<Function>> {
    verify(&module).unwrap();
    let (calls, mut keys) = (calls(&module), vec![None; module.functions.len()]);
    settle(&mut module, &calls, &mut keys, &mut Known::<()>::default());
    module.functions.into_iter().map(|function| (function.symbol.clone(), function)).collect()
}

#[test]
fn who_has_an_edited_function_inside_is_made_again() {
    let mut program = Differing::of(&nested(), has_slot);
    assert!(program.take(&change(vec![live("over", 9, &["user"])], &[])));
    assert_eq!(part(&program), names("over", "user"));
    assert!(program.take(&change(vec![live("user", 9, &["outer"])], &[])));
    assert_eq!(part(&program), names("inner middle outer over user", "inner outer"));
    assert_eq!(made(&program).unwrap(), "over user");
    let before = vec![live("over", 3, &["user"]), live("user", 1, &["outer"])];
    assert!(program.take(&change(before, &[])));
    assert!(program.take(&change(vec![small("inner", 9, &[])], &[])));
    assert_eq!(made(&program).unwrap(), "another inner outer user");
}

#[test]
fn who_had_a_function_inside_that_is_small_no_more_is_made_again() {
    let mut program = Differing::of(&nested(), has_slot);
    assert!(program.take(&change(vec![small("inner", 7, &["far"])], &[])));
    assert_eq!(made(&program).unwrap(), "another inner outer user");
    // Nobody has it inside any more, but the whole has.
    assert!(program.take(&change(vec![small("inner", 9, &["far"])], &[])));
    assert_eq!(made(&program).unwrap(), "another inner outer user");
    assert!(program.take(&change(vec![small("inner", 7, &[])], &[])));
    assert_eq!(part(&program), names("", ""));
    // As many calls as that are too many.
    let often = vec!["inner"; 16];
    assert!(program.take(&change(vec![live("over", 3, &often)], &[])));
    assert_eq!(made(&program).unwrap(), "another outer over user");
    assert!(program.take(&change(vec![live("over", 3, &["user"])], &[])));
    assert_eq!(part(&program), names("", ""));
}

#[test]
fn a_part_has_what_the_whole_would_have() {
    let mut random = Random(0x5E60E);
    for _ in 0..60 {
        let mut functions: Vec<Function> = (0..12).map(|index| random.function(index)).collect();
        let mut program = Differing::of(&module(functions.clone()), has_slot);
        let base = settled(module(functions.clone()));
        for _ in 0..6 {
            let index = random.below(12);
            let old = functions[index].clone();
            let new = random.function(index);
            functions[index] = Function { linkage: old.linkage, symbol: old.symbol, ..new };
            assert!(program.take(&change(vec![functions[index].clone()], &[])));
            let whole = settled(module(functions.clone()));
            let part = settled(program.part(&["songs/live.rs".to_owned()]).unwrap());
            for (name, function) in whole.iter().filter(|it| it.1.linkage == Linkage::Live) {
                let own = if part.contains_key(name) { &part } else { &base };
                assert_eq!(own.get(name), Some(function));
                let (own, whole) = (led_to(own, name), led_to(&whole, name));
                assert_eq!(own, whole, "{name}");
            }
        }
    }
}

/// The private functions that one leads to.
fn led_to<'a>(
    functions: &'a BTreeMap<String, Arc<Function>>,
    from: &'a str,
) -> BTreeMap<&'a str, &'a Arc<Function>> {
    let (mut found, mut open) = (BTreeMap::new(), vec![from]);
    while let Some(name) = open.pop() {
        for callee in super::calls_of(&functions[name]) {
            let function = functions.get(callee).filter(|it| it.linkage == Linkage::Private);
            if let Some(function) = function.filter(|_| !found.contains_key(callee)) {
                found.insert(callee, function);
                open.push(callee);
            }
        }
    }
    found
}

/// xorshift64*, by Marsaglia and Vigna.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % limit
    }

    /// A function that mostly calls those of higher numbers.
    fn function(&mut self, index: usize) -> Function {
        let callees: BTreeSet<usize> = (0..self.below(4))
            .map(|_| {
                if self.below(8) == 0 {
                    self.below(12)
                } else {
                    (index + 1 + self.below(4)).min(11)
                }
            })
            .collect();
        let callees: Vec<String> = callees.into_iter().map(|callee| format!("f{callee}")).collect();
        let callees: Vec<&str> = callees.iter().map(String::as_str).collect();
        let linkage = if self.below(3) == 0 { Linkage::Private } else { Linkage::Live };
        let inline = [Inline::Never, Inline::Allowed, Inline::Allowed][self.below(3)];
        let amount = self.below(3) as u128;
        Function { inline, ..adds(&format!("f{index}"), amount, &callees, linkage) }
    }
}
