//! The functions that this program takes from shared libraries: where their addresses stand, so that another can be put
//! there. Only the program's own calls are led elsewhere, which in a test binary of Rust are those of std.

use core::ffi::{c_int, c_void};
use core::ptr::null;

use crate::system::{dl_iterate_phdr, getpagesize, mprotect, Loaded, READ_WRITE};

const DYNAMIC: u32 = 2;
/// Kinds of relocation that store a function's address: in data, in a table, and in the table of calls.
const STORES: [u64; 3] = [1, 6, 7];

#[repr(C)]
struct Segment {
    kind: u32,
    flags: u32,
    offset: u64,
    address: u64,
    others: [u64; 4],
}

#[repr(C)]
struct Entry {
    tag: u64,
    value: u64,
}

#[repr(C)]
struct Symbol {
    name: u32,
    others: [u32; 5],
}

#[repr(C)]
struct Relocation {
    place: u64,
    info: u64,
    addend: i64,
}

/// The program's own tables.
struct Tables {
    base: u64,
    names: u64,
    symbols: u64,
    /// Address and size.
    relocations: [(u64, u64); 2],
}

/// Puts `new` in place of the function of this name, which is given back; `None` when the program does not import it.
pub(crate) unsafe fn replace(name: &[u8], new: usize) -> Option<usize> {
    let mut dynamic = (0u64, null::<Entry>());
    dl_iterate_phdr(find, core::ptr::addr_of_mut!(dynamic).cast());
    let (base, mut entry) = dynamic;
    if entry.is_null() {
        return None;
    }
    let mut tables = Tables { base, names: 0, symbols: 0, relocations: [(0, 0); 2] };
    while (*entry).tag != 0 {
        let Entry { tag, value } = *entry;
        // Some loaders write addresses here, others leave what the linker wrote.
        let address = if value < base { base + value } else { value };
        match tag {
            2 => tables.relocations[0].1 = value,
            5 => tables.names = address,
            6 => tables.symbols = address,
            7 => tables.relocations[1].0 = address,
            8 => tables.relocations[1].1 = value,
            23 => tables.relocations[0].0 = address,
            _ => {}
        }
        entry = entry.add(1);
    }
    put(&tables, name, new)
}

unsafe fn put(tables: &Tables, name: &[u8], new: usize) -> Option<usize> {
    let mut old = None;
    let mut table = 0;
    while table < tables.relocations.len() {
        let (address, size) = *tables.relocations.as_ptr().add(table);
        table += 1;
        let mut at = address;
        while at < address + size && address != 0 {
            let Relocation { place, info, addend } = *(at as *const Relocation);
            at += core::mem::size_of::<Relocation>() as u64;
            let symbol = (tables.symbols as *const Symbol).add((info >> 32) as usize);
            let kind = info & 0xffff_ffff;
            if addend == 0
                && (kind == STORES[0] || kind == STORES[1] || kind == STORES[2])
                && is_same((tables.names + u64::from((*symbol).name)) as *const u8, name)
            {
                let place = (tables.base + place) as *mut usize;
                let page = getpagesize() as usize;
                let start = place as usize & !(page - 1);
                // It was written by the loader, and made read-only after that.
                if mprotect(start as *mut c_void, page, READ_WRITE) != 0 {
                    return None;
                }
                old = Some(*place);
                *place = new;
            }
        }
    }
    old
}

/// The first is the program itself.
unsafe extern "C" fn find(loaded: *const Loaded, _: usize, found: *mut c_void) -> c_int {
    let mut segment = (*loaded).segments.cast::<Segment>();
    let end = segment.add(usize::from((*loaded).count));
    while segment < end {
        if (*segment).kind == DYNAMIC {
            let address = (*loaded).base + (*segment).address;
            *found.cast::<(u64, *const Entry)>() = ((*loaded).base, address as *const Entry);
        }
        segment = segment.add(1);
    }
    1
}

unsafe fn is_same(mut text: *const u8, name: &[u8]) -> bool {
    let mut index = 0;
    while index < name.len() {
        if *text != *name.as_ptr().add(index) {
            return false;
        }
        text = text.add(1);
        index += 1;
    }
    true
}
