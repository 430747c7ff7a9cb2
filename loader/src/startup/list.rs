//! Which functions an object lists as its constructors and destructors, and when each runs (phase:
//! split).

use crate::arch::{self, Base, Operand};
use crate::blocks::{BlockId, BlockKind, Blocks, Target};
use crate::error::{Error, ErrorKind};
use crate::graph::{SectionId, SectionKind, SymbolId, SymbolKind};

/// When a listed function runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum When {
    Start,
    End,
}

/// A function that an object lists.
#[derive(Debug, Clone)]
pub(crate) struct Listed {
    pub(crate) when: When,
    /// Lower runs earlier at the start, and later at the end.
    pub(super) priority: u32,
    pub(super) section: SectionId,
    /// Index of the entry's relocation.
    pub(super) relocation: u32,
    pub(crate) name: String,
    /// The live function that it is, if it is one.
    pub(crate) live: Option<SymbolId>,
    /// What the function is made of, where it is the object's.
    pub(crate) root: Option<BlockId>,
}

/// Behind every numbered priority.
const LAST: u32 = 65_536;

/// Whether a section of this name lists functions.
pub(crate) fn is_list(name: &str) -> bool {
    order(name).is_some()
}

/// When a section's functions run, their priority, and whether they are listed last to first.
fn order(section: &str) -> Option<(When, u32, bool)> {
    let mut parts = section.splitn(3, '.').skip(1);
    let kind = parts.next()?;
    let number = parts.next().and_then(|number| number.parse::<u32>().ok());
    let number = number.filter(|number| *number < LAST);
    // The older sections count from the end.
    let (own, old) = (number.map_or(LAST, |it| it + 1), number.map_or(LAST, |it| LAST - it));
    Some(match kind {
        "preinit_array" => (When::Start, 0, false),
        "init_array" => (When::Start, own, false),
        "ctors" => (When::Start, old, true),
        "fini_array" => (When::End, own, false),
        "dtors" => (When::End, old, true),
        _ => return None,
    })
}

/// The functions that an object lists, in the order in which they are to run at the start.
pub(crate) fn list(blocks: &Blocks) -> Result<Vec<Listed>, Error> {
    let graph = &blocks.graph;
    let mut all = Vec::new();
    for index in 0..graph.sections.len() {
        let section = SectionId(index as u32);
        if graph.section(section).kind != SectionKind::Startup {
            continue;
        }
        let Some((when, priority, reversed)) = order(graph.section_name(section)) else { continue };
        let start = all.len();
        for (at, word) in graph.section_bytes(section).chunks(8).enumerate() {
            let offset = 8 * at as u32;
            let found = graph.relocations_between(section, offset, offset + 1).range().next();
            match found {
                Some(relocation) => {
                    all.push(entry(blocks, section, relocation as u32, when, priority)?);
                }
                // The ends of the older lists.
                None if word == [0; 8] || word == [0xFF; 8] => {}
                None => return Err(unlisted(blocks, section, offset)),
            }
        }
        if reversed {
            all[start..].reverse();
        }
    }
    all.sort_by_key(|listed: &Listed| listed.priority);
    Ok(all)
}

fn unlisted(blocks: &Blocks, section: SectionId, offset: u32) -> Error {
    let name = blocks.graph.section_name(section);
    let why = format!("{name}+{offset:#x}: an entry that refers to no function by a relocation");
    Error::new(ErrorKind::Unsupported, why)
}

fn entry(
    blocks: &Blocks,
    section: SectionId,
    index: u32,
    when: When,
    priority: u32,
) -> Result<Listed, Error> {
    let graph = &blocks.graph;
    let relocation = graph.relocations[index as usize];
    let kind = arch::lookup(graph.machine, relocation.kind);
    if !kind.is_some_and(|kind| {
        kind.operand == Operand::Symbol && kind.base == Base::Zero && kind.field.width() == 8
    }) {
        return Err(unlisted(blocks, section, relocation.offset));
    }
    let symbol = graph.symbol(relocation.symbol);
    let label = graph.label(relocation.symbol);
    let (mut root, mut live) = (None, None);
    let name = match blocks.targets[index as usize] {
        Target::Block { block, at } if blocks.block(block).kind == BlockKind::Text => {
            let place = at.wrapping_add(relocation.addend);
            let named = symbol.kind != SymbolKind::Section && relocation.addend == 0;
            let name = match place {
                _ if named => label.to_owned(),
                0 => blocks.block_name(blocks.block(block)).to_owned(),
                _ => format!("{}+{place:#x}", blocks.block_name(blocks.block(block))),
            };
            root = Some(block);
            name
        }
        Target::Live(symbol) => {
            let own = blocks.live.iter().find(|(own, _)| *own == symbol);
            root = own.map(|(_, block)| *block);
            live = Some(symbol);
            graph.symbol_name(symbol).to_owned()
        }
        Target::External { .. } => label.to_owned(),
        _ => return Err(unlisted(blocks, section, relocation.offset)),
    };
    Ok(Listed { when, priority, section, relocation: index, name, live, root })
}
