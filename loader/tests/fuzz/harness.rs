//! One malformed object through every phase: parse, split, link, and then the question where its
//! lines are. Shared by the tests here and by
//! the coverage-guided fuzzers in `loader/fuzz`, so it uses the public interface alone.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use segue_loader::{
    Config, Error, ErrorKind, Linker, Machine, Memory, Object, Resolvers, Selection, SlotIndex,
    Space, Symbols, Targets, split,
};

/// How far an object got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Linked,
    Refused(ErrorKind),
}

/// Links objects, one after the other, into windows of its own. Nothing that it links is executed.
pub struct Fuzzed {
    machine: Machine,
    space: Space,
    memory: Arc<Memory>,
    linker: Linker,
    slots: Slots,
}

#[derive(Default)]
struct Slots(BTreeMap<String, u32>);

impl Targets for Slots {
    fn slot(&mut self, function: &str) -> Result<SlotIndex, Error> {
        let next = self.0.len() as u32;
        Ok(SlotIndex(*self.0.entry(function.to_owned()).or_insert(next)))
    }

    fn static_fingerprint(&mut self, _: &str) -> u128 {
        0
    }
}

/// Small windows, so that huge sizes meet their limits.
const WINDOW: usize = 1 << 20;
const SLOTS: usize = 256;

impl Fuzzed {
    /// Windows of another address space.
    pub fn new(machine: Machine) -> Fuzzed {
        // Whatever an object asks for is there.
        Fuzzed::with(machine, Space::There { machine, base: 0x1000_0000 }, 0x4000_0000)
    }

    /// Windows of this process: its unwinder and its tools are told of what is linked.
    #[allow(dead_code, reason = "the fuzzers with coverage stay away from their own process")]
    pub fn here() -> Fuzzed {
        let near: fn() -> Fuzzed = Fuzzed::here;
        Fuzzed::with(Machine::X86_64, Space::Here, near as usize)
    }

    fn with(machine: Machine, space: Space, everything: usize) -> Fuzzed {
        let config = Config {
            code: WINDOW,
            read_only: WINDOW,
            data: WINDOW,
            slots: SLOTS,
            poison: false,
            space,
            resolvers: if space == Space::Here { Resolvers::Refuse } else { Resolvers::Call },
            ..Config::default()
        };
        let memory = Memory::reserve(config).expect("three MiB of memory");
        let mut symbols = Symbols::none();
        symbols.define_ending("", everything);
        if space != Space::Here {
            symbols.reserve_thread_locals(machine, 1 << 20);
        }
        let linker = Linker::new(Arc::clone(&memory), symbols);
        Fuzzed { machine, space, memory, linker, slots: Slots::default() }
    }

    /// Runs one object through the phases. Afterwards either it is linked, and reclaimed at once,
    /// or there is an error with a message and nothing of it is left in the windows.
    pub fn run(&mut self, bytes: &[u8]) -> Outcome {
        let before = self.memory.usage();
        let crowded = before.data > WINDOW / 2 || before.read_only > WINDOW / 2;
        if crowded || self.slots.0.len() > SLOTS / 2 {
            *self =
                if self.space == Space::Here { Fuzzed::here() } else { Fuzzed::new(self.machine) };
        }
        let before = self.memory.usage();
        match self.link(bytes) {
            Ok(()) => Outcome::Linked,
            Err(error) => {
                assert!(!error.to_string().is_empty(), "an error without a message");
                let after = self.memory.usage();
                // Stubs stay: they are made once for good.
                assert_eq!(before.read_only, after.read_only, "left behind after: {error}");
                assert!(after.code - before.code <= 1024, "left behind after: {error}");
                Outcome::Refused(error.kind())
            }
        }
    }

    /// Links an object against an archive, which alone may define what it asks for.
    #[allow(dead_code, reason = "the fuzzer of objects has no archive")]
    pub fn run_archive(&mut self, archive: &Path, bytes: &[u8]) -> Outcome {
        let mut symbols = Symbols::none();
        symbols.reserve_thread_locals(self.machine, 1 << 20);
        let asked = symbols.archive(archive).and_then(|()| {
            for known in ["puts", "__stack_chk_fail"] {
                symbols.define(known, 0x4000_0000);
            }
            self.linker = Linker::new(Arc::clone(&self.memory), symbols);
            self.link(bytes)
        });
        asked.map_or_else(|error| Outcome::Refused(error.kind()), |()| Outcome::Linked)
    }

    fn link(&mut self, bytes: &[u8]) -> Result<(), Error> {
        let object = Object::parse("fuzzed.o", bytes)?;
        let is_live = |name: &str| name.starts_with("live_") && !name.contains('.');
        let split = split(object, &is_live)?;
        let functions: Vec<usize> = (0..split.modules().len()).collect();
        let selection = Selection { split: &split, functions: &functions };
        let linked = self.linker.link(&[selection], &mut self.slots)?;
        // Debugging information comes from outside too.
        for linked in linked.iter().filter(|linked| linked.size() > 0) {
            for address in [linked.entry(), linked.entry() + linked.size() / 2] {
                assert!(!self.memory.locate(address).is_empty(), "code that nobody knows");
            }
        }
        Ok(())
    }
}
