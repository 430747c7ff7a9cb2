//! Entries: the initial values of new thread-locals become known to every thread, and the checks are
//! written in front of the code that refers to them (between the phases relocate and seal).
//!
//! The list of initial values has one order for the whole process, and a check compares with its
//! length; so checks are written last, when nothing but the kernel can still make the link fail.
//! Should that happen, an initial value is in the list that no code refers to: it stays where it is.

use crate::arch;
use crate::batch::{Batch, Entry};
use crate::error::Error;
use crate::host::Symbols;
use crate::linker::Store;
use crate::memory::{Allocation, ThreadLocal};
use crate::thread_locals::{self, NewImage};

/// Publishes the batch's initial values and writes its entry checks.
pub(crate) fn run(batch: &mut Batch, store: &mut Store, symbols: &Symbols) -> Result<(), Error> {
    let is_checked = batch.pending.iter().any(|pending| pending.entry == Entry::Checked);
    let has_new = !batch.thread_locals.is_empty();
    if !is_checked && !has_new {
        return Ok(());
    }
    if !store.memory.is_here() {
        let listed = images(batch, symbols).into_iter().map(|image| ThreadLocal {
            from_thread_pointer: image.from_thread_pointer as i64,
            initial: image.bytes as u64,
            size: image.length as u64,
        });
        store.memory.list_thread_locals(listed);
        for new in &batch.thread_locals {
            store.thread_locals.decide(&new.key, new.initial());
        }
        return Ok(());
    }
    if has_new {
        store.outlive();
    }
    let images = images(batch, symbols);
    // Before anything that cannot be undone.
    let word = store.tables.word(initialiser())?;
    let watermark = thread_locals::watermark()?;
    let known = thread_locals::publish(&images)?;
    for new in &batch.thread_locals {
        store.thread_locals.decide(&new.key, new.initial());
    }
    for pending in &mut batch.pending {
        let body = batch.places[pending.places as usize];
        if pending.entry == Entry::Checked
            && let Some(code) = &mut pending.code
        {
            let check = arch::check(body, word, watermark, known)?;
            let end = body - code.address();
            let start = end - check.len();
            code.bytes_mut()[..start].fill(arch::TRAP);
            code.bytes_mut()[start..end].copy_from_slice(&check);
        }
    }
    Ok(())
}

/// The initial values, whose ranges stay from now on.
fn images(batch: &mut Batch, symbols: &Symbols) -> Vec<NewImage> {
    let mut images = Vec::new();
    for new in &batch.thread_locals {
        let Some(unit) = new.image else { continue };
        let pending = &mut batch.pending[unit.0 as usize];
        pending.read_only = pending.read_only.take().map(Allocation::kept);
        if let Some(range) = &pending.read_only {
            range.touch();
        }
        images.push(NewImage {
            from_thread_pointer: symbols.thread_pointer_offset(new.place.module, new.place.offset),
            bytes: batch.places[pending.places as usize],
            length: new.key.size as usize,
        });
    }
    images
}

fn initialiser() -> u64 {
    let initialise: unsafe extern "C" fn() = thread_locals::initialise;
    (initialise as *const ()).expose_provenance() as u64
}
