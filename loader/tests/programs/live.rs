//! A C program behind slots: every function of its objects is live.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use object::read::elf::ElfFile64;
use object::{Object as _, ObjectSymbol as _, SymbolKind};
use segue_loader::{
    Config, Error, Linked, Linker, Memory, Object, Selection, SlotIndex, Split, Symbols, Targets,
    split,
};

use crate::compile::Compiled;

/// The slots of a program's functions by name; a local function's is `object:symbol`.
#[derive(Default)]
pub(crate) struct Slots(pub(crate) HashMap<String, SlotIndex>);

impl Targets for Slots {
    fn slot(&mut self, function: &str) -> Result<SlotIndex, Error> {
        self.0.get(function).copied().ok_or_else(|| {
            let why = format!("{function} is no function of this program");
            Error::new(segue_loader::ErrorKind::Undefined, why)
        })
    }

    fn static_fingerprint(&mut self, _: &str) -> u128 {
        0
    }
}

/// One function of the program.
pub(crate) struct Function {
    /// Which object, and which of its modules.
    place: (usize, usize),
    pub(crate) name: String,
    pub(crate) slot: SlotIndex,
    /// What is published.
    pub(crate) live: Option<Linked>,
}

/// A program in memory.
pub(crate) struct Live {
    pub(crate) memory: Arc<Memory>,
    pub(crate) linker: Linker,
    pub(crate) slots: Slots,
    splits: Vec<Split>,
    pub(crate) functions: Vec<Function>,
}

impl Live {
    /// Links all of the objects' functions and publishes them.
    pub(crate) fn load(objects: &[Compiled]) -> Live {
        let memory = Memory::reserve(Config { poison: true, ..Config::default() }).unwrap();
        let linker = Linker::new(Arc::clone(&memory), Symbols::of_process().unwrap());
        let (slots, splits) = split_all(objects);
        let mut functions = Vec::new();
        for (object, split) in splits.iter().enumerate() {
            for (module, it) in split.modules().iter().enumerate() {
                let (slot, name) = (slots.0[&it.name], it.name.clone());
                functions.push(Function { place: (object, module), name, slot, live: None });
            }
        }
        let mut live = Live { memory, linker, slots, splits, functions };
        let all: Vec<usize> = (0..live.functions.len()).collect();
        live.swap(&all);
        live
    }

    /// Links the functions again and publishes the copies; the replaced ones may still be running.
    pub(crate) fn swap(&mut self, functions: &[usize]) -> Vec<Linked> {
        let linked = self.link(functions);
        let mut replaced = Vec::new();
        for (index, linked) in functions.iter().zip(linked) {
            let function = &mut self.functions[*index];
            assert_eq!(function.name, linked.name());
            // Pairs with the acquire load in `entry` and the loads of compiled code: who sees the
            // entry sees the code.
            slot_word(&self.memory, function.slot).store(linked.entry(), Ordering::Release);
            replaced.extend(function.live.replace(linked));
        }
        replaced
    }

    /// Copies of the functions, in their order.
    fn link(&mut self, functions: &[usize]) -> Vec<Linked> {
        let of_object = |object: usize| {
            let places = functions.iter().map(|index| self.functions[*index].place);
            places.filter(|place| place.0 == object).map(|place| place.1).collect::<Vec<usize>>()
        };
        let modules: Vec<Vec<usize>> = (0..self.splits.len()).map(of_object).collect();
        let selections = self.splits.iter().zip(&modules);
        let batch: Vec<Selection<'_>> =
            selections.map(|(split, functions)| Selection { split, functions }).collect();
        let linked = self.linker.link(&batch, &mut self.slots);
        let mut linked = linked.unwrap_or_else(|why| panic!("refused: {why}"));
        // The results are in the order of the batch, which is that of the functions' places.
        let mut order: Vec<usize> = (0..functions.len()).collect();
        order.sort_by_key(|at| self.functions[functions[*at]].place.0);
        let mut places = vec![0; order.len()];
        order.into_iter().enumerate().for_each(|(place, at)| places[at] = place);
        let mut linked: Vec<Option<Linked>> = linked.drain(..).map(Some).collect();
        places.into_iter().filter_map(|place| linked[place].take()).collect()
    }

    /// Gives everything back; nobody runs it any more.
    pub(crate) fn reclaim_all(mut self) {
        let entries: Vec<usize> =
            self.functions.iter().map(|it| it.live.as_ref().unwrap().entry()).collect();
        self.functions.clear();
        for entry in entries {
            // SAFETY: the windows stay mapped until `memory` is dropped.
            let byte = unsafe { std::ptr::with_exposed_provenance::<u8>(entry).read_volatile() };
            assert_eq!(byte, 0xCC, "what is run after it was reclaimed traps");
        }
        let usage = self.memory.usage();
        // A stub has 16 bytes, and room for them is taken 512 bytes at a time.
        let most = usage.stubs * 16 + 512;
        assert!(usage.code <= most, "only stubs are left: {usage:?}");
    }
}

/// A slot's word.
pub(crate) fn slot_word(memory: &Memory, slot: SlotIndex) -> &AtomicUsize {
    let words = memory.slot_words();
    assert!((slot.0 as usize) < words.len());
    // SAFETY: slots are zeroed words that live as long as the memory, used as atomics only.
    unsafe { AtomicUsize::from_ptr(words.cast::<usize>().add(slot.0 as usize).as_ptr()) }
}

/// Splits every object, with all functions that any of them defines as live ones.
fn split_all(objects: &[Compiled]) -> (Slots, Vec<Split>) {
    let bytes: Vec<Vec<u8>> = objects.iter().map(|it| std::fs::read(&it.path).unwrap()).collect();
    let functions: Vec<Vec<(String, bool)>> = bytes.iter().map(|it| functions_of(it)).collect();
    let all = functions.iter().flatten();
    let globals: HashSet<&str> =
        all.filter(|(_, is_global)| *is_global).map(|(name, _)| name.as_str()).collect();
    let mut splits = Vec::new();
    for ((compiled, bytes), functions) in objects.iter().zip(bytes).zip(&functions) {
        let own: HashSet<&str> = functions.iter().map(|(name, _)| name.as_str()).collect();
        let object = Object::parse(&compiled.name, bytes).unwrap();
        let split = split(object, &|name| own.contains(name) || globals.contains(name)).unwrap();
        let all = (split.modules().len(), own.len());
        assert_eq!(all.0, all.1, "every function of {} is live", compiled.name);
        splits.push(split);
    }
    let mut slots = Slots::default();
    for module in splits.iter().flat_map(Split::modules) {
        let next = SlotIndex(slots.0.len() as u32);
        slots.0.entry(module.name.clone()).or_insert(next);
    }
    (slots, splits)
}

/// The functions that an object defines, and whether other objects see them. The outlined cold code
/// of a function has a symbol of its own, but belongs to the function.
fn functions_of(bytes: &[u8]) -> Vec<(String, bool)> {
    let file = ElfFile64::<object::LittleEndian>::parse(bytes).unwrap();
    let symbols = file.symbols().filter(|it| it.kind() == SymbolKind::Text && it.is_definition());
    let named = symbols.map(|it| (it.name().unwrap().to_owned(), it.is_global()));
    named.filter(|(name, _)| !name.is_empty() && !name.ends_with(".cold")).collect()
}
