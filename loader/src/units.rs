//! Units: what is placed together, and what a unit reaches (phase: prune).
//!
//! A *unit* is a root block (a function, a constant, a static) with its parts and its unwind
//! records. Starting from the live functions only what is reached becomes a unit at all. The walk is
//! Tarjan's: it ends with strongly connected components in callee-first order, which is what digests
//! of recursive code need (`digest.rs`) and what shared ownership of private code needs: the
//! members of one component live and die together (`linked.rs`). It keeps its own stack, since
//! the depth of a chain of references is the object's to choose.

mod bindings;

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::arch;
use crate::blocks::{BlockId, BlockKind, Blocks, Target};
use crate::digest::{self, Digest, Digester};
use crate::graph::{Relocation, SectionId, SectionKind, Span};
use crate::memory::Region;
use crate::unwind::Record;

pub(crate) use self::bindings::Binding;
use self::bindings::address;

/// What a chunk of a unit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ChunkKind {
    /// A block of the unit, the root first.
    Block(BlockId),
    /// A CIE used by the unit's FDEs.
    Cie,
    /// An FDE; the number is the chunk of its CIE in this unit.
    Fde(u32),
}

/// Bytes of a section that are copied and relocated as one.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Chunk {
    pub(crate) kind: ChunkKind,
    pub(crate) region: Region,
    pub(crate) section: SectionId,
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) align: u32,
    /// Range of the graph's relocations.
    pub(crate) relocations: Span,
}

impl Chunk {
    pub(crate) fn size(&self) -> u32 {
        self.end - self.start
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Unseen,
    /// On Tarjan's stack, with its index and the lowest index it reaches.
    Open {
        index: u32,
        low: u32,
    },
    Done,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Unit {
    state: State,
    /// Range of [`Units::chunks`].
    pub(crate) chunks: Span,
    /// Range of [`Units::parts`].
    parts: Span,
    /// Range of [`Units::bindings`], sorted; the component's, so the same for all its members.
    pub(crate) bindings: Span,
    pub(crate) digest: Digest,
    /// Digest of the whole strongly connected component.
    pub(crate) component: Digest,
    /// Whether what it reaches refers to a name that another object may define; the component's.
    pub(crate) is_open: bool,
}

/// An object's units, as far as they were reached.
pub(crate) struct Units {
    pub(crate) blocks: Blocks,
    /// One per block; meaningful for roots that were reached.
    units: Vec<Unit>,
    chunks: Vec<Chunk>,
    /// Blocks of a unit with their ordinals among its chunks, sorted.
    parts: Vec<(BlockId, u32)>,
    /// Per block, the last unit that took it as a part.
    taken: Vec<Option<BlockId>>,
    /// Per CIE, the last unit that took it, and which of that unit's chunks it is.
    taken_cies: Vec<Option<(BlockId, u32)>>,
    bindings: Vec<Binding>,
    /// Lists among [`Units::bindings`] by their hash: most components reach what others reach.
    lists: HashMap<u64, Span>,
    /// Bindings taken over so far.
    taken_over: usize,
    /// Statics in the order in which they were reached.
    pub(crate) statics: Vec<BlockId>,
    opened: u32,
    /// What lies between the bounds of sections, once somebody asks.
    entries: OnceLock<HashMap<Box<str>, Digest>>,
}

/// One node of the walk: its successors are `edges[next..end]` of the walk's list.
struct Visit {
    root: BlockId,
    next: usize,
    end: usize,
}

impl Units {
    pub(crate) fn new(blocks: Blocks) -> Units {
        let unseen = Unit {
            state: State::Unseen,
            chunks: Span::default(),
            parts: Span::default(),
            bindings: Span::default(),
            digest: Digest(0),
            component: Digest(0),
            is_open: false,
        };
        let units = vec![unseen; blocks.blocks.len()];
        Units {
            taken: vec![None; units.len()],
            taken_cies: vec![None; blocks.frames.cies.len()],
            blocks,
            units,
            chunks: Vec::new(),
            parts: Vec::new(),
            bindings: Vec::new(),
            lists: HashMap::new(),
            taken_over: 0,
            statics: Vec::new(),
            opened: 0,
            entries: OnceLock::new(),
        }
    }

    pub(crate) fn unit(&self, root: BlockId) -> &Unit {
        &self.units[root.0 as usize]
    }

    pub(crate) fn chunks(&self, root: BlockId) -> &[Chunk] {
        &self.chunks[self.unit(root).chunks.range()]
    }

    /// Digests of the sections whose bounds the code may ask for, by name.
    pub(crate) fn entries(&self) -> &HashMap<Box<str>, Digest> {
        self.entries.get_or_init(|| digest::entries(&self.blocks.graph))
    }

    /// The bytes of a chunk; empty for zeroes.
    pub(crate) fn bytes(&self, chunk: &Chunk) -> &[u8] {
        let section = self.blocks.graph.section_bytes(chunk.section);
        section.get(chunk.start as usize..chunk.end as usize).unwrap_or(&[])
    }

    /// Whether the field is that of a call or jump; anything else takes the address.
    pub(crate) fn is_call(&self, chunk: &Chunk, relocation: &Relocation) -> bool {
        if !matches!(chunk.kind, ChunkKind::Block(_)) {
            return true; // Unwind records name functions without calling or keeping them.
        }
        let machine = self.blocks.graph.machine;
        let offset = (relocation.offset - chunk.start) as usize;
        chunk.region == Region::Code
            && arch::is_branch(machine, relocation.kind, self.bytes(chunk), offset)
    }

    /// The chunk of the unit that is `block`, if it is one of its parts.
    pub(crate) fn ordinal(&self, root: BlockId, block: BlockId) -> Option<usize> {
        let parts = &self.parts[self.unit(root).parts.range()];
        let found = parts.binary_search_by_key(&block, |part| part.0).ok()?;
        Some(parts[found].1 as usize)
    }

    /// Makes `root` and everything it reaches units with digests.
    pub(crate) fn reach(&mut self, root: BlockId, digester: &mut Digester) {
        let mut roots = vec![root];
        while let Some(root) = roots.pop() {
            if self.unit(root).state == State::Unseen {
                self.walk(root, &mut roots, digester);
            }
        }
    }

    fn walk(&mut self, root: BlockId, roots: &mut Vec<BlockId>, digester: &mut Digester) {
        let mut edges = Vec::new();
        let mut open = Vec::new();
        let mut visits = vec![self.open(root, &mut edges, &mut open, roots)];
        while let Some(visit) = visits.last_mut() {
            if visit.next < visit.end {
                let to = edges[visit.next];
                visit.next += 1;
                let from = visit.root;
                match self.unit(to).state {
                    State::Unseen => visits.push(self.open(to, &mut edges, &mut open, roots)),
                    State::Open { index, .. } => self.lower(from, index),
                    State::Done => {}
                }
                continue;
            }
            let root = visit.root;
            visits.pop();
            let State::Open { index, low } = self.unit(root).state else { continue };
            if let Some(parent) = visits.last() {
                self.lower(parent.root, low);
            }
            if index == low {
                let start = open.iter().rposition(|it| *it == root).unwrap_or(0);
                self.finish(&open[start..], digester);
                open.truncate(start);
            }
        }
    }

    fn lower(&mut self, root: BlockId, to: u32) {
        if let State::Open { low, .. } = &mut self.units[root.0 as usize].state {
            *low = to.min(*low);
        }
    }

    fn open(
        &mut self,
        root: BlockId,
        edges: &mut Vec<BlockId>,
        open: &mut Vec<BlockId>,
        roots: &mut Vec<BlockId>,
    ) -> Visit {
        let index = self.opened;
        self.opened += 1;
        self.gather(root);
        let unit = &mut self.units[root.0 as usize];
        let chunks = unit.chunks;
        unit.state = State::Open { index, low: index };
        open.push(root);
        let next = edges.len();
        for chunk in &self.chunks[chunks.range()] {
            for (_, target) in self.blocks.aimed(chunk.relocations) {
                let Target::Block { block, .. } = target else { continue };
                match self.blocks.block(block).kind {
                    // A static's identity is its name: what it points to is walked on its own.
                    BlockKind::Static | BlockKind::ThreadLocal => roots.push(block),
                    BlockKind::Text | BlockKind::ReadOnly if block != root => edges.push(block),
                    _ => {}
                }
            }
        }
        if self.blocks.block(root).kind == BlockKind::Static {
            self.statics.push(root);
        }
        Visit { root, next, end: edges.len() }
    }

    /// Collects the chunks of a unit: the root, parts in order of first reference, unwind records.
    fn gather(&mut self, root: BlockId) {
        let (first, first_part) = (self.chunks.len(), self.parts.len());
        self.take(root, root, first);
        let mut at = first;
        while at < self.chunks.len() {
            let chunk = self.chunks[at];
            at += 1;
            self.take_parts(root, chunk.relocations, first);
            if chunk.region == Region::Code {
                // The exception table is referred to by unwind records only.
                for index in self.blocks.frames.range_of(chunk.section) {
                    let fde = self.blocks.frames.frames[index].fde;
                    self.take_parts(root, fde.relocations, first);
                }
            }
        }
        for index in first..at {
            if self.chunks[index].region == Region::Code {
                self.push_frames(root, self.chunks[index].section, first);
            }
        }
        self.parts[first_part..].sort_unstable();
        let unit = &mut self.units[root.0 as usize];
        unit.chunks = Span { start: first as u32, end: self.chunks.len() as u32 };
        unit.parts = Span { start: first_part as u32, end: self.parts.len() as u32 };
    }

    /// Takes the parts that these relocations refer to.
    fn take_parts(&mut self, root: BlockId, relocations: Span, first: usize) {
        for index in relocations.range() {
            let Target::Block { block, .. } = self.blocks.targets[index] else { continue };
            if self.blocks.block(block).kind == BlockKind::Part {
                self.take(root, block, first);
            }
        }
    }

    fn take(&mut self, root: BlockId, id: BlockId, first: usize) {
        if self.taken[id.0 as usize] == Some(root) {
            return;
        }
        self.taken[id.0 as usize] = Some(root);
        self.parts.push((id, (self.chunks.len() - first) as u32));
        let block = self.blocks.block(id);
        let is_code = self.blocks.graph.section(block.section).kind == SectionKind::Text;
        let region = match block.kind {
            BlockKind::Static => Region::Data,
            _ if self.blocks.is_unnamed_data(block) => Region::Data,
            _ if is_code => Region::Code,
            _ => Region::ReadOnly,
        };
        self.chunks.push(Chunk {
            kind: ChunkKind::Block(id),
            region,
            section: block.section,
            start: block.start,
            end: block.end,
            align: block.align,
            relocations: block.relocations,
        });
    }

    fn push_frames(&mut self, root: BlockId, text: SectionId, first: usize) {
        for index in self.blocks.frames.range_of(text) {
            let frame = self.blocks.frames.frames[index];
            let cie = *self.blocks.frames.cie(&frame);
            let ordinal = match self.taken_cies[frame.cie as usize] {
                Some((unit, ordinal)) if unit == root => ordinal,
                _ => {
                    let ordinal = (self.chunks.len() - first) as u32;
                    self.push_record(cie, ChunkKind::Cie);
                    self.taken_cies[frame.cie as usize] = Some((root, ordinal));
                    ordinal
                }
            };
            self.push_record(frame.fde, ChunkKind::Fde(ordinal));
        }
    }

    fn push_record(&mut self, record: Record, kind: ChunkKind) {
        let Record { section, start, end, relocations } = record;
        let region = Region::ReadOnly;
        self.chunks.push(Chunk { kind, region, section, start, end, align: 1, relocations });
    }

    /// Closes a component: its bindings, then its digests.
    fn finish(&mut self, members: &[BlockId], digester: &mut Digester) {
        let (mut bindings, mut lists) = (Vec::new(), Vec::new());
        let (mut is_addressed, mut is_open) = (false, false);
        for &member in members {
            for chunk in &self.chunks[self.unit(member).chunks.range()] {
                for (relocation, target) in self.blocks.aimed(chunk.relocations) {
                    let is_taken = self.takes_address(member, chunk, relocation, target);
                    is_open |= self.is_left_open(relocation, target);
                    self.bind(target, is_taken, &mut bindings, &mut lists);
                    if let (true, Target::Block { block, .. }) = (is_taken, target) {
                        // What is reached and still open is of this component.
                        is_addressed |= self.unit(block).state != State::Done;
                    }
                }
            }
        }
        self.take_over(lists, &mut bindings);
        if is_addressed {
            address(&mut bindings, 0);
        }
        bindings.sort();
        bindings.dedup();
        let span = self.list(&bindings);
        let component = digester.component(self, members);
        for (index, &member) in members.iter().enumerate() {
            let unit = &mut self.units[member.0 as usize];
            unit.bindings = span;
            unit.digest = digester.digest_of(index);
            unit.component = component;
            unit.is_open = is_open;
            unit.state = State::Done;
        }
    }
}
