//! Looks through linked code for references that would miss a swap: whatever an instruction of one
//! function names outside that function has to be a stub, data, or the host's, and no word of a
//! variable may hold an address inside a function.
//!
//! Known and counted apart: a local function that calls itself. Compilers' assemblers bind such a
//! call without a relocation, so a running recursion ends in the copy in which it began.

use std::ffi::c_void;
use std::fmt;
use std::ops::Range;

use iced_x86::{Decoder, DecoderOptions, Instruction, MemorySize, Mnemonic};
use segue_loader::Memory;

use crate::live::Live;

/// What was seen.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Seen {
    pub(crate) instructions: usize,
    /// Branches to stubs of slots, and through slots.
    pub(crate) through_slots: usize,
    /// Branches that leave the program.
    pub(crate) to_host: usize,
    /// Calls of a function to its own start.
    pub(crate) own_start: usize,
}

impl fmt::Display for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Seen { instructions, through_slots, to_host, own_start } = self;
        write!(
            f,
            "{instructions} instructions, {through_slots} branches through slots, {to_host} to the \
             host, {own_start} of local functions to their own start"
        )
    }
}

/// Every function's code and every variable.
pub(crate) fn check(live: &Live) -> Seen {
    let mut seen = Seen::default();
    let code = Code::of(live);
    for function in &live.functions {
        let linked = function.live.as_ref().unwrap();
        let mut walk =
            Walk { code: &code, name: &function.name, own: linked.range(), pieces: vec![] };
        walk.pieces.push(linked.entry()..linked.entry() + linked.size());
        walk.run(&mut seen);
    }
    assert!(seen.through_slots > live.functions.len(), "{seen}: is this a program?");
    for (name, address, size) in live.linker.statics() {
        for at in (0..size.saturating_sub(7)).step_by(8) {
            let word = read(address + at) as usize;
            let inside = code.function_at(word);
            assert!(inside.is_none(), "{name}+{at:#x} holds an address inside {inside:?}");
        }
    }
    seen
}

/// What lies where.
struct Code<'a> {
    /// Functions' ranges, sorted.
    functions: Vec<(Range<usize>, &'a str)>,
    slots: Range<usize>,
    /// Of the program's code, stubs included.
    window: Range<usize>,
}

impl<'a> Code<'a> {
    fn of(live: &'a Live) -> Code<'a> {
        let ranges = live.functions.iter();
        let mut functions: Vec<_> =
            ranges.map(|it| (it.live.as_ref().unwrap().range(), it.name.as_str())).collect();
        functions.sort_by_key(|(range, _)| range.start);
        let window = mapping_of(functions[0].0.start);
        Code { functions, slots: slots(&live.memory), window }
    }

    fn function_at(&self, address: usize) -> Option<&'a str> {
        let after = self.functions.partition_point(|(range, _)| range.start <= address);
        let (range, name) = self.functions.get(after.checked_sub(1)?)?;
        range.contains(&address).then_some(name)
    }

    /// What a branch out of a function goes to.
    fn at(&self, address: usize) -> Place {
        if !self.window.contains(&address) {
            return Place::Host;
        }
        let mut decoder = decoder(address..address + 16);
        let mut instruction = decoder.decode();
        let is_poison = instruction.mnemonic() == Mnemonic::Int3;
        assert!(!is_poison && !instruction.is_invalid(), "no code is at {address:#x}");
        if instruction.mnemonic() == Mnemonic::Endbr64 {
            instruction = decoder.decode();
        }
        match instruction.is_jmp_near_indirect() && instruction.is_ip_rel_memory_operand() {
            true => Place::Stub(instruction.ip_rel_memory_address() as usize),
            false => Place::Private,
        }
    }
}

/// Where a branch out of a function goes.
enum Place {
    /// A jump through this word.
    Stub(usize),
    /// Code that is no function of the program: outlined cold code that does not come back.
    Private,
    Host,
}

/// A decoder of linked code.
fn decoder(range: Range<usize>) -> Decoder<'static> {
    // SAFETY: callers name ranges of the code window, which stays mapped; what they decode is live and
    // stays unchanged.
    let bytes = unsafe {
        let start = std::ptr::with_exposed_provenance::<u8>(range.start);
        std::slice::from_raw_parts(start, range.len())
    };
    Decoder::with_ip(64, bytes, range.start as u64, DecoderOptions::NONE)
}

/// The executable mapping around an address.
fn mapping_of(address: usize) -> Range<usize> {
    let maps = std::fs::read_to_string("/proc/self/maps").unwrap();
    let mut ranges = maps.lines().map(|line| {
        let (start, rest) = line.split_once('-').unwrap();
        let end = rest.split_once(' ').unwrap().0;
        let [start, end] = [start, end].map(|it| usize::from_str_radix(it, 16).unwrap());
        start..end
    });
    ranges.find(|range| range.contains(&address)).unwrap()
}

fn slots(memory: &Memory) -> Range<usize> {
    let words = memory.slot_words();
    let start = words.cast::<usize>().as_ptr().addr();
    start..start + words.len() * size_of::<usize>()
}

fn read(address: usize) -> u64 {
    // SAFETY: callers name words of linked code, stubs and variables, which stay mapped.
    unsafe { std::ptr::with_exposed_provenance::<u64>(address).read_unaligned() }
}

/// The code around `address` as its unwind record has it: a function, or the cold part of one.
fn described(address: usize) -> Range<usize> {
    unsafe extern "C" {
        fn _Unwind_Find_FDE(address: *const c_void, bases: *mut [usize; 3]) -> *const u8;
    }
    let mut bases = [0; 3];
    // SAFETY: a look-up that fills three words at most, of which the last is where the code starts.
    let record =
        unsafe { _Unwind_Find_FDE(std::ptr::with_exposed_provenance(address), &raw mut bases) };
    assert!(!record.is_null(), "no unwind record describes {address:#x}");
    // Length, distance to the CIE, start, size: compilers' records have four bytes for each.
    let size = read(record.expose_provenance() + 12) as u32;
    bases[2]..bases[2] + size as usize
}

/// A walk over one function.
struct Walk<'a> {
    code: &'a Code<'a>,
    name: &'a str,
    own: Range<usize>,
    /// Pieces of code that it has met, the first for its start.
    pieces: Vec<Range<usize>>,
}

impl Walk<'_> {
    /// Decodes the function and its cold code, each from end to end.
    fn run(mut self, seen: &mut Seen) {
        let mut next = 0;
        while let Some(piece) = self.pieces.get(next).cloned() {
            next += 1;
            for instruction in decoder(piece) {
                let is_code = !instruction.is_invalid();
                assert!(is_code, "{} holds no code at {:#x}", self.name, instruction.ip());
                seen.instructions += 1;
                self.look(&instruction, seen);
            }
        }
    }

    /// Notes a branch inside of the function.
    fn meet(&mut self, target: usize) {
        if !self.pieces.iter().any(|piece| piece.contains(&target)) {
            self.pieces.push(described(target));
        }
    }

    fn look(&mut self, instruction: &Instruction, seen: &mut Seen) {
        let is_direct = instruction.is_call_near()
            || instruction.is_jmp_short_or_near()
            || instruction.is_jcc_short_or_near();
        if is_direct {
            let target = instruction.near_branch_target() as usize;
            if target == self.own.start && instruction.is_call_near() {
                seen.own_start += 1;
            } else if self.own.contains(&target) {
                self.meet(target);
            } else {
                self.leaves(instruction, target, seen);
            }
        } else if instruction.is_ip_rel_memory_operand() {
            self.names(instruction, instruction.ip_rel_memory_address() as usize, seen);
        }
    }

    /// An address beside the code: data, a slot, or a word that holds an address.
    fn names(&self, from: &Instruction, target: usize, seen: &mut Seen) {
        let inside = self.code.function_at(target).filter(|_| !self.own.contains(&target));
        assert!(inside.is_none(), "{} at {from:?} names {inside:?}", self.name);
        let is_branch = from.is_call_near_indirect() || from.is_jmp_near_indirect();
        if self.code.slots.contains(&target) {
            assert!(is_branch, "{} at {from:?} takes the address that a slot holds", self.name);
            seen.through_slots += 1;
        } else if is_branch || from.memory_size() == MemorySize::UInt64 {
            let inside = self.code.function_at(read(target) as usize);
            assert!(inside.is_none(), "{} at {from:?} loads {inside:?}", self.name);
            seen.to_host += usize::from(is_branch);
        }
    }

    /// A branch out of the function: by a stub through a slot, into cold code, or to the host.
    fn leaves(&mut self, from: &Instruction, target: usize, seen: &mut Seen) {
        let inside = self.code.function_at(target);
        assert!(inside.is_none(), "{} at {from:?} bypasses {inside:?}", self.name);
        match self.code.at(target) {
            Place::Stub(word) if self.code.slots.contains(&word) => seen.through_slots += 1,
            Place::Stub(word) => {
                let inside = self.code.function_at(read(word) as usize);
                assert!(inside.is_none(), "{} has a stub to {inside:?}", self.name);
                seen.to_host += 1;
            }
            Place::Host => seen.to_host += 1,
            Place::Private => self.meet(target),
        }
    }
}
