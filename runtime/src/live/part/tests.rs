//! Edits by parts come to the same as texts that are gone over as a whole.

use std::collections::BTreeMap;

use segue_compiler::{Cancel, Compiled, Compiler, Rustc, Source};
use segue_loader::Digest;

use super::super::tests::live;
use super::*;
use crate::functions::Functions;

/// Functions beside those that are edited: enough for several rows.
const OTHERS: usize = 40;

/// Of a file with these functions, `first` and `second` as given; `second` may call `Gain::raise`.
fn text(first: &str, second: &str, others: usize) -> String {
    let never = "#[inline(never)] ";
    let other = |at| format!("{never}pub fn other_{at}(x: u64) -> u64 {{ x + {at} }}\n");
    let others: String = (0..others).map(other).collect();
    format!(
        "pub struct Gain(u64);\n\
         impl Gain {{ {never}fn raise(&self, x: u64) -> u64 {{ x + self.0 }} }}\n\
         {never}pub fn first(x: u64) -> u64 {{ {first} }}\n\
         {never}pub fn second(x: u64) -> u64 {{ {second} }}\n\
         pub fn gain(x: u64) -> Gain {{ Gain(x) }}\n{others}"
    )
}

fn compiled(text: &str) -> Compiled {
    let source = Source { path: "/live.rs".into(), text: text.into(), support: Vec::new() };
    let rustc = Rustc::find().expect("rustc is on the machine");
    rustc.compile(&source, &Cancel::default()).expect("it compiles")
}

/// What of the live generation differs from `compiled`, by the parts alone; and then it is made live.
fn commit(live: &mut Live, compiled: Compiled) -> (Option<Vec<String>>, Prepared) {
    let interface = Arc::new(compiled.interface.clone());
    let told = compiled.rest.as_ref().map(|rest| {
        let part = super::super::split(compiled.object.clone(), &interface).expect("a good object");
        let whole = live.whole(rest.clone(), &interface).expect("a good object");
        Basis { part: Some(Arc::new(part)), whole }
    });
    let told = told.and_then(|basis| live.differing(&interface, &basis));
    let told = told.map(|all| names(all.iter().map(|each| &each.symbol)));
    let number = live.next_number();
    let prepared = live.prepare(compiled, number, Callers::One).expect("it links");
    for store in &prepared.stores {
        // SAFETY: the table is the one of `live`.
        unsafe { store.slot.get() }.publish(store.entry);
    }
    live.committed(&prepared);
    (told, prepared)
}

/// The paths of functions, each once: of some the shim changes too.
fn names<'a>(symbols: impl Iterator<Item = &'a Arc<str>>) -> Vec<String> {
    let mut names: Vec<_> = symbols.map(|symbol| segue_compiler::function_path(symbol)).collect();
    names.sort();
    names.dedup();
    names
}

fn digests(functions: &Functions) -> BTreeMap<String, Digest> {
    functions.iter().map(|(symbol, live)| (symbol.to_string(), live.digest())).collect()
}

#[test]
fn edits_by_parts_make_what_whole_texts_make() {
    let (bare, called) = ("x * 2", "Gain(x).raise(other_3(x))");
    let whole = compiled(&text(bare, called, OTHERS));
    let mut live = live();
    commit(&mut live, whole.clone());
    let by = |part: &str| {
        let object = compiled(part).object;
        Compiled { object, rest: Some(whole.object.clone()), ..whole.clone() }
    };
    // Both bodies, how many functions the part has beside them, and what the parts tell.
    let steps: [(&str, &str, usize, Option<&[&str]>); 7] = [
        ("x * 3", called, OTHERS, Some(&["first"])),
        ("x * 3", called, OTHERS, Some(&[])),
        // The next part has neither `first` of before nor any other function.
        (bare, "Gain(x).raise(other_3(x + 1))", 4, Some(&["first", "second"])),
        ("other_5(x) * 5", "Gain(x).raise(other_4(x))", 6, Some(&["first", "second"])),
        // Nothing else calls `Gain::raise`: all is gone over, and it is let go.
        (bare, "other_4(x)", 6, None),
        // It comes back.
        ("x * 7", called, 6, None),
        ("x * 8", called, 6, Some(&["first"])),
    ];
    for (first, second, others, expected) in steps {
        let before = live.current().functions.clone();
        let (told, prepared) = commit(&mut live, by(&text(first, second, others)));
        let functions = &prepared.generation.functions;
        let shared = Functions::of_all([&before, functions].into_iter()).count();
        let expected: Option<Vec<String>> =
            expected.map(|names| names.iter().map(ToString::to_string).collect());
        assert_eq!(told, expected, "{first}, {second}");
        if told.is_some() {
            let apart = functions.apart_from(&before).map(|(symbol, _)| symbol);
            assert_eq!(Some(names(apart)), expected, "{first}, {second}");
            assert!(shared < 2 * functions.len(), "rows are shared");
        }
        let mut anew = super::super::tests::live();
        let (_, anew) = commit(&mut anew, compiled(&text(first, second, OTHERS)));
        assert_eq!(digests(functions), digests(&anew.generation.functions), "{first}, {second}");
        assert_eq!(functions.len(), functions.iter().count());
        for (symbol, own) in functions.iter() {
            assert!(Arc::ptr_eq(own, &functions[symbol]), "{symbol}");
        }
    }
}
