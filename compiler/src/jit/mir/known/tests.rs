//! What is known is used, and only where nothing that it depends on has changed.

use super::{Key, keys};
use crate::jit::codegen::tests::build::{Build, at, constant, load, module, scalar};
use crate::jit::codegen::{Known, generate};
use crate::jit::mir::{Argument, Binary, End, Function, Inline, Module, Scalar, Value, calls};

const OF: Scalar = Scalar::I32;

/// `symbol` adds `amount` and calls `callee`, if there is one.
fn adds(symbol: &str, amount: u128, callee: Option<&str>) -> Build {
    let mut build = Build::new(symbol, &[scalar(OF)], scalar(OF)).rust();
    let (from, to) = (build.parameter(0), build.function.result);
    let sum = Value::Binary(Binary::Add, load(OF, at(from, 0)), constant(OF, amount));
    build.set(OF, at(to, 0), sum);
    if let Some(callee) = callee {
        let argument = vec![Argument::Scalar(OF, load(OF, at(to, 0)))];
        build.call(callee, argument, (at(to, 0), scalar(OF)));
    }
    build.end(End::Return);
    build
}

/// `top` calls the live `next` and the private `middle`, which calls the private `deep`.
fn chain(top: u128, next: u128, middle: u128, deep: u128, inline: Inline) -> Module {
    let private = |build: Build| build.private().inline(inline).done();
    let mut first = adds("top", top, Some("next"));
    let (from, to) = (first.parameter(0), first.function.result);
    let argument = vec![Argument::Scalar(OF, load(OF, at(from, 0)))];
    first.call("middle", argument, (at(to, 0), scalar(OF))).end(End::Return);
    module(vec![
        first.done(),
        adds("next", next, None).inline(inline).done(),
        private(adds("middle", middle, Some("deep"))),
        private(adds("deep", deep, None)),
    ])
}

fn keys_of(module: &Module) -> Vec<Option<Key>> {
    keys(module, &calls(module))
}

/// Which of `top`, `next`, `middle` and `deep` have another key than in the first module.
fn changed(other: &Module, inline: Inline) -> Vec<bool> {
    let keys = keys_of(&chain(1, 2, 3, 4, inline));
    assert!(keys.iter().all(Option::is_some));
    keys.iter().zip(keys_of(other)).map(|(first, second)| *first != second).collect()
}

#[test]
fn a_key_follows_what_may_be_inlined() {
    use Inline::{Never, Wished};
    let [yes, no] = [true, false];
    assert_eq!(changed(&chain(1, 2, 3, 4, Wished), Wished), [no; 4]);
    assert_eq!(changed(&chain(9, 2, 3, 4, Wished), Wished), [yes, no, no, no]);
    assert_eq!(changed(&chain(1, 9, 3, 4, Wished), Wished), [yes, yes, no, no]);
    assert_eq!(changed(&chain(1, 2, 3, 9, Wished), Wished), [yes, no, yes, yes]);
    assert_eq!(changed(&chain(1, 9, 3, 4, Never), Never), [no, yes, no, no]);
    assert_eq!(changed(&chain(1, 2, 3, 9, Never), Never), [no, no, no, yes]);
}

#[test]
fn a_key_follows_how_often_a_callee_is_called_and_how() {
    let first = chain(1, 2, 3, 4, Inline::Allowed);
    let mut twice = first.clone();
    twice.functions.push(adds("another", 5, Some("deep")).done().into());
    let keys = keys_of(&twice);
    let before = keys_of(&first);
    assert_ne!((keys[2], keys[0]), (before[2], before[0]), "`deep` is not the only one's any more");
    assert_eq!(keys[3], before[3]);
    let mut other: Function = (*first.functions[1]).clone();
    other.inline = Inline::Never;
    let mut called = first.clone();
    called.functions[1] = other.into();
    assert_ne!(keys_of(&called)[0], before[0]);
}

#[test]
fn what_leads_back_to_itself_has_no_key() {
    let private = |build: Build| build.private().inline(Inline::Wished).done();
    let cycle = module(vec![
        adds("top", 1, Some("first")).done(),
        private(adds("first", 1, Some("second"))),
        private(adds("second", 1, Some("first"))),
        private(adds("own", 1, Some("own"))),
    ]);
    let has_key: Vec<bool> = keys_of(&cycle).iter().map(Option::is_some).collect();
    assert_eq!(has_key, [false, false, false, true]);
}

#[test]
fn edits_of_a_module_give_what_a_module_by_itself_gives() {
    let mut known = Known::default();
    let edits = [[1, 2, 3, 4], [1, 2, 3, 5], [1, 2, 3, 4], [9, 2, 3, 4], [9, 8, 3, 5]];
    let mut sizes = Vec::new();
    for [top, next, middle, deep] in edits {
        for inline in [Inline::Wished, Inline::Never] {
            let edited = || chain(top, next, middle, deep, inline);
            let object = generate(edited(), &mut known).unwrap();
            assert_eq!(object, generate(edited(), &mut Known::default()).unwrap());
        }
        sizes.push(known.len());
    }
    assert_eq!(sizes[1], sizes[2], "everything was known");
}
