//! Thread-locals in resolve: which variable a relocation means, and whether the code that refers
//! to it must be entered through a check (see `thread_locals.rs`).

use super::{Resolver, Site, contradiction};
use crate::arch::Kind;
use crate::batch::{Entry, Found, NewThreadLocal, PendingId, Role, Source, Value};
use crate::blocks::{BlockId, BlockKind, Target};
use crate::error::{Error, ErrorKind};
use crate::host::{Definition, MODULE};
use crate::linker::{Key, StaticKey};
use crate::names::Placed;
use crate::thread_locals::{self, Initial, Place, Variable};

/// What GNU's linkers call the start of the module's thread-local block; compilers refer to it in
/// the local-dynamic model of TLS descriptors.
pub(super) const MODULE_BASE: &str = "_TLS_MODULE_BASE_";

impl Resolver<'_> {
    /// A thread-local defined by what is linked. A library's that the host has too is the host's.
    pub(super) fn thread_local(
        &mut self,
        site: &Site,
        source: Source,
        block: BlockId,
        at: i64,
    ) -> Result<Value, Error> {
        match self.host_variable(source, block)? {
            Some(Definition::ThreadLocal { module, offset }) => {
                let offset = offset.wrapping_add_signed(at);
                return Ok(Value::ThreadLocal { module, offset });
            }
            Some(_) => return Err(contradiction()),
            None => {}
        }
        let room = match self.store.memory.is_here() {
            true => None,
            false => Some(self.symbols.room()?),
        };
        let key = self.static_key(source, block)?;
        let mut variable = self.store.thread_locals.variable(&key, room)?;
        if variable.initial == Initial::Undecided {
            variable.initial = self.new_thread_local(source, block, &key, variable)?;
        }
        self.note_found(source, block, || Found::Placed(Placed::ThreadLocal(variable)));
        self.live_thread_local(site, variable, at)
    }

    /// The module whose thread-locals stand beside those of live code.
    pub(super) fn thread_module(&self) -> Result<u64, Error> {
        match self.store.memory.is_here() {
            true => thread_locals::module(),
            false => Ok(MODULE),
        }
    }

    /// A variable of this program: its value, and the check of the code that refers to it.
    pub(super) fn live_thread_local(
        &mut self,
        site: &Site,
        variable: Variable,
        at: i64,
    ) -> Result<Value, Error> {
        if variable.initial == Initial::Image && self.store.memory.is_here() {
            self.check_entry(site.own)?;
        }
        let Place { module, offset } = variable.place.after(at);
        Ok(Value::ThreadLocal { module, offset })
    }

    /// Makes a variable that no code refers to yet part of the batch. What it starts as is decided
    /// by the first definition met, as for any variable.
    fn new_thread_local(
        &mut self,
        source: Source,
        block: BlockId,
        key: &StaticKey,
        variable: Variable,
    ) -> Result<Initial, Error> {
        let known = self.batch.thread_locals.iter().find(|it| it.key == *key);
        if let Some(known) = known {
            return Ok(known.initial());
        }
        let blocks = &self.units(source).blocks;
        let it = blocks.block(block);
        let bytes = blocks.graph.section_bytes(it.section);
        let bytes = bytes.get(it.start as usize..it.end as usize).unwrap_or(&[]);
        let does_nothing = |target| matches!(target, Target::Nothing);
        let is_zero = bytes.iter().all(|byte| *byte == 0)
            && blocks.aimed(it.relocations).all(|(_, target)| does_nothing(target));
        let image = (!is_zero).then(|| self.push(source, block, Role::Image, Key(0)));
        let new = NewThreadLocal { key: key.clone(), place: variable.place, image };
        let initial = new.initial();
        self.batch.thread_locals.push(new);
        Ok(initial)
    }

    /// A thread-local is referred to as one, and nothing else is.
    pub(super) fn check_kind(
        &self,
        kind: Kind,
        source: Source,
        block: BlockId,
    ) -> Result<(), Error> {
        let found = self.units(source).blocks.block(block).kind == BlockKind::ThreadLocal;
        match found == kind.is_thread_local() {
            true => Ok(()),
            false => Err(contradiction()),
        }
    }

    /// From now on the unit is entered through a check, if it is code.
    fn check_entry(&mut self, own: PendingId) -> Result<(), Error> {
        let pending = &self.batch.pending[own.0 as usize];
        if matches!(pending.role, Role::Constant | Role::Static | Role::Image) {
            return Ok(());
        }
        if pending.entry == Entry::Checked {
            return Ok(());
        }
        let blocks = &self.units(pending.source).blocks;
        let section = blocks.block(pending.root).section;
        if blocks.has_several_functions(section) {
            let why = format!(
                "section {} holds several functions and uses a thread-local with an initial value: \
                 threads that already run get it at a function's entry; compile with \
                 -ffunction-sections",
                blocks.graph.section_name(section)
            );
            return Err(Error::new(ErrorKind::ThreadLocal, why));
        }
        if blocks.is_outlined(pending.root) {
            let why = format!(
                "{} uses a thread-local with an initial value: threads that already run get it at a \
                 function's entry, and this code is entered from within a function; compile with \
                 -fno-reorder-blocks-and-partition",
                blocks.block_identity(pending.root)
            );
            return Err(Error::new(ErrorKind::ThreadLocal, why));
        }
        self.batch.pending[own.0 as usize].entry = Entry::Checked;
        Ok(())
    }
}
