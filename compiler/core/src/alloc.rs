//! Memory of the process's own allocator, the one that rustc's code of the host and of live files uses.

mod layout;

pub use self::layout::{Layout, LayoutErr, LayoutError};

unsafe extern "C" {
    fn segue_jit_allocate(size: usize, align: usize) -> *mut u8;
    fn segue_jit_resize(memory: *mut u8, old: usize, align: usize, new: usize) -> *mut u8;
    fn segue_jit_free(memory: *mut u8, size: usize, align: usize);
}

/// Memory for so many values; of what has no size, an address that is aligned. The host ends the process where
/// there is no memory.
pub(crate) fn array<T>(count: usize) -> *mut T {
    let size = bytes::<T>(count);
    if size == 0 {
        return crate::ptr::dangling_mut::<T>();
    }
    unsafe { segue_jit_allocate(size, align_of::<T>()) as *mut T }
}

pub(crate) fn resize<T>(memory: *mut T, old: usize, new: usize) -> *mut T {
    let (before, after) = (bytes::<T>(old), bytes::<T>(new));
    if before == 0 {
        return array::<T>(new);
    }
    if after == 0 {
        free(memory as *mut u8, before, align_of::<T>());
        return crate::ptr::dangling_mut::<T>();
    }
    unsafe { segue_jit_resize(memory as *mut u8, before, align_of::<T>(), after) as *mut T }
}

pub(crate) fn raw(size: usize, align: usize) -> *mut u8 {
    if size == 0 {
        return crate::ptr::without_provenance_mut::<u8>(align);
    }
    unsafe { segue_jit_allocate(size, align) }
}

pub(crate) fn free(memory: *mut u8, size: usize, align: usize) {
    if size != 0 {
        unsafe { segue_jit_free(memory, size, align) }
    }
}

fn bytes<T>(count: usize) -> usize {
    match size_of::<T>().checked_mul(count) {
        Some(bytes) if bytes <= isize::MAX as usize => bytes,
        _ => crate::panicking::panic("capacity overflow"),
    }
}

pub unsafe fn alloc(layout: Layout) -> *mut u8 {
    raw(layout.size(), layout.align())
}

pub unsafe fn alloc_zeroed(layout: Layout) -> *mut u8 {
    let memory = raw(layout.size(), layout.align());
    unsafe { memory.write_bytes(0, layout.size()) };
    memory
}

pub unsafe fn dealloc(memory: *mut u8, layout: Layout) {
    free(memory, layout.size(), layout.align())
}

pub unsafe fn realloc(memory: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
    unsafe { segue_jit_resize(memory, layout.size(), layout.align(), new_size) }
}

/// Nobody comes here: the host ends the process itself where there is no memory.
pub fn handle_alloc_error(_: Layout) -> ! {
    crate::panicking::panic("memory allocation failed")
}
