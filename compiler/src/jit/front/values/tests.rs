//! Statics become bytes, and their references addresses.

use super::super::super::mir::{Address, Data, DataKind};
use super::super::database::Database;
use super::super::functions::Items;
use super::super::symbols::Symbols;
use super::{Named, Values};

/// The data of every static of a text, by name, or why there is none.
fn statics(text: &str) -> Vec<(String, Result<Vec<Data>, String>)> {
    let mut db = Database::new();
    db.apply(vec![("/song.rs".to_owned(), text.to_owned())]);
    db.attach(|db| {
        let live = db.live_crate();
        let symbols = Symbols::new(db, live, "song");
        let symbol = |named| match named {
            Named::Function(function, args) => symbols.function(function, args),
            Named::Closure(closure, args) => symbols.closure(closure, args),
        };
        let values = Values { db, live, symbol: &symbol };
        let all = Items::of(db, live).statics.into_iter().map(|id| {
            let symbol = symbols.variable(id);
            let name = crate::symbol::function_path(&symbol);
            (name, values.variable(id, symbol).map(|(data, _)| data))
        });
        all.collect()
    })
}

fn only(text: &str) -> Vec<Data> {
    let mut all = statics(text);
    assert_eq!(all.len(), 1, "{all:?}");
    all.remove(0).1.expect("it has a value")
}

#[test]
fn numbers_arrays_and_structs_are_bytes() {
    let data = only("static A: [u16; 3] = [1, 2, 0x1234];");
    assert_eq!((data[0].bytes.as_slice(), data[0].align), ([1, 0, 2, 0, 0x34, 0x12].as_slice(), 2));
    assert_eq!(data[0].kind, DataKind::Static);
    let data = only("struct P { a: u8, b: u32 } static mut P: P = P { a: 7, b: 9 };");
    assert_eq!((data[0].bytes.len(), data[0].kind), (8, DataKind::Mutable));
    assert!(data[0].addresses.is_empty() && data.len() == 1);
}

#[test]
fn references_are_addresses_of_constants_of_their_own() {
    let data = only("static S: (&str, u32, &[u16]) = (\"hey\", 5, &[1, 2]);");
    let [whole, text, numbers] = data.as_slice() else { panic!("{data:?}") };
    assert_eq!(whole.addresses.len(), 2);
    for (place, address, addend) in &whole.addresses {
        let Address::Data(symbol) = address else { panic!("{address:?}") };
        let target = if *symbol == text.symbol { text } else { numbers };
        assert_eq!((*symbol == target.symbol, *addend), (true, 0));
        let length = &whole.bytes[*place as usize + 8..*place as usize + 16];
        let elements = target.bytes.len() as u64 / target.align;
        assert_eq!(length, elements.to_le_bytes());
        assert_eq!(&whole.bytes[*place as usize..*place as usize + 8], [0; 8]);
    }
    assert_eq!((text.bytes.as_slice(), text.kind), (b"hey".as_slice(), DataKind::Constant));
    assert_eq!((numbers.bytes.as_slice(), numbers.align), ([1, 0, 2, 0].as_slice(), 2));
}

#[test]
fn references_inside_of_variants_and_of_references_are_found() {
    let text = "enum E { None, One(&'static u8), Two(u8, &'static [&'static str]) }
        static E: [E; 3] = [E::One(&4), E::None, E::Two(3, &[\"a\", \"bc\"])];";
    let data = only(text);
    assert_eq!(data[0].addresses.len(), 2, "{data:?}");
    let of = |bytes: &[u8]| data.iter().filter(|it| it.bytes == bytes).count();
    assert_eq!((of(&[4]), of(b"a"), of(b"bc")), (1, 1, 1), "{data:?}");
    let list = data.iter().find(|it| it.bytes.len() == 32 && it.addresses.len() == 2);
    assert!(list.is_some(), "{data:?}");
}

#[test]
fn functions_are_named_by_their_symbols() {
    let data = only("fn one() -> u8 { 1 } static F: [fn() -> u8; 2] = [one, one];");
    let [whole] = data.as_slice() else { panic!("{data:?}") };
    let names: Vec<String> = whole
        .addresses
        .iter()
        .map(|(_, address, _)| match address {
            Address::Function(symbol) => crate::symbol::function_path(symbol),
            Address::Data(symbol) => symbol.clone(),
        })
        .collect();
    assert_eq!(names, ["one", "one"]);
    let data = only("static F: fn(u8) -> u8 = |x| x;");
    let [(0, Address::Function(symbol), 0)] = data[0].addresses.as_slice() else {
        panic!("{data:?}")
    };
    assert!(symbol.contains("1F") && symbol.ends_with(".jit"), "{symbol}");
}

#[test]
fn what_is_not_known_is_refused() {
    let all = statics("static P: *const u8 = &5 as *const u8;");
    assert!(all[0].1.is_err(), "{all:?}");
}
