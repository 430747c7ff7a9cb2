//! Content digests: when is a function the same function? (phase: prune)
//!
//! A unit's digest covers its bytes with relocated fields masked, and per relocation the offset,
//! kind, addend and *symbolic* target: the name of a live function, static or external symbol, the
//! digest of private code and constants. Section numbers, compiler-made names and the order of
//! things in the object do not count, so an edit elsewhere in the file leaves a digest alone.
//!
//! Inside a strongly connected component no digest can be finished before the others. There the
//! members are hashed with a blank for each other, then again with the previous round's results,
//! until a round distinguishes no more members than the one before. Two members with one digest
//! then behave alike at every step, in this object or another, for ever.
//!
//! A ring of many members that are nearly the same would need a round for each of them. After
//! [`ROUNDS`] the members are told apart by their places in the component instead: each is hashed
//! with the places of those it refers to, and all of them, in order, are the component's digest. Equal
//! digests then mean equal members with equal references at every place, so what differs is never
//! taken for the same; only that the same is recognised in another order is given up.

use std::collections::HashMap;

use xxhash_rust::xxh3::{Xxh3, xxh3_128};

use crate::arch::{self, Kind};
use crate::blocks::{BlockId, BlockKind, Target};
use crate::graph::{Graph, Relocation, SectionId, SectionKind};
use crate::runs::{bounded_section, is_identifier};
use crate::units::{Chunk, ChunkKind, Units};
use crate::unwind::CIE_POINTER;

/// A content digest of a function module or of a static's initial value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Digest(pub u128);

/// The rounds after which the members of a component are told apart by their places.
const ROUNDS: u32 = 16;

/// The place of a block that is not in the component.
const OUTSIDE: u32 = u32::MAX;

/// Names that are longer are hashed before they are put into the buffer: many relocations may have
/// one name.
const LONG: usize = 256;

/// Scratch memory for digests, reused from unit to unit.
#[derive(Default)]
pub(crate) struct Digester {
    buffer: Vec<u8>,
    /// This and the previous round's digests of the component in work.
    round: Vec<Digest>,
    previous: Vec<Digest>,
    /// Per block, its place in the component in work.
    places: Vec<u32>,
}

impl Digester {
    /// Digests a component; the members' own digests are then in `digest_of`.
    pub(crate) fn component(&mut self, units: &Units, members: &[BlockId]) -> Digest {
        for (place, member) in members.iter().enumerate() {
            let index = member.0 as usize;
            self.places.resize(self.places.len().max(index + 1), OUTSIDE);
            self.places[index] = place as u32;
        }
        let digest = self.by_rounds(units, members);
        for member in members {
            self.places[member.0 as usize] = OUTSIDE;
        }
        digest
    }

    fn by_rounds(&mut self, units: &Units, members: &[BlockId]) -> Digest {
        self.previous.clear();
        self.hash_members(units, members);
        if members.len() == 1 {
            return self.round[0];
        }
        let mut classes = self.classes();
        let mut rounds = 1u32;
        loop {
            if rounds == ROUNDS {
                return self.by_places(units, members);
            }
            std::mem::swap(&mut self.round, &mut self.previous);
            self.hash_members(units, members);
            rounds += 1;
            let now = self.classes();
            if now == classes {
                break;
            }
            classes = now;
        }
        let mut all = self.round.clone();
        all.sort_unstable();
        self.whole(rounds, &all)
    }

    /// The digest of a component whose members are not told apart by what they are in time.
    fn by_places(&mut self, units: &Units, members: &[BlockId]) -> Digest {
        self.previous.clear();
        self.previous.extend((0..members.len()).map(|place| Digest(place as u128)));
        self.hash_members(units, members);
        let all = self.round.clone();
        self.whole(u32::MAX, &all)
    }

    /// The digest of a component of which `all` is known; from it those of the members.
    fn whole(&mut self, rounds: u32, all: &[Digest]) -> Digest {
        self.buffer.clear();
        self.put(&rounds.to_le_bytes());
        for digest in all {
            self.put(&digest.0.to_le_bytes());
        }
        let component = xxh3_128(&self.buffer);
        for index in 0..self.round.len() {
            self.buffer.clear();
            self.put(&component.to_le_bytes());
            self.put(&self.round[index].0.to_le_bytes());
            self.round[index] = Digest(xxh3_128(&self.buffer));
        }
        Digest(component)
    }

    /// The digest of the `index`th member of the last component.
    pub(crate) fn digest_of(&self, index: usize) -> Digest {
        self.round[index]
    }

    fn classes(&self) -> usize {
        let mut sorted = self.round.clone();
        sorted.sort_unstable();
        sorted.dedup();
        sorted.len()
    }

    fn hash_members(&mut self, units: &Units, members: &[BlockId]) {
        self.round.clear();
        for (index, &member) in members.iter().enumerate() {
            self.buffer.clear();
            if let Some(previous) = self.previous.get(index).copied() {
                self.put(&previous.0.to_le_bytes());
            }
            for chunk in units.chunks(member) {
                self.put_chunk(units, chunk);
                for (relocation, target) in units.blocks.aimed(chunk.relocations) {
                    self.put_relocation(units, member, chunk, relocation, target);
                }
            }
            self.round.push(Digest(xxh3_128(&self.buffer)));
        }
    }

    fn put(&mut self, bytes: &[u8]) {
        self.buffer.extend_from_slice(bytes);
    }

    fn put_name(&mut self, name: &str) {
        self.put(&(name.len() as u32).to_le_bytes());
        match name.len() {
            0..=LONG => self.put(name.as_bytes()),
            _ => self.put(&xxh3_128(name.as_bytes()).to_le_bytes()),
        }
    }

    fn put_chunk(&mut self, units: &Units, chunk: &Chunk) {
        let tag = match chunk.kind {
            ChunkKind::Block(_) => u32::MAX,
            ChunkKind::Cie => u32::MAX - 1,
            ChunkKind::Fde(cie) => cie,
        };
        self.put(&tag.to_le_bytes());
        self.put(&[chunk.region as u8]);
        if let ChunkKind::Block(block) = chunk.kind
            && units.blocks.is_own(units.blocks.block(block))
        {
            self.put_name(&units.blocks.graph.name);
        }
        self.put(&chunk.align.to_le_bytes());
        self.put(&chunk.size().to_le_bytes());
        let bytes = units.bytes(chunk);
        self.put(&[u8::from(bytes.is_empty())]);
        let start = self.buffer.len();
        self.put(bytes);
        let own = &mut self.buffer[start..];
        if matches!(chunk.kind, ChunkKind::Fde(_)) {
            own.iter_mut().skip(CIE_POINTER as usize).take(4).for_each(|byte| *byte = 0);
        }
        let machine = units.blocks.graph.machine;
        for (relocation, _) in units.blocks.aimed(chunk.relocations) {
            if let Some(kind) = arch::lookup(machine, relocation.kind) {
                kind.field.clear(own, (relocation.offset - chunk.start) as usize);
            }
        }
    }

    fn put_relocation(
        &mut self,
        units: &Units,
        root: BlockId,
        chunk: &Chunk,
        relocation: &Relocation,
        target: Target,
    ) {
        self.put(&(relocation.offset - chunk.start).to_le_bytes());
        self.put(&relocation.kind.to_le_bytes());
        let kind = arch::lookup(units.blocks.graph.machine, relocation.kind);
        // For S + A only the sum counts, however the assembler divided it.
        let folds = kind.is_some_and(Kind::folds);
        let (sum, addend) = if folds { (relocation.addend, 0) } else { (0, relocation.addend) };
        self.put(&addend.to_le_bytes());
        let graph = &units.blocks.graph;
        match target {
            Target::Nothing => self.put(&[0]),
            Target::Absolute(value) => {
                self.put(&[1]);
                self.put(&value.wrapping_add_signed(sum).to_le_bytes());
            }
            Target::Live(symbol) => {
                self.put(&[2]);
                self.put(&sum.to_le_bytes());
                self.put_name(graph.symbol_name(symbol));
            }
            Target::External { symbol, weak } => {
                self.put(&[3, u8::from(weak)]);
                self.put(&sum.to_le_bytes());
                let name = graph.symbol_name(symbol);
                self.put_name(name);
                self.put_entries(units, name);
            }
            Target::Block { block, at } => {
                let at = at.wrapping_add(sum);
                // The resolver is there in any case; what it chooses may be meant instead.
                let is_indirect = units.blocks.is_indirect(relocation.symbol);
                self.put(&[u8::from(is_indirect)]);
                self.put_block(units, root, block, at);
            }
        }
    }

    /// What lies between the bounds of a section, where `name` is one of them: code that walks over
    /// the entries is other code when there are others.
    fn put_entries(&mut self, units: &Units, name: &str) {
        let Some(section) = bounded_section(name) else { return };
        if let Some(entries) = units.entries().get(section).copied() {
            self.put(&entries.0.to_le_bytes());
        }
    }

    fn put_block(&mut self, units: &Units, root: BlockId, id: BlockId, at: i64) {
        let block = units.blocks.block(id);
        let own = (block.kind == BlockKind::Part || id == root)
            .then(|| units.ordinal(root, id))
            .flatten();
        if let Some(ordinal) = own {
            self.put(&[4]);
            self.put(&(ordinal as u32).to_le_bytes());
        } else if matches!(block.kind, BlockKind::Static | BlockKind::ThreadLocal) {
            self.put(&[5]);
            self.put(&block.size().to_le_bytes());
            self.put(&block.align.to_le_bytes());
            self.put_name(units.blocks.block_name(block));
        } else {
            let inside = self.places.get(id.0 as usize).filter(|place| **place != OUTSIDE);
            let digest = match inside {
                Some(place) => self.previous.get(*place as usize).copied().unwrap_or(Digest(0)),
                None => units.unit(id).digest,
            };
            let is_inside = u8::from(inside.is_some());
            self.put(&[6, is_inside]);
            self.put(&digest.0.to_le_bytes());
        }
        self.put(&at.to_le_bytes());
    }
}

/// Digests of what the loaded sections of an object hold whose bounds somebody may ask for, by name.
pub(crate) fn entries(graph: &Graph) -> HashMap<Box<str>, Digest> {
    let mut entries: HashMap<Box<str>, Digest> = HashMap::new();
    let mut hasher = Xxh3::new();
    for id in (0..graph.sections.len() as u32).map(SectionId) {
        let (section, name) = (graph.section(id), graph.section_name(id));
        if section.kind == SectionKind::Ignored || section.size == 0 || !is_identifier(name) {
            continue;
        }
        let digest = entries.entry(name.into()).or_insert(Digest(0));
        hasher.reset();
        hasher.update(&digest.0.to_le_bytes());
        hasher.update(&section.size.to_le_bytes());
        hasher.update(graph.section_bytes(id));
        for relocation in graph.relocations_of(id) {
            let label = graph.label(relocation.symbol);
            hasher.update(&relocation.offset.to_le_bytes());
            hasher.update(&relocation.addend.to_le_bytes());
            hasher.update(&(label.len() as u32).to_le_bytes());
            hasher.update(label.as_bytes());
        }
        *digest = Digest(hasher.digest128());
    }
    entries
}

#[cfg(test)]
mod tests;
