//! What a name means that its object does not define: something of the program's other objects, of the
//! host, or of an archive (phase: resolve).

use std::sync::Arc;

use super::{GOT_BASE, MODULE_BASE, Resolver, Site, contradiction};
use crate::arch::Kind;
use crate::batch::{Entry, Source, Value};
use crate::error::{Error, ErrorKind};
use crate::graph::Visibility;
use crate::host::{Definition, Want};
use crate::linked::Group;
use crate::names::Placed;
use crate::nearest::{Nearest, readable};

impl Resolver<'_> {
    /// What the program itself has under an undefined name: in this batch, or from earlier links.
    fn own_name(&mut self, site: &Site, kind: Kind, name: &str) -> Result<Option<Value>, Error> {
        if let Some(global) = self.globals.find(name) {
            return self.global(site, kind, global).map(Some);
        }
        let is_thread_local = kind.is_thread_local();
        match self.store.placed.get(name) {
            Some(Placed::ThreadLocal(variable)) if is_thread_local => {
                let variable = *variable;
                self.live_thread_local(site, variable, 0).map(Some)
            }
            Some(Placed::Data { address }) if !is_thread_local => {
                Ok(Some(Value::Address(*address as u64)))
            }
            Some(Placed::Live { function }) if !is_thread_local => {
                let slot = self.targets.slot(function)?;
                Ok(Some(Value::Slot(self.store.memory.slot_address(slot.0)?)))
            }
            Some(Placed::Code { group, address, entry, is_indirect }) if !is_thread_local => {
                let (body, entry, is_indirect) = (*address, *entry, *is_indirect);
                let Some(group) = group.upgrade() else { return Ok(None) };
                let site = Site { is_indirect, ..*site };
                let code = self.placed_code(&site, group, body, entry);
                Ok(Some(if is_indirect { self.indirect(code)? } else { code }))
            }
            Some(_) => Err(contradiction()),
            None => Ok(None),
        }
    }

    /// Private code of an earlier link.
    fn placed_code(&mut self, site: &Site, group: Arc<Group>, body: usize, entry: Entry) -> Value {
        let address = self.entered(site, body, entry, 0);
        let is_call = self.units(site.source).is_call(&site.chunk, &site.relocation);
        if (site.is_indirect || !is_call) && !group.is_kept() {
            self.batch.escaped.push(Arc::clone(&group));
        }
        self.call(site.role, group);
        Value::Address(address)
    }

    pub(super) fn external(&mut self, site: &Site, kind: Kind, weak: bool) -> Result<Value, Error> {
        let symbol = self.units(site.source).blocks.graph.symbol(site.relocation.symbol);
        let want = match symbol.visibility {
            _ if kind.is_thread_local() => Want::ThreadLocal,
            Visibility::Hidden => Want::HiddenAddress,
            Visibility::Default => Want::Address,
        };
        let name: String;
        let name = match site.source {
            Source::Selection(index) => {
                let name = self.selected(index).graph.symbol_name(site.relocation.symbol);
                if let Some(value) = self.own_name(site, kind, name)? {
                    return Ok(value);
                }
                if let Some(value) = self.bound(name) {
                    return Ok(value);
                }
                name
            }
            Source::Member(_) => {
                let graph = &self.units(site.source).blocks.graph;
                name = graph.symbol_name(site.relocation.symbol).to_owned();
                &name
            }
        };
        if name == "__dso_handle" {
            return Ok(Value::Handle);
        }
        if name == GOT_BASE {
            return Ok(Value::Address(self.store.memory.got_base()));
        }
        if want == Want::ThreadLocal && name == MODULE_BASE {
            return Ok(Value::ThreadLocal { module: self.thread_module()?, offset: 0 });
        }
        match (self.symbols.lookup(name, want)?, want) {
            (Some(Definition::Address(address)), Want::Address | Want::HiddenAddress) => {
                Ok(Value::Address(address))
            }
            (Some(Definition::ThreadLocal { module, offset }), Want::ThreadLocal) => {
                Ok(Value::ThreadLocal { module, offset })
            }
            (Some(Definition::Member { member, block, at, is_indirect }), _) => {
                let source = Source::Member(member);
                self.check_kind(kind, source, block)?;
                match is_indirect {
                    true => self.indirect_at(site, source, block, at),
                    false => self.unit(site, source, block, at),
                }
            }
            (Some(Definition::Resolver(resolver)), Want::Address | Want::HiddenAddress) => {
                self.indirect(Value::Address(resolver))
            }
            (Some(_), _) => Err(contradiction()),
            (None, Want::Address | Want::HiddenAddress) if weak => Ok(Value::Address(0)),
            (None, _) => Err(self.undefined(name, want)),
        }
    }

    fn undefined(&mut self, name: &str, want: Want) -> Error {
        let elsewhere = want == Want::HiddenAddress
            && self.symbols.lookup(name, Want::Address).is_ok_and(|found| found.is_some());
        if elsewhere {
            let why = format!(
                "undefined symbol `{}`: it is hidden here, so the definition in a shared library does \
                 not count: declare it with default visibility",
                readable(name)
            );
            return Error::new(ErrorKind::Undefined, why);
        }
        let mut nearest = Nearest::to(name);
        for selection in self.selections {
            selection.split.units.blocks.graph.definitions(&mut |name| nearest.offer(name));
        }
        self.store.statics.keys().for_each(|key| nearest.offer(&key.name));
        self.store.placed.keys().for_each(|name| nearest.offer(name));
        self.symbols.offer_names(&mut nearest);
        Error::new(
            ErrorKind::Undefined,
            format!(
                "undefined symbol `{}`: it is in none of the live code, this process, its \
                 executable's symbol table (is it stripped?), and the archives given{}",
                readable(name),
                nearest.tell()
            ),
        )
    }
}
