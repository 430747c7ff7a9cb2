//! Sections with bounds: what `__start_NAME` and `__stop_NAME` enclose (phases: resolve, place).
//!
//! A linker gives the bounds of every output section whose name is a C identifier; programs use it
//! for registries, to which every object adds its entries. Here the entries of all objects of a
//! batch become one *run*: placed back to back, in the order of the objects, as the linker does. A
//! later batch with the same entries finds the run again; with other entries a run of constants
//! is placed anew, and a run of variables is refused, since variables cannot move.

use xxhash_rust::xxh3::xxh3_128;

use crate::batch::{Batch, PendingId, Role, Source, Value};
use crate::blocks::{BlockId, BlockKind, Blocks};
use crate::error::{Error, ErrorKind};
use crate::graph::{Graph, SectionId, SectionKind};
use crate::linker::Key;
use crate::resolve::Resolver;

/// Where a run stands, and what it consists of.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PlacedRun {
    identity: u128,
    start: usize,
    stop: usize,
}

/// A run of the batch.
pub(crate) struct Run {
    pub(crate) name: Box<str>,
    identity: u128,
    pub(crate) members: Vec<PendingId>,
    /// Bytes of the last member.
    last: u32,
}

/// A bound of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bound {
    Start,
    Stop,
}

/// The section and the bound that a symbol's name asks for.
fn bound(symbol: &str) -> Option<(&str, Bound)> {
    let start = symbol.strip_prefix("__start_").map(|name| (name, Bound::Start));
    let found = start.or_else(|| symbol.strip_prefix("__stop_").map(|name| (name, Bound::Stop)));
    found.filter(|(name, _)| is_identifier(name))
}

/// The section whose bound the symbol's name asks for.
pub(crate) fn bounded_section(symbol: &str) -> Option<&str> {
    bound(symbol).map(|(name, _)| name)
}

pub(crate) fn is_identifier(name: &str) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_alphabetic() || byte == b'_';
    name.bytes().next().is_some_and(is_letter)
        && name.bytes().all(|byte| is_letter(byte) || byte.is_ascii_digit())
}

/// The loaded sections of an object with this name.
pub(crate) fn sections_named<'a>(
    graph: &'a Graph,
    name: &'a str,
) -> impl Iterator<Item = SectionId> + 'a {
    let ids = (0..graph.sections.len() as u32).map(SectionId);
    ids.filter(move |id| {
        let section = graph.section(*id);
        section.kind != SectionKind::Ignored && section.size > 0 && graph.section_name(*id) == name
    })
}

impl Blocks {
    /// The blocks of all sections whose bounds somebody may ask for.
    pub(crate) fn entries(&self) -> Vec<BlockId> {
        let blocks = self.blocks.iter().enumerate();
        let is_entry = |kind| matches!(kind, BlockKind::ReadOnly | BlockKind::Static);
        blocks
            .filter(|(_, block)| is_entry(block.kind))
            .filter(|(_, block)| is_identifier(self.graph.section_name(block.section)))
            .map(|(index, _)| BlockId(index as u32))
            .collect()
    }
}

impl Resolver<'_> {
    /// Gives every run that the batch asks for its members, or finds it in memory.
    pub(crate) fn gather_runs(&mut self) -> Result<(), Error> {
        let asked = self.selections.iter().flat_map(|it| &it.split.units.blocks.bounded);
        let mut names: Vec<Box<str>> = asked.cloned().collect();
        names.sort_unstable();
        names.dedup();
        for name in names {
            self.gather_run(&name)?;
        }
        Ok(())
    }

    fn gather_run(&mut self, name: &str) -> Result<(), Error> {
        let mut members: Vec<(Source, BlockId)> = Vec::new();
        for (index, selection) in self.selections.iter().enumerate() {
            let blocks = &selection.split.units.blocks;
            for section in sections_named(&blocks.graph, name) {
                let own = blocks.blocks_of(section).into_iter();
                members.extend(own.map(|block| (Source::Selection(index as u32), block)));
            }
        }
        let Some(&(last_source, last)) = members.last() else { return Ok(()) };
        let last = self.units(last_source).blocks.block(last).size();
        let mut identities = Vec::with_capacity(members.len());
        for &(source, block) in &members {
            identities.push(self.member_identity(source, block)?);
        }
        let bytes: Vec<u8> = identities.iter().flat_map(|it| it.to_le_bytes()).collect();
        let identity = xxh3_128(&bytes);
        if self.store.runs.get(name).is_some_and(|run| run.identity == identity) {
            return Ok(());
        }
        let mut units = Vec::with_capacity(members.len());
        for (&(source, block), identity) in members.iter().zip(identities) {
            units.push(self.run_member(name, source, block, Key(identity))?);
        }
        self.batch.runs.push(Run { name: name.into(), identity, members: units, last });
        Ok(())
    }

    /// What a member is known by: a constant's content, a variable's name and type.
    fn member_identity(&mut self, source: Source, block: BlockId) -> Result<u128, Error> {
        match self.units(source).blocks.block(block).kind {
            BlockKind::ReadOnly => {
                let digest = self.units(source).unit(block).digest;
                Ok(self.key(source, block, digest)?.0)
            }
            BlockKind::Static => {
                let key = self.static_key(source, block)?;
                let mut bytes = key.fingerprint.to_le_bytes().to_vec();
                bytes.extend_from_slice(&[key.size, key.align].map(u32::to_le_bytes).concat());
                bytes.extend_from_slice(key.name.as_bytes());
                Ok(xxh3_128(&bytes))
            }
            _ => {
                let blocks = &self.units(source).blocks;
                let section = blocks.graph.section_name(blocks.block(block).section);
                let why = format!(
                    "section {section} of {}: bounds are given for data only, not for code or \
                     thread-locals",
                    blocks.graph.name
                );
                Err(Error::new(ErrorKind::Unsupported, why))
            }
        }
    }

    fn run_member(
        &mut self,
        name: &str,
        source: Source,
        block: BlockId,
        key: Key,
    ) -> Result<PendingId, Error> {
        if self.units(source).chunks(block).len() > 1 {
            let why = format!("section {name}: an entry refers to a literal of its own");
            return Err(Error::new(ErrorKind::Unsupported, why));
        }
        if self.units(source).blocks.block(block).kind == BlockKind::ReadOnly {
            let unit = self.push(source, block, Role::Constant, key);
            self.batch.by_key.insert(key, unit);
            return Ok(unit);
        }
        let key = self.static_key(source, block)?;
        if self.store.statics.contains_key(&key) {
            let why = format!(
                "section {name}, whose bounds __start_{name} and __stop_{name} are in use, has other \
                 entries now; its variable {} is live and cannot move",
                key.name
            );
            return Err(Error::new(ErrorKind::Unsupported, why));
        }
        let unit = self.push(source, block, Role::Static, Key(0));
        self.batch.statics.push((key.clone(), unit));
        self.batch.by_static.insert(key, unit);
        Ok(unit)
    }

    /// What the run that a symbol asks a bound of consists of.
    pub(crate) fn run_of(&self, symbol: &str) -> Option<u128> {
        let name = bounded_section(symbol)?;
        let own = self.batch.runs.iter().find(|run| &*run.name == name).map(|run| run.identity);
        own.or_else(|| self.store.runs.get(name).map(|run| run.identity))
    }

    /// The value of `__start_NAME` or `__stop_NAME`, where a run of that name exists.
    pub(crate) fn bound(&self, symbol: &str) -> Option<Value> {
        let (name, bound) = bound(symbol)?;
        if let Some(run) = self.batch.runs.iter().find(|run| &*run.name == name) {
            let (first, last) = (*run.members.first()?, *run.members.last()?);
            return Some(match bound {
                Bound::Start => Value::Pending { unit: first, chunk: 0, at: 0 },
                Bound::Stop => Value::Pending { unit: last, chunk: 0, at: i64::from(run.last) },
            });
        }
        let run = self.store.runs.get(name)?;
        Some(Value::Address(match bound {
            Bound::Start => run.start as u64,
            Bound::Stop => run.stop as u64,
        }))
    }
}

impl Batch {
    /// Where the runs of this batch stand, by name.
    pub(crate) fn placed_runs(&self) -> impl Iterator<Item = (Box<str>, PlacedRun)> + '_ {
        let address = |unit: &PendingId| self.places[self.pending[unit.0 as usize].places as usize];
        self.runs.iter().filter_map(move |run| {
            let (first, last) = (run.members.first()?, run.members.last()?);
            let stop = address(last) + run.last as usize;
            let placed = PlacedRun { identity: run.identity, start: address(first), stop };
            Some((run.name.clone(), placed))
        })
    }
}
