//! Shared content: private code and constants are found again by what they are and what they mean
//! (phase: resolve). Private code comes in groups, one per strongly connected component.

use std::borrow::Cow;
use std::sync::Arc;

use xxhash_rust::xxh3::xxh3_128;

use super::{Resolver, Site};
use crate::batch::{Entry, Found, PendingGroup, Role, Source, Value, units_of};
use crate::blocks::{BlockId, Blocks};
use crate::digest::Digest;
use crate::error::Error;
use crate::linked::Group;
use crate::linker::{Key, Shared, Targets};
use crate::names::Placed;
use crate::units::Binding;

impl Resolver<'_> {
    pub(super) fn private_code(
        &mut self,
        site: &Site,
        source: Source,
        block: BlockId,
        at: i64,
    ) -> Result<Value, Error> {
        let own = self.units(site.source);
        // What a live resolver chooses from is used by its generation only.
        let escapes = matches!(source, Source::Member(_))
            || matches!(site.source, Source::Member(_))
            || site.is_indirect
            || !(own.is_call(&site.chunk, &site.relocation) || own.blocks.chooses_live(site.root));
        let digest = self.units(source).unit(block).digest;
        let key = self.key(source, block, digest)?;
        if let Some(Shared::Code { group, address, entry }) = self.store.shared.get(&key)
            && let Some(group) = group.upgrade()
        {
            let (body, entry) = (*address, *entry);
            self.note_found(source, block, || {
                let group = Arc::downgrade(&group);
                Found::Placed(Placed::Code { group, address: body, entry, is_indirect: false })
            });
            let address = self.entered(site, body, entry, at);
            if escapes && !group.is_kept() {
                self.batch.escaped.push(Arc::clone(&group));
            }
            self.call(site.role, group);
            return Ok(Value::Address(address));
        }
        let unit = match self.batch.by_key.get(&key) {
            Some(unit) => *unit,
            None => {
                let group = self.group(source, block)?;
                let unit = self.push(source, block, Role::Private(group), key);
                self.batch.by_key.insert(key, unit);
                unit
            }
        };
        self.note_unit(source, block, unit);
        if let Role::Private(group) = self.batch.pending[unit.0 as usize].role {
            self.batch.groups[group as usize].keep |= escapes;
            if site.role != Role::Private(group) {
                let group = Arc::clone(&self.batch.groups[group as usize].group);
                self.call(site.role, group);
            }
        }
        Ok(Value::Pending { unit, chunk: 0, at })
    }

    /// What a reference to code in memory means: its entry, or a place inside its body.
    pub(super) fn entered(&self, site: &Site, body: usize, entry: Entry, at: i64) -> u64 {
        let blocks = &self.units(site.source).blocks;
        let enters = at == 0 && blocks.is_entry(site.chunk.section, &site.relocation);
        let start = if enters { entry.address(body) } else { body };
        (start as u64).wrapping_add_signed(at)
    }

    /// The new group of the component that `block` is in.
    fn group(&mut self, source: Source, block: BlockId) -> Result<u32, Error> {
        let component = self.units(source).unit(block).component;
        let key = self.key(source, block, component)?;
        if let Some(group) = self.batch.by_component.get(&key) {
            return Ok(*group);
        }
        let group = self.batch.groups.len() as u32;
        let new = PendingGroup { group: Arc::default(), keep: false, calls: Vec::new() };
        self.batch.groups.push(new);
        self.batch.by_component.insert(key, group);
        Ok(group)
    }

    /// Records that a unit of this role needs `group`. Data keeps what it points to anyway.
    pub(super) fn call(&mut self, role: Role, group: Arc<Group>) {
        let calls = match role {
            Role::Live(index) => &mut self.batch.calls[index as usize],
            Role::Private(index) => &mut self.batch.groups[index as usize].calls,
            Role::Constant | Role::Static | Role::Image => return,
        };
        if self.batch.noted.insert((role, Arc::as_ptr(&group).addr())) {
            calls.push(group);
        }
    }

    /// What shared content is known by: its digest, and what its bindings and the names that it
    /// leaves to other objects mean in this commit.
    pub(crate) fn key(
        &mut self,
        source: Source,
        block: BlockId,
        digest: Digest,
    ) -> Result<Key, Error> {
        let key = self.bound_key(source, block, digest)?;
        let is_open = self.units(source).unit(block).is_open;
        match is_open.then(|| self.meanings(source, block)).flatten() {
            Some(meanings) => Ok(mixed(key.0, meanings)),
            None => Ok(key),
        }
    }

    /// The same without the names that it leaves to other objects.
    pub(super) fn bound_key(
        &mut self,
        source: Source,
        block: BlockId,
        digest: Digest,
    ) -> Result<Key, Error> {
        let units = units_of(source, self.selections, self.symbols);
        units.check()?;
        let list = units.unit(block).bindings;
        if list.range().is_empty() {
            return Ok(Key(digest.0));
        }
        if let Some(bound) = self.batch.bound.get(&(source, list.start)) {
            return Ok(mixed(digest.0, *bound));
        }
        let bound = self.bound_meanings(source, block)?;
        self.batch.bound.insert((source, list.start), bound);
        Ok(mixed(digest.0, bound))
    }

    /// What the bindings of a unit mean.
    fn bound_meanings(&mut self, source: Source, block: BlockId) -> Result<u128, Error> {
        let units = units_of(source, self.selections, self.symbols);
        let blocks = &units.blocks;
        let mut bound: Vec<(Cow<'_, str>, u128)> = Vec::new();
        for binding in units.bindings(block) {
            match (*binding, source) {
                (Binding::Live(symbol), _) => {
                    let name = blocks.identity(symbol);
                    let slot = self.targets.slot(&name)?.0;
                    bound.push((name, u128::from(slot)));
                }
                (Binding::Static(block), Source::Selection(_)) => {
                    let fingerprint = fingerprint(self.targets, blocks, block);
                    bound.push((blocks.block_identity(block), fingerprint));
                }
                (Binding::Static(block), Source::Member(_)) => {
                    bound.push((blocks.block_identity(block), 0));
                }
                (Binding::Addressed(_), _) => {}
            }
        }
        bound.sort_unstable();
        bound.dedup();
        let mut bytes = Vec::new();
        for (name, meaning) in bound {
            bytes.extend_from_slice(&(name.len() as u32).to_le_bytes());
            bytes.extend_from_slice(name.as_bytes());
            bytes.extend_from_slice(&meaning.to_le_bytes());
        }
        Ok(xxh3_128(&bytes))
    }
}

/// The key of content that means this.
fn mixed(content: u128, meaning: u128) -> Key {
    let (mut bytes, (first, second)) = ([0; 32], (content.to_le_bytes(), meaning.to_le_bytes()));
    bytes[..16].copy_from_slice(&first);
    bytes[16..].copy_from_slice(&second);
    Key(xxh3_128(&bytes))
}

/// The identity of a variable's type, or of all those that stay together with it.
pub(super) fn fingerprint(targets: &mut dyn Targets, blocks: &Blocks, block: BlockId) -> u128 {
    let variables = blocks.together(block);
    if variables.is_empty() {
        return targets.static_fingerprint(&blocks.block_identity(block));
    }
    let mut bytes = Vec::new();
    for &variable in variables {
        let name = blocks.identity(variable);
        bytes.extend_from_slice(&(name.len() as u32).to_le_bytes());
        bytes.extend_from_slice(name.as_bytes());
        bytes.extend_from_slice(&blocks.graph.symbol(variable).value.to_le_bytes());
        bytes.extend_from_slice(&targets.static_fingerprint(&name).to_le_bytes());
    }
    xxh3_128(&bytes)
}
