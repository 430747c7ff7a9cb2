//! Which symbols mean live functions (phase: split).

use super::{BlockId, BlockKind, Blocks};
use crate::error::{Error, ErrorKind};
use crate::graph::{Place, SymbolId, SymbolKind};
use crate::runs::bounded_section;

impl Blocks {
    /// The live function that the symbol means: itself, or the one it is another name of.
    ///
    /// # Errors
    /// `Ambiguous` for a place inside a live function.
    pub(crate) fn live_meant(&self, id: SymbolId) -> Result<Option<SymbolId>, Error> {
        let symbol = self.graph.symbol(id);
        let live = match symbol.place {
            _ if self.is_live(id) => return Ok(Some(id)),
            Place::Section(section) => self.live_in[section.0 as usize],
            _ => None,
        };
        if let Some(live) = live
            && self.is_indirect(id) != self.is_indirect(live)
        {
            return Err(self.mixed(id, live));
        }
        if live.is_some() && symbol.value != 0 {
            let why = format!("{} is a place inside a live function", self.graph.text(symbol.name));
            return Err(Error::new(ErrorKind::Ambiguous, why));
        }
        Ok(live)
    }

    pub(crate) fn is_indirect(&self, symbol: SymbolId) -> bool {
        self.graph.symbol(symbol).kind == SymbolKind::Indirect
    }

    /// A resolver and the indirect function that it chooses, of which only one is live.
    pub(super) fn mixed(&self, symbol: SymbolId, live: SymbolId) -> Error {
        let (one, live) = (self.graph.label(symbol), self.graph.symbol_name(live));
        let why = format!(
            "one of {one} and the live function {live} is the indirect function that the other is \
             the resolver of: both must be live, or neither"
        );
        Error::new(ErrorKind::Ambiguous, why)
    }

    /// Whether the block is the resolver of a live indirect function.
    pub(crate) fn chooses_live(&self, block: BlockId) -> bool {
        // Entries of lists are in no block.
        let block = self.blocks.get(block.0 as usize);
        let live = block.and_then(|block| self.live_in[block.section.0 as usize]);
        live.is_some_and(|live| self.is_indirect(live))
    }

    /// Whether the symbol names a live function, here or elsewhere.
    pub(crate) fn is_live(&self, symbol: SymbolId) -> bool {
        self.names_live[symbol.0 as usize]
    }

    pub(super) fn find_live(&mut self, is_live: &dyn Fn(&str) -> bool) -> Result<(), Error> {
        for (index, symbol) in self.graph.symbols.iter().enumerate() {
            let name = self.graph.text(symbol.name);
            let is_outside = matches!(symbol.place, Place::Undefined { .. });
            if is_outside && let Some(section) = bounded_section(name) {
                self.bounded.push(section.into());
            }
            let is_function = matches!(symbol.kind, SymbolKind::Function | SymbolKind::Indirect);
            if !(is_outside || is_function) || !is_live(name) {
                continue;
            }
            self.names_live[index] = true;
            let Place::Section(section) = symbol.place else { continue };
            let Some(block) = self.block_at(section, 0) else { continue };
            if symbol.value != 0 || self.block(block).kind != BlockKind::Text {
                return Err(Error::new(
                    ErrorKind::Unsupported,
                    format!(
                        "live function {name} does not start a section of its own: compile with \
                         -ffunction-sections"
                    ),
                ));
            }
            let id = SymbolId(index as u32);
            self.live.push((id, block));
            self.live_in[section.0 as usize].get_or_insert(id);
        }
        self.check_alone()
    }

    /// Finds sections with several functions. A live function must be alone in its.
    fn check_alone(&mut self) -> Result<(), Error> {
        for symbol in &self.graph.symbols {
            let Place::Section(section) = symbol.place else { continue };
            if symbol.kind != SymbolKind::Function || symbol.value == 0 {
                continue;
            }
            self.several[section.0 as usize] = true;
            if let Some(live) = self.live_in[section.0 as usize] {
                let (live, other) = (self.graph.symbol_name(live), self.graph.text(symbol.name));
                // The entry of a virtual function that corrects `this` first.
                let is_adjusting =
                    ["_ZTv", "_ZTh", "_ZTc"].iter().any(|prefix| other.starts_with(prefix));
                let advice = match is_adjusting {
                    true => "gcc keeps such entries there: compile with clang, or as private code",
                    false => "compile with -ffunction-sections",
                };
                let why = format!("live function {live} shares its section with {other}: {advice}");
                return Err(Error::new(ErrorKind::Unsupported, why));
            }
        }
        Ok(())
    }
}
