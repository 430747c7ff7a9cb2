//! GDB's JIT interface: a list of ELF images in this process that a debugger reads, and a function
//! on which it keeps a breakpoint, called when the list changes.
//!
//! One image per link, since a debugger's cost grows with the number of images. When part of it
//! is reclaimed, the image is replaced by one without that part before the addresses can be used
//! again; when all of it is, it is taken out at once.
//!
//! The two symbols are the process's, not a program's, and their names are the interface (GDB manual,
//! "JIT Compilation Interface"). They are weak: where another just-in-time compiler in the same
//! executable brings its own, all share one list. The interface has no lock; other users of
//! it must not change the list while a program is linked.

use std::collections::HashMap;
use std::ptr::{null_mut, without_provenance_mut};
use std::sync::{Arc, Mutex, PoisonError};

use super::elf::{self, Text};
use super::{Code, Spot, dwarf, frames, names};
use crate::arch::Machine;

std::arch::global_asm!(
    ".pushsection .text.__jit_debug_register_code,\"ax\",@progbits",
    ".weak __jit_debug_register_code",
    ".type __jit_debug_register_code,@function",
    "__jit_debug_register_code:",
    "nop",
    "ret",
    ".size __jit_debug_register_code, .-__jit_debug_register_code",
    ".popsection",
    ".pushsection .data.__jit_debug_descriptor,\"aw\",@progbits",
    ".weak __jit_debug_descriptor",
    ".type __jit_debug_descriptor,@object",
    ".balign 8",
    "__jit_debug_descriptor:",
    ".long 1, 0", // version, action
    ".quad 0, 0", // relevant entry, first entry
    ".size __jit_debug_descriptor, .-__jit_debug_descriptor",
    ".popsection",
);

/// One image in the list, as the interface lays it out.
#[repr(C)]
struct Entry {
    next: *mut Entry,
    previous: *mut Entry,
    image: *const u8,
    size: u64,
}

#[repr(C)]
struct Descriptor {
    version: u32,
    action: u32,
    relevant: *mut Entry,
    first: *mut Entry,
}

const REGISTER: u32 = 1;
const UNREGISTER: u32 = 2;

unsafe extern "C" {
    static mut __jit_debug_descriptor: Descriptor;
    safe fn __jit_debug_register_code();
}

/// Held by whoever reads or changes the list.
static LIST: Mutex<()> = Mutex::new(());

/// An image that debuggers see, until drop.
struct Registered {
    entry: *mut Entry,
    /// What the entry points to.
    _image: Vec<u8>,
}

// SAFETY: the entry is in the list and touched under its lock only; the pointers are not tied to a
// thread.
unsafe impl Send for Registered {}

impl Registered {
    fn new(image: Vec<u8>) -> Registered {
        let _list = LIST.lock().unwrap_or_else(PoisonError::into_inner);
        let descriptor = &raw mut __jit_debug_descriptor;
        // SAFETY: the descriptor is static, and under the lock ours alone.
        let first = unsafe { (*descriptor).first };
        let (image_start, size) = (image.as_ptr(), image.len() as u64);
        let entry = Entry { next: first, previous: null_mut(), image: image_start, size };
        let entry = Box::into_raw(Box::new(entry));
        // SAFETY: as above; `first` is null or an entry that is in the list, hence alive. Volatile:
        // the reader is another process.
        unsafe {
            if !first.is_null() {
                (*first).previous = entry;
            }
            (&raw mut (*descriptor).first).write_volatile(entry);
        }
        announce(REGISTER, entry);
        Registered { entry, _image: image }
    }
}

impl Drop for Registered {
    fn drop(&mut self) {
        let _list = LIST.lock().unwrap_or_else(PoisonError::into_inner);
        let descriptor = &raw mut __jit_debug_descriptor;
        // SAFETY: the entry is this one's and in the list; its neighbours are alive while they are
        // in the list too, which only changes under the lock.
        unsafe {
            let Entry { next, previous, .. } = *self.entry;
            if !next.is_null() {
                (*next).previous = previous;
            }
            match previous.is_null() {
                true => (&raw mut (*descriptor).first).write_volatile(next),
                false => (*previous).next = next,
            }
        }
        announce(UNREGISTER, self.entry);
        // SAFETY: made by `new` from a box, and out of the list now.
        drop(unsafe { Box::from_raw(self.entry) });
    }
}

/// Tells a debugger, if one is there, what has just changed.
fn announce(action: u32, entry: *mut Entry) {
    let descriptor = &raw mut __jit_debug_descriptor;
    // SAFETY: static, and the caller holds the lock. Volatile: a debugger reads it in the call.
    unsafe {
        (&raw mut (*descriptor).relevant).write_volatile(entry);
        (&raw mut (*descriptor).action).write_volatile(action);
    }
    __jit_debug_register_code();
    // SAFETY: as above.
    unsafe {
        (&raw mut (*descriptor).action).write_volatile(0);
        (&raw mut (*descriptor).relevant).write_volatile(without_provenance_mut(0));
    }
}

/// Units in one image at most: when one of them is reclaimed the others' image is made again.
const MOST: usize = 1000;

/// The images of one program.
#[derive(Default)]
pub(super) struct Images {
    groups: HashMap<u32, Group>,
    /// The group of each unit, by the address where it starts.
    of: HashMap<usize, u32>,
    next: u32,
}

/// What was linked together.
struct Group {
    codes: Vec<Arc<Code>>,
    image: Option<Registered>,
    /// Whether the image shows units that are gone. Until their addresses are used again that
    /// misleads nobody, and the others must not disappear meanwhile.
    is_stale: bool,
}

impl Images {
    /// Shows what was linked. Their addresses may have been others' that are gone: no image shows
    /// those any more afterwards.
    pub(super) fn add(&mut self, codes: &[Arc<Code>]) {
        for group in self.groups.values_mut().filter(|group| group.is_stale) {
            group.image = image(&group.codes).map(Registered::new);
            group.is_stale = false;
        }
        for codes in codes.chunks(MOST) {
            self.of.extend(codes.iter().map(|code| (code.start(), self.next)));
            let image = image(codes).map(Registered::new);
            self.groups.insert(self.next, Group { codes: codes.to_vec(), image, is_stale: false });
            self.next = self.next.wrapping_add(1);
        }
    }

    /// Takes the unit at `start` out of what is shown.
    pub(super) fn remove(&mut self, start: usize) {
        let Some(id) = self.of.remove(&start) else { return };
        let Some(group) = self.groups.get_mut(&id) else { return };
        group.codes.retain(|code| code.start() != start);
        group.is_stale = true;
        if group.codes.is_empty() {
            self.groups.remove(&id);
        }
    }
}

/// The ELF image of units that are in memory.
fn image(codes: &[Arc<Code>]) -> Option<Vec<u8>> {
    let mut labels = Vec::new();
    let mut names = HashMap::new();
    let mut records = Vec::new();
    for code in codes {
        let label = code.label();
        for (index, spot) in code.spots().enumerate() {
            let name = if index == 0 { label.clone() } else { format!("{label}.part") };
            labels.push((name, spot.address as u64, u64::from(spot.size())));
        }
        let check = code.first.address.saturating_sub(code.entry) as u64;
        if check > 0 {
            labels.push((format!("{label}.check"), code.entry as u64, check));
        }
        names.insert(code.first.address as u64, &**code);
        if let Some((address, length)) = code.unwind {
            // SAFETY: the records of a unit that is in the index, whose lock is held: it is
            // mapped, and sealed bytes never change.
            let bytes = unsafe { super::bytes_at(address.get(), length as usize) };
            frames::append(&mut records, bytes, address.get());
        }
    }
    let texts: Vec<Text<'_>> = labels
        .iter()
        .map(|(name, address, size)| Text { name, address: *address, size: *size })
        .collect();
    let sections = names::with_generations(debug_sections(codes), &names);
    let mut debug: Vec<(&str, &[u8])> = sections.iter().map(|(name, it)| (*name, &**it)).collect();
    debug.push((".debug_frame", &records));
    elf::image(Machine::HERE, &texts, &debug)
}

/// The debugging sections of the units' objects, each object once, for where the units are.
fn debug_sections(codes: &[Arc<Code>]) -> dwarf::Sections {
    struct Object<'a> {
        bytes: &'a [u8],
        spots: HashMap<usize, Spot>,
    }
    let mut objects: Vec<Object<'_>> = Vec::new();
    let mut by_address = HashMap::new();
    for code in codes {
        let Some(lines) = &code.lines else { continue };
        let object = lines.object();
        let at = *by_address.entry(object.as_ptr()).or_insert_with(|| {
            objects.push(Object { bytes: object, spots: HashMap::new() });
            objects.len() - 1
        });
        for spot in code.spots() {
            objects[at].spots.entry(spot.section as usize).or_insert(*spot);
        }
    }
    let place = |object: &Object<'_>, section: usize, offset: u64| {
        let spot = object.spots.get(&section)?;
        // The end of a function is an address, too.
        let (start, end) = (u64::from(spot.start), u64::from(spot.end));
        let is_inside = (start..=end).contains(&offset);
        is_inside.then(|| spot.address as u64 + (offset - start))
    };
    let places: Vec<_> = objects
        .iter()
        .map(|object| move |section: usize, offset: u64| place(object, section, offset))
        .collect();
    let inputs = objects.iter().zip(&places);
    let inputs: Vec<_> =
        inputs.map(|(object, place)| dwarf::Input { bytes: object.bytes, place }).collect();
    dwarf::link(&inputs)
}
