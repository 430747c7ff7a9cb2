//! Cutting an object into blocks and giving every relocation its target (phase: split).
//!
//! A *block* is a run of bytes that moves as one: a section, or a piece of a section that holds
//! several independent things (literals, strings, statics). Every relocation is resolved here, once,
//! to a block, a live function, a name to look up outside, or a number; nothing later asks the
//! symbol table where something is.

mod live;
mod together;

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::arch::{self, Kind, Operand};
use crate::error::{Error, ErrorKind};
use crate::graph::{
    Graph, Linkage, Place, Relocation, SectionId, SectionKind, Span, Symbol, SymbolId, SymbolKind,
};
use crate::names::Exports;
use crate::parts;
use crate::unwind::Frames;

/// Index into [`Blocks::blocks`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct BlockId(pub(crate) u32);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BlockKind {
    /// Code: the root of a unit of its own.
    Text,
    /// Copied into every unit that refers to it: literals, exception tables, and the jump tables
    /// and outlined cold code that belong to one function.
    Part,
    /// Constant data, shared by content and kept; also writable data that no symbol names, which its
    /// object shares by initial content: compilers emit constants so, for instance the initial
    /// value of a local array of pointers, and nothing else could find it again.
    ReadOnly,
    /// A named variable.
    Static,
    /// The image of a thread-local variable.
    ThreadLocal,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Block {
    pub(crate) section: SectionId,
    /// Range of the section.
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) align: u32,
    pub(crate) kind: BlockKind,
    /// The symbol that names it, where one does.
    pub(crate) symbol: Option<SymbolId>,
    /// Range of [`Graph::relocations`].
    pub(crate) relocations: Span,
}

impl Block {
    pub(crate) fn size(&self) -> u32 {
        self.end - self.start
    }
}

/// Where a relocation points. The relocation's addend comes on top in every case.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Target {
    /// The relocation does nothing.
    Nothing,
    /// `at` bytes from the start of a block of this object.
    Block { block: BlockId, at: i64 },
    /// A live function, by the symbol that names it.
    Live(SymbolId),
    /// A name that this object does not define.
    External { symbol: SymbolId, weak: bool },
    /// A number.
    Absolute(u64),
}

/// An object cut into blocks.
pub(crate) struct Blocks {
    pub(crate) graph: Graph,
    pub(crate) frames: Frames,
    pub(crate) blocks: Vec<Block>,
    /// One per [`Graph::relocations`].
    pub(crate) targets: Vec<Target>,
    /// Live functions: the symbol and its block. Aliases share a block.
    pub(crate) live: Vec<(SymbolId, BlockId)>,
    /// Per section, the range of its blocks in `blocks`; empty for sections cut on demand.
    runs: Vec<Span>,
    /// Blocks of mergeable sections, which are cut on demand, by start.
    pub(crate) pieces: BTreeMap<(SectionId, u32), BlockId>,
    /// Mergeable sections that stay whole (`pieces.rs`).
    pub(crate) undivided: HashSet<SectionId>,
    /// Per section, the first live function in it.
    pub(crate) live_in: Vec<Option<SymbolId>>,
    /// Per section, whether a function starts inside it.
    several: Vec<bool>,
    /// Per symbol, whether it names a live function, here or elsewhere.
    names_live: Vec<bool>,
    /// Blocks of several variables.
    together: HashMap<BlockId, Vec<SymbolId>>,
    /// Sections whose bounds are asked for (`runs.rs`).
    pub(crate) bounded: Vec<Box<str>>,
    pub(crate) exports: Exports,
}

impl Blocks {
    pub(crate) fn cut(graph: Graph, is_live: &dyn Fn(&str) -> bool) -> Result<Blocks, Error> {
        let frames = Frames::parse(&graph)?;
        let sections = graph.sections.len();
        let mut blocks = Blocks {
            frames,
            blocks: Vec::with_capacity(sections),
            targets: Vec::with_capacity(graph.relocations.len()),
            live: Vec::new(),
            runs: vec![Span::default(); sections],
            pieces: BTreeMap::new(),
            undivided: HashSet::new(),
            together: HashMap::new(),
            live_in: vec![None; sections],
            several: vec![false; sections],
            names_live: vec![false; graph.symbols.len()],
            bounded: Vec::new(),
            exports: Exports::default(),
            graph,
        };
        blocks.cut_sections();
        blocks.find_live(is_live)?;
        blocks.aim()?;
        blocks.cut_global_pieces();
        parts::find(&mut blocks)?;
        blocks.export();
        Ok(blocks)
    }

    pub(crate) fn block(&self, id: BlockId) -> &Block {
        &self.blocks[id.0 as usize]
    }

    /// Relocations of a range with their targets.
    pub(crate) fn aimed(&self, span: Span) -> impl Iterator<Item = (&Relocation, Target)> {
        let relocations = self.graph.relocations[span.range()].iter();
        relocations.zip(self.targets[span.range()].iter().copied())
    }

    /// The name of a block in its object.
    pub(crate) fn block_name(&self, block: &Block) -> &str {
        match block.symbol {
            Some(symbol) => self.graph.symbol_name(symbol),
            None => self.graph.section_name(block.section),
        }
    }

    /// The block and position that a symbol of this object names.
    pub(crate) fn definition(&self, symbol: &Symbol) -> Option<(BlockId, i64)> {
        let Place::Section(section) = symbol.place else { return None };
        let Some(block) = self.block_at(section, symbol.value as u32) else {
            return self.named_piece(symbol);
        };
        Some((block, symbol.value as i64 - i64::from(self.block(block).start)))
    }

    /// The blocks of a section, unless it is mergeable.
    pub(crate) fn blocks_of(&self, section: SectionId) -> Vec<BlockId> {
        let run = self.runs[section.0 as usize];
        (run.start..run.end).map(BlockId).collect()
    }

    fn cut_sections(&mut self) {
        for index in 0..self.graph.sections.len() {
            let id = SectionId(index as u32);
            let section = self.graph.section(id);
            let kind = match section.kind {
                SectionKind::Text => BlockKind::Text,
                SectionKind::ReadOnly => BlockKind::ReadOnly,
                SectionKind::Writable => BlockKind::Static,
                SectionKind::ThreadLocal => BlockKind::ThreadLocal,
                // Cut where something points, or not loaded.
                SectionKind::Constants
                | SectionKind::Strings
                | SectionKind::Startup
                | SectionKind::Unwind
                | SectionKind::Ignored => continue,
            };
            let start = self.blocks.len() as u32;
            self.runs[index] = Span { start, end: start + 1 };
            let block = Block {
                section: id,
                start: 0,
                end: section.size,
                align: section.align,
                kind,
                symbol: None,
                relocations: section.relocations,
            };
            self.blocks.push(block);
        }
        self.name_blocks();
    }

    /// Names blocks by the symbols at their starts, and cuts writable sections with several
    /// variables at each of them.
    fn name_blocks(&mut self) {
        let mut variables: Vec<(SectionId, u32, SymbolId)> = Vec::new();
        // Of several names the one that its section is named after counts, since it stays when an
        // alias comes or goes; then the one that other objects use.
        let rank = |id: SymbolId, graph: &Graph| {
            let symbol = graph.symbol(id);
            let named_after = match symbol.place {
                Place::Section(section) => graph.section_name(section).rsplit_once('.'),
                _ => None,
            };
            let is_main = named_after.is_some_and(|(_, name)| name == graph.text(symbol.name));
            (!is_main, symbol.linkage == Linkage::Local, symbol.linkage == Linkage::Weak, id)
        };
        for (index, symbol) in self.graph.symbols.iter().enumerate() {
            let Place::Section(section) = symbol.place else { continue };
            let run = self.runs[section.0 as usize].range();
            if symbol.kind == SymbolKind::Section || symbol.name.start == symbol.name.end {
                continue;
            }
            let Some(block) = self.blocks[run].first_mut() else { continue };
            let id = SymbolId(index as u32);
            let is_variable = matches!(block.kind, BlockKind::Static | BlockKind::ThreadLocal);
            if is_variable && symbol.value < u64::from(block.end) {
                variables.push((section, symbol.value as u32, id));
            }
            let before = block.symbol.map(|other| rank(other, &self.graph));
            if symbol.value == 0 && before.is_none_or(|other| rank(id, &self.graph) < other) {
                block.symbol = Some(id);
            }
        }
        let graph = &self.graph;
        variables.sort_unstable_by_key(|it| (it.0, it.1, rank(it.2, graph)));
        variables.dedup_by_key(|(section, start, _)| (*section, *start));
        let mut referred = None;
        for run in variables.chunk_by(|a, b| a.0 == b.0) {
            if run.len() == 1 && run[0].1 == 0 {
                continue;
            }
            let section = run[0].0.0 as usize;
            let whole = self.runs[section].start;
            let referred = referred.get_or_insert_with(|| self.referred_sections());
            match referred[section] {
                true => self.keep_together(BlockId(whole), run),
                false => self.cut_variables(self.blocks[whole as usize], run),
            }
        }
        for block in &mut self.blocks {
            if block.kind == BlockKind::Static && block.symbol.is_none() {
                block.kind = BlockKind::ReadOnly;
            }
        }
    }

    /// Whether the block is writable data that no symbol names.
    pub(crate) fn is_unnamed_data(&self, block: &Block) -> bool {
        block.kind == BlockKind::ReadOnly
            && self.graph.section(block.section).kind == SectionKind::Writable
    }

    /// Whether no other object may share the block for having the same content: it may be written to
    /// after all, or its address says what it is. So C++ tells types of one file from those of
    /// another: by the addresses of their records and of their names.
    pub(crate) fn is_own(&self, block: &Block) -> bool {
        let is_type = |id: SymbolId| {
            let symbol = self.graph.symbol(id);
            let name = self.graph.text(symbol.name);
            symbol.linkage == Linkage::Local
                && (name.starts_with("_ZTI") || name.starts_with("_ZTS"))
        };
        self.is_unnamed_data(block) || block.symbol.is_some_and(is_type)
    }

    fn cut_variables(&mut self, whole: Block, run: &[(SectionId, u32, SymbolId)]) {
        let unnamed = (run[0].1 > 0).then_some((0, None));
        let named = run.iter().map(|&(_, start, symbol)| (start, Some(symbol)));
        let cuts: Vec<_> = unnamed.into_iter().chain(named).collect();
        let first_block = self.blocks.len() as u32;
        self.runs[whole.section.0 as usize] =
            Span { start: first_block, end: first_block + cuts.len() as u32 };
        for (index, &(start, symbol)) in cuts.iter().enumerate() {
            let end = cuts.get(index + 1).map_or(whole.end, |next| next.0);
            self.blocks.push(Block {
                start,
                end,
                align: if start == 0 {
                    whole.align
                } else {
                    whole.align.min(start & start.wrapping_neg())
                },
                symbol,
                relocations: self.graph.relocations_between(whole.section, start, end),
                ..whole
            });
        }
    }

    /// The block of a section (not mergeable) that holds `offset`; the last one for its end.
    fn block_at(&self, section: SectionId, offset: u32) -> Option<BlockId> {
        let run = self.runs[section.0 as usize];
        let after = self.blocks[run.range()].partition_point(|block| block.start <= offset) as u32;
        (run.start < run.end).then(|| BlockId(run.start + after.max(1) - 1))
    }

    /// Gives every relocation of a loaded section its target.
    fn aim(&mut self) -> Result<(), Error> {
        self.targets.resize(self.graph.relocations.len(), Target::Nothing);
        self.find_undivided();
        for index in 0..self.graph.sections.len() {
            let section = SectionId(index as u32);
            let span = self.graph.section(section).relocations;
            for at in span.range() {
                let relocation = self.graph.relocations[at];
                self.targets[at] = self
                    .target(section, &relocation)
                    .map_err(|error| self.locate(error, section, &relocation))?;
            }
        }
        Ok(())
    }

    /// The error with kind, section, offset and symbol of the relocation it is about.
    pub(crate) fn locate(
        &self,
        error: Error,
        section: SectionId,
        relocation: &Relocation,
    ) -> Error {
        error.within(&format!(
            "{} at {}+{:#x} to {}",
            arch::name(self.graph.machine, relocation.kind),
            self.graph.section_name(section),
            relocation.offset,
            self.graph.label(relocation.symbol),
        ))
    }

    /// Adds to an error which object, section, offset and symbol it is about.
    pub(crate) fn locate_block(&self, error: Error, id: BlockId) -> Error {
        let block = self.block(id);
        let section = self.graph.section_name(block.section);
        let name = block.symbol.map_or(section, |symbol| self.graph.symbol_name(symbol));
        let place = format!("{name} at {section}+{:#x}", block.start);
        error.within(&place).within(&self.graph.name)
    }

    fn target(&mut self, from: SectionId, relocation: &Relocation) -> Result<Target, Error> {
        let machine = self.graph.machine;
        if arch::is_mark(machine, relocation.kind) {
            return Ok(Target::Nothing);
        }
        let kind = arch::lookup(machine, relocation.kind);
        if kind.is_some_and(|kind| kind.operand == Operand::GotBase) {
            return Ok(Target::Absolute(0));
        }
        let id = relocation.symbol;
        let symbol = self.graph.symbol(id);
        match symbol.place {
            // Symbol 0 stands for the number 0.
            Place::Undefined { .. } if id.0 == 0 => Ok(Target::Absolute(0)),
            Place::Undefined { .. } if self.names_live[id.0 as usize] => {
                match self.is_entry(from, relocation) {
                    true => Ok(Target::Live(id)),
                    false => Err(Error::new(
                        ErrorKind::Ambiguous,
                        "a reference into the inside of a live function from outside it",
                    )),
                }
            }
            Place::Undefined { weak } => Ok(Target::External { symbol: id, weak }),
            Place::Absolute => Ok(Target::Absolute(symbol.value)),
            Place::Section(section) => {
                // Unknown kinds are refused when they are linked, not when they are merely there.
                let Some(kind) = kind else { return Ok(Target::Nothing) };
                if kind.operand == Operand::Size {
                    return Ok(Target::Absolute(symbol.size));
                }
                match self.graph.section(section).kind {
                    SectionKind::Text => self.text_target(from, section, relocation, kind),
                    SectionKind::Constants | SectionKind::Strings => {
                        self.merged_target(from, section, relocation, kind)
                    }
                    SectionKind::Startup | SectionKind::Unwind | SectionKind::Ignored => {
                        Err(Error::new(
                            ErrorKind::Unsupported,
                            "the target's section is not loaded into memory",
                        ))
                    }
                    SectionKind::Writable
                        if symbol.kind == SymbolKind::Section && self.frames.is_table(from) =>
                    {
                        self.pointer_target(section, relocation)
                    }
                    _ => self.data_target(section, relocation),
                }
            }
        }
    }

    fn text_target(
        &self,
        from: SectionId,
        section: SectionId,
        relocation: &Relocation,
        kind: Kind,
    ) -> Result<Target, Error> {
        let symbol = self.graph.symbol(relocation.symbol);
        let block = BlockId(self.runs[section.0 as usize].start);
        let inside = Target::Block { block, at: symbol.value as i64 };
        let is_unwind = self.graph.section(from).kind == SectionKind::Unwind;
        let Some(first) = self.live_in[section.0 as usize].filter(|_| !is_unwind) else {
            return Ok(inside);
        };
        let offset = symbol.value as i64;
        let offset = offset.wrapping_add(kind.addend_of_entry(relocation.addend));
        if kind.operand == Operand::GotEntry && offset != 0 {
            let why = "a GOT entry for the middle of a live function";
            return Err(Error::new(ErrorKind::Ambiguous, why));
        }
        if self.is_entry(from, relocation) {
            let named = self.names_live[relocation.symbol.0 as usize];
            if !named && self.is_indirect(relocation.symbol) != self.is_indirect(first) {
                return Err(self.mixed(relocation.symbol, first));
            }
            return Ok(Target::Live(if named { relocation.symbol } else { first }));
        }
        Ok(inside)
    }

    /// Whether functions besides the one at its start are in the section.
    pub(crate) fn has_several_functions(&self, section: SectionId) -> bool {
        self.several[section.0 as usize]
    }

    /// Whether compilers moved the block out of a function, as code that is rarely run. It is entered
    /// by jumps that count on flags, registers and the bytes below the stack pointer.
    pub(crate) fn is_outlined(&self, id: BlockId) -> bool {
        let symbol = self.block(id).symbol;
        let name = symbol.map_or("", |symbol| self.graph.symbol_name(symbol));
        [".cold", ".__part"].iter().any(|mark| {
            let rest = name.split_once(mark).map(|(_, rest)| rest);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        })
    }

    /// Whether a reference to a function at the start of its section means the function, rather
    /// than a place inside it.
    pub(crate) fn is_entry(&self, from: SectionId, relocation: &Relocation) -> bool {
        let symbol = self.graph.symbol(relocation.symbol);
        let machine = self.graph.machine;
        let Some(kind) = arch::lookup(machine, relocation.kind) else { return true };
        if !kind.folds() {
            // What else the addend says is a matter of the GOT entry's address.
            return kind.addend_of_entry(relocation.addend) == 0;
        }
        let offset = (symbol.value as i64).wrapping_add(relocation.addend);
        match kind.plain_addend(machine, self.is_code(from)) {
            Some(plain) => offset == plain,
            // Data relative to itself, which may be anywhere in its table: a jump table if it names
            // the section, a pointer if it names the function.
            None => symbol.kind != SymbolKind::Section && symbol.value == 0,
        }
    }

    pub(crate) fn is_code(&self, section: SectionId) -> bool {
        self.graph.section(section).kind == SectionKind::Text
    }

    fn data_target(&self, section: SectionId, relocation: &Relocation) -> Result<Target, Error> {
        // A section that was cut is spoken of by the names of its variables alone.
        let value = self.graph.symbol(relocation.symbol).value;
        let block = u32::try_from(value).ok().and_then(|offset| self.block_at(section, offset));
        let block = block.ok_or_else(outside)?;
        Ok(Target::Block { block, at: value as i64 - i64::from(self.block(block).start) })
    }
}

pub(crate) fn outside() -> Error {
    Error::new(ErrorKind::Malformed, "the target lies outside its section")
}
