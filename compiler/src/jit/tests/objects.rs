//! Whether two compiles give the same code: the objects may differ in what they have it in.

use std::collections::{BTreeMap, HashSet};

use object::read::elf::ElfFile64;
use object::{LittleEndian, Object, ObjectSection, ObjectSymbol, RelocationTarget, SymbolKind};

use crate::Compiled;

/// What a symbol stands for: its bytes, and what stands in which place of them.
#[derive(Debug, PartialEq)]
struct Item {
    bytes: Vec<u8>,
    /// Offset, what the relocation is, its addend, and the symbol that it names.
    names: Vec<(u64, String, i64, String)>,
    is_global: bool,
    kind: SymbolKind,
}

/// How the symbols of files' paths begin.
const FILE: &str = ".Lsegue.file.";

type Items = BTreeMap<String, Item>;

fn items(bytes: &[u8]) -> Items {
    let file = ElfFile64::<LittleEndian>::parse(bytes).unwrap();
    let is_item = |kind| matches!(kind, SymbolKind::Text | SymbolKind::Data);
    // Files are numbered as they are met, which edits do in another order.
    let label = |symbol: &object::read::elf::ElfSymbol64<'_, '_, LittleEndian>| {
        let name = symbol.name().unwrap();
        let section = symbol.section_index().filter(|_| name.starts_with(FILE));
        section.map_or_else(
            || name.to_owned(),
            |section| {
                let path = file.section_by_index(section).unwrap().data().unwrap();
                format!("{FILE}{}", String::from_utf8_lossy(path))
            },
        )
    };
    let defined = file.symbols().filter(|it| it.is_definition() && is_item(it.kind()));
    let item = |symbol: object::read::elf::ElfSymbol64<'_, '_, LittleEndian>| {
        let section = file.section_by_index(symbol.section_index().unwrap()).unwrap();
        let names = section.relocations().map(|(offset, relocation)| {
            let RelocationTarget::Symbol(target) = relocation.target() else { panic!() };
            let target = label(&file.symbol_by_index(target).unwrap());
            (offset, format!("{:?}", relocation.flags()), relocation.addend(), target)
        });
        Item {
            bytes: section.data().unwrap().to_vec(),
            names: names.collect(),
            is_global: symbol.is_global(),
            kind: symbol.kind(),
        }
    };
    defined.map(|symbol| (label(&symbol), item(symbol))).collect()
}

/// Every live function that `expected` has as a whole is the same in `compiled`, with all that it leads to, wherever
/// it has it; and there is no other.
pub(super) fn assert_same_code(compiled: &Compiled, expected: &Compiled, what: &str) {
    assert!(expected.rest.is_none());
    let whole = items(&expected.object);
    let mut objects = vec![items(&compiled.object)];
    objects.extend(compiled.rest.as_deref().map(items));
    let is_live = |item: &Item| item.is_global && item.kind == SymbolKind::Text;
    let live = |items: &Items| -> HashSet<String> {
        items.iter().filter(|(_, it)| is_live(it)).map(|(name, _)| name.clone()).collect()
    };
    let known: HashSet<String> = objects.iter().flat_map(live).collect();
    assert_eq!(known, live(&whole), "{what}");
    for name in known {
        let number = objects.iter().position(|it| it.contains_key(&name)).unwrap();
        let (mut open, mut seen) = (vec![name], HashSet::new());
        while let Some(name) = open.pop() {
            if !seen.insert(name.clone()) {
                continue;
            }
            let found = objects[number].get(&name);
            assert_eq!(found, whole.get(&name), "{what}: `{name}` in object {number}");
            let names = found.into_iter().flat_map(|it| &it.names).map(|it| it.3.clone());
            // Other live functions are in whichever object counts.
            open.extend(names.filter(|it| !whole.get(it).is_some_and(is_live)));
        }
    }
}

/// The live functions that `compiled` has of its own, where it does not have all.
pub(super) fn of_the_part(compiled: &Compiled) -> Vec<String> {
    let items = items(&compiled.object);
    let live = items.iter().filter(|(_, it)| it.is_global && it.kind == SymbolKind::Text);
    let mut names: Vec<String> = live.map(|(name, _)| crate::function_path(name)).collect();
    names.sort();
    names
}
