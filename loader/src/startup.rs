//! Constructors and destructors of objects: `.init_array`, `.fini_array` and their older kin (phases:
//! parse to seal, and after).
//!
//! The rules stand at [`Linker::construct`]. A listed function is resolved like a field of a variable,
//! once its object takes part in a link, so it is private code that is kept, or the stub of a live one.

mod list;

use std::collections::{HashMap, HashSet};
use std::ffi::{c_char, c_int, c_void};

pub(crate) use self::list::{Listed, When, is_list, list};
use crate::batch::{Batch, PendingId, Role, Source, Value};
use crate::blocks::BlockId;
use crate::error::{Error, ErrorKind};
use crate::linker::{Linker, StaticKey, Store};
use crate::memory::Region;
use crate::nearest::readable;
use crate::resolve::{Resolver, Site};
use crate::units::{Binding, Chunk, ChunkKind, Units};

/// What a constructor or destructor is known by in its program.
type Name = (When, Box<str>, Box<str>);

/// A function that the batch lists and that is to run.
pub(crate) struct PendingStartup {
    name: Name,
    priority: u32,
    value: Value,
    addend: i64,
    statics: Vec<StaticKey>,
}

/// A constructor that is to run.
struct Constructs {
    name: Name,
    priority: u32,
    address: usize,
    /// The variables that are new in the link that made it pending.
    variables: Vec<usize>,
}

/// What of a linker runs at the start and the end of its program.
#[derive(Default)]
pub(crate) struct Startup {
    /// Constructors that ran or are pending.
    known: HashSet<Name>,
    /// Variables that they constructed.
    constructed: HashSet<usize>,
    /// Variables whose constructor panicked, or would have run after one that did.
    unfinished: HashSet<usize>,
    /// Constructors that are to run.
    pending: Vec<Constructs>,
    /// Destructors in the order of their objects: priority and newest address.
    ends: Vec<(u32, usize)>,
    /// Where in `ends` a destructor is.
    by_name: HashMap<Name, usize>,
    /// Whether code of the program may run when the linker is dropped.
    is_started: bool,
}

impl Resolver<'_> {
    /// Makes the constructors and destructors of the selected objects part of the batch.
    pub(crate) fn gather_startup(&mut self) -> Result<(), Error> {
        for (index, selection) in self.selections.iter().enumerate() {
            let source = Source::Selection(index as u32);
            if selection.functions.is_empty() {
                continue;
            }
            let object = &selection.split.units.blocks.graph.name;
            for listed in &selection.split.startup {
                let name = (listed.when, object.clone(), listed.name.as_str().into());
                let statics = match listed.when {
                    When::End => Vec::new(),
                    When::Start => match self.constructs(source, listed, &name)? {
                        Some(statics) => statics,
                        None => continue,
                    },
                };
                let (value, addend) = self.listed_function(source, listed)?;
                let priority = listed.priority;
                self.batch.startup.push(PendingStartup { name, priority, value, addend, statics });
            }
        }
        Ok(())
    }

    /// The variables that a constructor is to construct in this link; `None` when it is not to run.
    fn constructs(
        &mut self,
        source: Source,
        listed: &Listed,
        name: &Name,
    ) -> Result<Option<Vec<StaticKey>>, Error> {
        let (mut new, mut old) = (Vec::new(), Vec::new());
        let variables = listed.root.map_or(Vec::new(), |root| reached(self.units(source), root));
        for (block, is_guarded) in variables {
            let key = self.static_key(source, block)?;
            match self.store.statics.get(&key) {
                None => new.push(key),
                Some(address) if self.store.startup.unfinished.contains(address) => new.push(key),
                Some(_) if is_guarded => {}
                Some(address) if self.store.startup.constructed.contains(address) => old.push(key),
                Some(_) => {}
            }
        }
        let is_known = self.store.startup.known.contains(name);
        let is_made = listed.name.starts_with("_GLOBAL_");
        if (is_known || is_made) && !new.is_empty() && !old.is_empty() {
            let names = |keys: &[StaticKey]| {
                let names: Vec<_> = keys.iter().take(4).map(|key| readable(&key.name)).collect();
                names.join(", ")
            };
            let why = format!(
                "constructor {} would construct {}, which is new, and again {}, which is not: give \
                 the new variable a file or a priority (init_priority) of its own",
                readable(&listed.name),
                names(&new),
                names(&old)
            );
            return Err(Error::new(ErrorKind::Startup, why).within(&name.1));
        }
        let is_first = !is_known && (old.is_empty() || !is_made);
        Ok((is_first || !new.is_empty()).then_some(new))
    }

    /// The function of an entry, as a value and what to add to it.
    fn listed_function(&mut self, source: Source, listed: &Listed) -> Result<(Value, i64), Error> {
        let blocks = &self.units(source).blocks;
        let section = blocks.graph.section(listed.section);
        let at = listed.relocation as usize;
        let relocation = blocks.graph.relocations[at];
        let target = blocks.targets[at];
        let nobody = BlockId(u32::MAX);
        let site = Site {
            own: PendingId(u32::MAX),
            source,
            root: nobody,
            // Like a variable's: what it points to is kept.
            role: Role::Static,
            chunk: Chunk {
                kind: ChunkKind::Block(nobody),
                region: Region::Data,
                section: listed.section,
                start: 0,
                end: section.size,
                align: 8,
                relocations: section.relocations,
            },
            relocation,
            is_indirect: false,
        };
        let value = self.value(&site, target).map_err(|error| self.locate(error, &site))?;
        Ok((value, relocation.addend))
    }
}

/// The variables that a function refers to, directly or through private code and constants, each with
/// whether it refers to a guard of it. Guards are left out.
fn reached(units: &Units, root: BlockId) -> Vec<(BlockId, bool)> {
    let statics = units.bindings(root).iter().filter_map(|binding| match binding {
        Binding::Static(block) => Some(*block),
        _ => None,
    });
    let mut statics: Vec<_> = statics.collect();
    statics.sort_unstable();
    statics.dedup();
    let name = |block: BlockId| units.blocks.block_name(units.blocks.block(block));
    let guarded: HashSet<&str> =
        statics.iter().filter_map(|block| name(*block).strip_prefix("_ZGV")).collect();
    let variables = statics.iter().filter(|block| !name(**block).starts_with("_ZGV"));
    variables
        .map(|&block| {
            // A guard is called by the mangled name, also of variables whose own is not mangled.
            let own = name(block);
            let own = own.strip_prefix("_Z").map_or(format!("{}{own}", own.len()), String::from);
            (block, guarded.contains(own.as_str()))
        })
        .collect()
}

/// Makes every listed function of the batch an address, while the link can still fail.
pub(crate) fn prepare(batch: &mut Batch, store: &mut Store) -> Result<(), Error> {
    for index in 0..batch.startup.len() {
        let address = match batch.startup[index].value {
            Value::Slot(word) => store.tables.stub_through(word)?,
            value @ (Value::Pending { .. } | Value::Address(_)) => batch.address(value),
            _ => {
                let name = &batch.startup[index].name.2;
                let why = format!("{name} cannot be a constructor or destructor");
                return Err(Error::new(ErrorKind::Startup, why));
            }
        };
        let startup = &mut batch.startup[index];
        let address = (address as u64).wrapping_add_signed(startup.addend);
        startup.value = Value::Address(address);
    }
    Ok(())
}

/// Remembers what a successful link made pending.
pub(crate) fn remember(batch: &mut Batch, store: &mut Store) {
    let Store { startup, statics, .. } = store;
    for PendingStartup { name, priority, value, statics: keys, .. } in batch.startup.drain(..) {
        let Value::Address(address) = value else { continue };
        let address = address as usize;
        let entry = (priority, address);
        match name.0 {
            When::Start => {
                let variables = keys.iter().filter_map(|key| statics.get(key).copied()).collect();
                let pending = Constructs { name, priority, address, variables };
                startup.remember(&pending);
                startup.pending.push(pending);
            }
            When::End => match startup.by_name.get(&name) {
                Some(index) => startup.ends[*index] = entry,
                None => {
                    startup.by_name.insert(name, startup.ends.len());
                    startup.ends.push(entry);
                }
            },
        }
    }
}

impl Startup {
    fn remember(&mut self, constructor: &Constructs) {
        self.known.insert(constructor.name.clone());
        for variable in &constructor.variables {
            self.constructed.insert(*variable);
            self.unfinished.remove(variable);
        }
    }

    fn forget(&mut self, constructor: &Constructs) {
        self.known.remove(&constructor.name);
        for variable in &constructor.variables {
            self.constructed.remove(variable);
            self.unfinished.insert(*variable);
        }
    }

    /// What is pending, in the order in which it is to run.
    fn take(&mut self) -> Vec<Constructs> {
        let mut pending = std::mem::take(&mut self.pending);
        pending.sort_by_key(|constructor| constructor.priority);
        pending
    }
}

/// Constructors that run. Dropped by a panic of one, it leaves that one and the rest to a later link.
struct Running<'a> {
    startup: &'a mut Startup,
    all: Vec<Constructs>,
    finished: usize,
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        let (finished, rest) = self.all.split_at(self.finished);
        rest.iter().for_each(|constructor| self.startup.forget(constructor));
        if !rest.is_empty() {
            // Both may have met the same new variable.
            finished.iter().for_each(|constructor| self.startup.remember(constructor));
        }
    }
}

type Constructor = extern "C-unwind" fn(c_int, *const *const c_char, *const *const c_char);
type Destructor = extern "C-unwind" fn();

impl Linker {
    /// Runs the constructors that are pending since the last call, with no arguments and this process's
    /// environment, and returns how many there were. After a panic of one of them the rest do not
    /// run; it and they are as if they had not been met, and the next link of their objects makes
    /// them pending. In another address space it runs nothing: see [`Linker::take_constructors`].
    ///
    /// A program starts once, live code changes all the time. So: **the swap of a function runs no
    /// constructor, and new static data runs its own once.** In full, for the functions that `.init_array`,
    /// `.preinit_array` and `.ctors` of an object list:
    ///
    /// - A constructor is known by its object's name and its own. The first link that takes any function
    ///   of the object makes it *pending*; this runs what is pending, by priority and
    ///   then in the order of objects and entries. Between the two the caller publishes the slots that
    ///   were empty.
    /// - Later links of the object make it pending again only if it refers to variables that are new in
    ///   that link (of a new name, size or fingerprint), directly or through private code.
    /// - Would it then run a second time on variables that it, or another, has constructed before, the
    ///   link is an error that names both. GCC and Clang put all of a file's C++ variables into
    ///   one constructor: give the new variable a file, or a priority (`init_priority`), of its own.
    ///   A variable with a guard of its own (`inline`, templates) may be met again: its constructor asks
    ///   the guard.
    /// - A constructor that a compiler made (`_GLOBAL__...`) and that is known under another name now, as
    ///   happens when the first variable of a file changes, does not run on what is constructed.
    ///
    /// What `.fini_array` and `.dtors` list runs when the linker is dropped, in reverse order and in its
    /// newest version, if `construct` was ever called. After it, and also if it never was, the destructors
    /// of C++ variables run (`__cxa_finalize`): live code's `__dso_handle` is the linker's own, and a
    /// variable of a function registers there at the function's first call. Code that they call must
    /// still be there: drop the linker before what it linked.
    ///
    /// Constructors and what they reach are private code that is kept. Constructors of archive members
    /// do not run: of the host's libraries the host has run them.
    ///
    /// # Safety
    /// The constructors, and the destructors of everything that this linker links, may be run by
    /// this thread; slots that they call through are published, and what was linked is not dropped
    /// before this linker.
    pub unsafe fn construct(&mut self) -> usize {
        if !self.store.memory.is_here() {
            return 0;
        }
        let startup = &mut self.store.startup;
        startup.is_started = true;
        let all = startup.take();
        let mut running = Running { startup, all, finished: 0 };
        let nothing: [*const c_char; 1] = [std::ptr::null()];
        while let Some(next) = running.all.get(running.finished) {
            let address: *const () = std::ptr::with_exposed_provenance(next.address);
            // SAFETY: what these sections list has this type; the code is sealed and kept, and the
            // caller says that it may run.
            let constructor: Constructor = unsafe { std::mem::transmute(address) };
            constructor(0, nothing.as_ptr(), environment());
            running.finished += 1;
        }
        running.finished
    }

    /// The addresses of the constructors that are pending since the last call, in the order in which
    /// they are to run, for who runs them in another address space.
    pub fn take_constructors(&mut self) -> Vec<u64> {
        let pending = self.store.startup.take();
        pending.into_iter().map(|constructor| constructor.address as u64).collect()
    }
}

impl Drop for Linker {
    fn drop(&mut self) {
        if !self.store.memory.is_here() {
            return;
        }
        let startup = &mut self.store.startup;
        let mut ends = std::mem::take(&mut startup.ends);
        if !startup.is_started {
            ends.clear();
        }
        ends.sort_by_key(|(priority, _)| *priority);
        for (_, address) in ends.into_iter().rev() {
            let address: *const () = std::ptr::with_exposed_provenance(address);
            // SAFETY: as for constructors; who called `construct` promised it for these too.
            let destructor: Destructor = unsafe { std::mem::transmute(address) };
            destructor();
        }
        if let Some(handle) = self.store.tables.known_handle() {
            // SAFETY: runs, once each, what live code registered under this handle, which is the
            // address of a word of ours; its code is kept, or in functions that outlive us. Whoever
            // called live code let it register, with or without constructors.
            unsafe { __cxa_finalize(std::ptr::with_exposed_provenance_mut(handle)) };
        }
    }
}

unsafe extern "C-unwind" {
    // The C library's.
    fn __cxa_finalize(handle: *mut c_void);
}

unsafe extern "C" {
    static environ: *const *const c_char;
}

fn environment() -> *const *const c_char {
    // SAFETY: a word of the C library that always holds a list; it is read once.
    unsafe { (&raw const environ).read() }
}
