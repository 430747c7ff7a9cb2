//! The slots of this binary: where they stand, and how a mutant is chosen.

use core::ptr::{addr_of, addr_of_mut, null_mut};
use core::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use crate::system::{__start_segue_slots, __stop_segue_slots};

/// A function with mutants: the same as in `crate::image`.
#[repr(C)]
pub(crate) struct Slot {
    pub(crate) function: u32,
    pub(crate) arms: u32,
    pub(crate) hits: AtomicU64,
    pub(crate) entry: AtomicUsize,
    pub(crate) arm: *const Arm,
}

/// One mutant of a function.
#[repr(C)]
pub(crate) struct Arm {
    pub(crate) mutant: u32,
    pub(crate) entry: usize,
}

/// The size of our piece of the section: a page, or the largest page that the architecture knows.
#[cfg(target_arch = "x86_64")]
const PAGE: usize = 4096;
#[cfg(not(target_arch = "x86_64"))]
const PAGE: usize = 65536;

/// Our own piece of the section of slots. It is a whole aligned page, it comes last, since the object stands last
/// in the linker's command line, and it is all zero: so the section begins and ends on a page, shares none with
/// other data, and can be mapped shared. A record without arms is no function.
#[cfg_attr(target_arch = "x86_64", repr(C, align(4096)))]
#[cfg_attr(not(target_arch = "x86_64"), repr(C, align(65536)))]
struct Padding([u8; PAGE]);

#[used]
#[link_section = "segue_slots"]
static mut PADDING: Padding = Padding([0; PAGE]);

/// What a slot held before a mutant was chosen.
#[derive(Clone, Copy)]
struct Original {
    slot: *mut Slot,
    original: usize,
}

const ORIGINALS_ROOM: usize = 64;
/// What the slots held before a mutant was chosen: a function can stand in a binary more than once.
static mut ORIGINALS: [Original; ORIGINALS_ROOM] =
    [Original { slot: null_mut(), original: 0 }; ORIGINALS_ROOM];
pub(crate) unsafe fn first() -> *mut Slot {
    addr_of!(__start_segue_slots) as *mut Slot
}

pub(crate) unsafe fn end() -> *mut Slot {
    addr_of!(__stop_segue_slots) as *mut Slot
}

/// Stores the mutant's entry into the slots of its function, keeps what they held, and says how many there are.
pub(crate) unsafe fn choose(mutant: u32) -> u32 {
    let mut chosen = 0;
    let mut slot = first();
    while slot < end() {
        let mut index = 0;
        while index < (*slot).arms as usize && chosen < ORIGINALS_ROOM {
            let arm = (*slot).arm.add(index);
            if (*arm).mutant == mutant {
                let original = (*slot).entry.load(Ordering::Relaxed);
                *addr_of_mut!(ORIGINALS).cast::<Original>().add(chosen) =
                    Original { slot, original };
                (*slot).entry.store((*arm).entry, Ordering::Relaxed);
                chosen += 1;
            }
            index += 1;
        }
        slot = slot.add(1);
    }
    chosen as u32
}

/// Gives the slots back what they held.
pub(crate) unsafe fn restore(chosen: u32) {
    let mut index = 0;
    while index < chosen as usize {
        let kept = addr_of!(ORIGINALS).cast::<Original>().add(index);
        (*(*kept).slot).entry.store((*kept).original, Ordering::Relaxed);
        index += 1;
    }
}

/// Whether any function was entered.
#[cfg(target_arch = "x86_64")]
pub(crate) unsafe fn has_hits() -> bool {
    let mut slot = first();
    while slot < end() {
        if (*slot).hits.load(Ordering::Relaxed) != 0 {
            return true;
        }
        slot = slot.add(1);
    }
    false
}

/// Every count begins at 0 for every test.
pub(crate) unsafe fn clear_hits() {
    let mut slot = first();
    while slot < end() {
        if (*slot).hits.load(Ordering::Relaxed) != 0 {
            (*slot).hits.store(0, Ordering::Relaxed);
        }
        slot = slot.add(1);
    }
}
