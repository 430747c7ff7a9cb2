//! What a link hands out: owners of sealed code (after phase: seal).
//!
//! Dropping an owner is reclaiming: the unwinder forgets the code, then the memory is given back.
//! Private code is owned in groups, one per strongly connected component of calls; a group lives as
//! long as a live function or another group calls into it, or for the linker's life when its
//! address escaped into data, where a state may hold it.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock};

use crate::debug::Known;
use crate::memory::Allocation;
use crate::unwind::find::Registration;

/// The memory of one unit of code. Fields drop in order: first tools and unwinder forget it.
pub(crate) struct Body {
    _known: Option<Known>,
    _unwind: Option<Registration>,
    code: Option<Allocation>,
    _read_only: Option<Allocation>,
}

impl Body {
    pub(crate) fn new(
        known: Option<Known>,
        unwind: Option<Registration>,
        code: Option<Allocation>,
        read_only: Option<Allocation>,
    ) -> Body {
        Body { _known: known, _unwind: unwind, code, _read_only: read_only }
    }

    fn range(&self) -> Option<Range<usize>> {
        self.code.as_ref().map(|code| code.address()..code.address() + code.len())
    }
}

/// Private code that is reclaimed together.
#[derive(Default)]
pub(crate) struct Group {
    pub(crate) bodies: OnceLock<Vec<Body>>,
    /// The groups it calls.
    pub(crate) calls: OnceLock<Vec<Arc<Group>>>,
    /// Whether it is in the list of those that stay.
    is_kept: AtomicBool,
}

impl Group {
    pub(crate) fn is_kept(&self) -> bool {
        // Relaxed here and below: only the linker reads and writes it, under its `&mut`.
        self.is_kept.load(Ordering::Relaxed)
    }

    /// Marks it as kept; whether it was already.
    pub(crate) fn keep(&self) -> bool {
        self.is_kept.swap(true, Ordering::Relaxed)
    }
}

impl Drop for Group {
    /// Gives its own memory back, then that of the groups that only it called, and so on with a list
    /// of its own: how deep private calls go is the object's to choose, and no stack is deep enough.
    fn drop(&mut self) {
        drop(self.bodies.take());
        let mut open = self.calls.take().unwrap_or_default();
        while let Some(group) = open.pop() {
            if let Some(mut group) = Arc::into_inner(group) {
                open.append(group.calls.get_mut().unwrap_or(&mut Vec::new()));
            }
        }
    }
}

/// A walk over the private code of many functions, to each once.
#[derive(Default)]
pub struct PrivateCode(HashSet<usize>);

impl PrivateCode {
    /// The addresses of the private code that `linked` calls, directly or not, without what functions
    /// that were added before call too. All of them must live on while more are added.
    pub fn add(&mut self, linked: &Linked) -> Vec<Range<usize>> {
        self.walk(&linked.calls)
    }

    fn walk(&mut self, calls: &[Arc<Group>]) -> Vec<Range<usize>> {
        let mut ranges = Vec::new();
        let mut open: Vec<&Arc<Group>> = calls.iter().collect();
        while let Some(group) = open.pop() {
            if self.0.insert(Arc::as_ptr(group).addr()) {
                ranges.extend(group.bodies.get().into_iter().flatten().filter_map(Body::range));
                open.extend(group.calls.get().into_iter().flatten());
            }
        }
        ranges
    }
}

/// Groups that stay: their address is in data.
pub(crate) type Kept = Arc<Mutex<Vec<Arc<Group>>>>;

/// One linked generation of a live function. It owns the code, the read-only data only it uses and
/// its unwind information, and shares the private code it calls; all are given back on drop.
///
/// Whoever drops it makes sure that no thread can be in the code any more. It may outlive its
/// [`Linker`](crate::Linker).
pub struct Linked {
    pub(crate) name: Arc<str>,
    pub(crate) entry: usize,
    pub(crate) size: usize,
    pub(crate) body: Body,
    pub(crate) calls: Vec<Arc<Group>>,
    pub(crate) _kept: Kept,
}

impl Linked {
    /// The function's symbol.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The address to publish.
    pub fn entry(&self) -> usize {
        self.entry
    }

    /// Bytes of machine code.
    pub fn size(&self) -> usize {
        self.size
    }

    /// The addresses that belong to this generation's code, padding included.
    pub fn range(&self) -> Range<usize> {
        self.body.range().unwrap_or(self.entry..self.entry)
    }
}

impl std::fmt::Debug for Linked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Linked({} at {:#x}, {} bytes)", self.name, self.entry, self.size)
    }
}

#[cfg(test)]
mod tests;
