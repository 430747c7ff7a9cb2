//! Methods of `*mut T`.

use crate::intrinsics;

impl<T: ?Sized> *mut T {
    #[inline(always)]
    pub const fn cast_const(self) -> *const T {
        self as *const T
    }

    #[inline]
    pub const unsafe fn as_mut<'a>(self) -> Option<&'a mut T> {
        if self.is_null() { None } else { unsafe { Some(&mut *self) } }
    }

    #[inline]
    pub unsafe fn drop_in_place(self) {
        unsafe { super::drop_in_place(self) }
    }

    #[inline(always)]
    pub const fn is_null(self) -> bool {
        self as *const u8 as usize == 0
    }

    #[inline(always)]
    pub const fn cast<U>(self) -> *mut U {
        self as *mut U
    }

    #[inline(always)]
    pub fn addr(self) -> usize {
        self as *const u8 as usize
    }

    #[inline(always)]
    pub fn expose_provenance(self) -> usize {
        self as *const u8 as usize
    }

    #[inline(always)]
    pub const unsafe fn as_ref_unchecked<'a>(self) -> &'a T {
        unsafe { &*self }
    }

    #[inline(always)]
    pub const unsafe fn as_mut_unchecked<'a>(self) -> &'a mut T {
        unsafe { &mut *self }
    }

    #[inline]
    pub const unsafe fn as_ref<'a>(self) -> Option<&'a T> {
        if self.is_null() { None } else { unsafe { Some(&*self) } }
    }
}

impl<T> *mut T {
    #[inline(always)]
    #[track_caller]
    pub const unsafe fn offset(self, count: isize) -> *mut T {
        unsafe { intrinsics::offset(self, count) }
    }

    #[inline(always)]
    #[track_caller]
    pub const unsafe fn add(self, count: usize) -> Self {
        unsafe { intrinsics::offset(self, count) }
    }

    #[inline(always)]
    #[track_caller]
    pub const unsafe fn sub(self, count: usize) -> Self {
        unsafe { intrinsics::offset(self, intrinsics::wrapping_sub(0, count as isize)) }
    }

    #[inline(always)]
    pub const unsafe fn byte_add(self, count: usize) -> Self {
        unsafe { intrinsics::offset(self as *mut u8, count) as *mut T }
    }

    #[inline(always)]
    pub const unsafe fn byte_sub(self, count: usize) -> Self {
        unsafe { intrinsics::offset(self as *mut u8, intrinsics::wrapping_sub(0, count as isize)) as *mut T }
    }

    #[inline(always)]
    pub const unsafe fn byte_offset(self, count: isize) -> Self {
        unsafe { intrinsics::offset(self as *mut u8, count) as *mut T }
    }

    #[inline(always)]
    pub const fn wrapping_offset(self, count: isize) -> *mut T {
        unsafe { intrinsics::arith_offset(self as *const T, count) as *mut T }
    }

    #[inline(always)]
    pub const fn wrapping_add(self, count: usize) -> Self {
        unsafe { intrinsics::arith_offset(self as *const T, count as isize) as *mut T }
    }

    #[inline(always)]
    pub const fn wrapping_sub(self, count: usize) -> Self {
        unsafe { intrinsics::arith_offset(self as *const T, intrinsics::wrapping_sub(0, count as isize)) as *mut T }
    }

    #[inline(always)]
    pub const fn wrapping_byte_add(self, count: usize) -> Self {
        unsafe { intrinsics::arith_offset(self as *const u8, count as isize) as *mut T }
    }

    #[inline(always)]
    pub const fn wrapping_byte_sub(self, count: usize) -> Self {
        unsafe { intrinsics::arith_offset(self as *const u8, intrinsics::wrapping_sub(0, count as isize)) as *mut T }
    }

    #[inline]
    pub const fn wrapping_byte_offset(self, count: isize) -> Self {
        (self as *mut u8).wrapping_offset(count) as *mut T
    }

    #[inline]
    pub const unsafe fn byte_offset_from<U>(self, origin: *const U) -> isize {
        unsafe { (self as *const u8).offset_from(origin as *const u8) }
    }

    #[inline]
    pub const unsafe fn byte_offset_from_unsigned<U>(self, origin: *mut U) -> usize {
        unsafe { (self as *const u8).offset_from_unsigned(origin as *const u8) }
    }

    #[inline]
    pub fn with_addr(self, addr: usize) -> Self {
        self.wrapping_byte_offset(addr.wrapping_sub(self.addr()) as isize)
    }

    #[inline]
    pub fn map_addr(self, f: impl FnOnce(usize) -> usize) -> Self {
        self.with_addr(f(self.addr()))
    }

    /// How many items it is to the next address with such an alignment; `usize::MAX` where none has it.
    pub fn align_offset(self, align: usize) -> usize {
        if !align.is_power_of_two() {
            crate::panicking::panic("align_offset: align is not a power-of-two")
        }
        let size = crate::mem::size_of::<T>();
        let mut address = self.addr();
        let mut items = 0;
        // The remainders repeat after as many steps as the alignment.
        while items < align {
            if address & (align - 1) == 0 {
                return items;
            }
            address = address.wrapping_add(size);
            items += 1;
        }
        usize::MAX
    }

    #[inline(always)]
    pub const unsafe fn offset_from(self, origin: *const T) -> isize {
        unsafe { intrinsics::ptr_offset_from(self as *const T, origin) }
    }

    #[inline(always)]
    pub const unsafe fn offset_from_unsigned(self, origin: *const T) -> usize {
        unsafe { intrinsics::ptr_offset_from_unsigned(self as *const T, origin) }
    }

    #[inline(always)]
    #[track_caller]
    pub const unsafe fn read(self) -> T {
        unsafe { intrinsics::read_via_copy(self as *const T) }
    }

    #[inline]
    #[track_caller]
    pub unsafe fn read_volatile(self) -> T {
        unsafe { intrinsics::volatile_load(self as *const T) }
    }

    #[inline]
    #[track_caller]
    pub const unsafe fn read_unaligned(self) -> T {
        unsafe { super::read_unaligned(self as *const T) }
    }

    #[inline]
    #[track_caller]
    pub const unsafe fn copy_to(self, dest: *mut T, count: usize) {
        unsafe { intrinsics::copy(self as *const T, dest, count) }
    }

    #[inline]
    #[track_caller]
    pub const unsafe fn copy_to_nonoverlapping(self, dest: *mut T, count: usize) {
        unsafe { intrinsics::copy_nonoverlapping(self as *const T, dest, count) }
    }

    #[inline]
    pub fn is_aligned(self) -> bool {
        self as usize & (align_of::<T>() - 1) == 0
    }

    #[inline(always)]
    #[track_caller]
    pub const unsafe fn write(self, val: T) {
        unsafe { intrinsics::write_via_move(self, val) }
    }

    #[inline(always)]
    #[track_caller]
    pub const unsafe fn write_bytes(self, val: u8, count: usize) {
        unsafe { intrinsics::write_bytes(self, val, count) }
    }

    #[inline]
    #[track_caller]
    pub unsafe fn write_volatile(self, val: T) {
        unsafe { intrinsics::volatile_store(self, val) }
    }

    #[inline]
    #[track_caller]
    pub const unsafe fn write_unaligned(self, val: T) {
        unsafe { super::write_unaligned(self, val) }
    }

    #[inline]
    pub const unsafe fn replace(self, src: T) -> T {
        unsafe { super::replace(self, src) }
    }

    #[inline]
    pub const unsafe fn swap(self, with: *mut T) {
        unsafe { super::swap(self, with) }
    }

    #[inline]
    #[track_caller]
    pub const unsafe fn copy_from(self, src: *const T, count: usize) {
        unsafe { intrinsics::copy(src, self, count) }
    }

    #[inline]
    #[track_caller]
    pub const unsafe fn copy_from_nonoverlapping(self, src: *const T, count: usize) {
        unsafe { intrinsics::copy_nonoverlapping(src, self, count) }
    }
}

impl<T> *mut [T] {
    #[inline(always)]
    pub const fn len(self) -> usize {
        unsafe { intrinsics::ptr_metadata(self as *const [T]) }
    }

    #[inline]
    pub const fn is_empty(self) -> bool {
        self.len() == 0
    }
}
