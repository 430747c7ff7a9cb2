//! Values as memory.

mod manually_drop;
mod maybe_uninit;

pub use self::manually_drop::ManuallyDrop;
pub use self::maybe_uninit::MaybeUninit;
pub use crate::intrinsics::transmute;

use crate::intrinsics;
use crate::marker::DiscriminantKind;

#[inline(always)]
pub const fn size_of<T>() -> usize {
    intrinsics::size_of::<T>()
}

#[inline(always)]
pub const fn align_of<T>() -> usize {
    intrinsics::align_of::<T>()
}

#[inline]
pub const fn size_of_val<T: ?Sized>(val: &T) -> usize {
    unsafe { intrinsics::size_of_val(val as *const T) }
}

#[inline]
pub const fn align_of_val<T: ?Sized>(val: &T) -> usize {
    unsafe { intrinsics::align_of_val(val as *const T) }
}

#[inline(always)]
pub const fn needs_drop<T: ?Sized>() -> bool {
    intrinsics::needs_drop::<T>()
}

#[inline]
pub const fn forget<T>(t: T) {
    let _ = ManuallyDrop::new(t);
}

#[inline]
pub fn drop<T>(_x: T) {}

#[inline]
pub const fn swap<T>(x: &mut T, y: &mut T) {
    unsafe {
        let a = intrinsics::read_via_copy(x as *const T);
        let b = intrinsics::read_via_copy(y as *const T);
        intrinsics::write_via_move(x as *mut T, b);
        intrinsics::write_via_move(y as *mut T, a);
    }
}

#[inline]
pub const fn replace<T>(dest: &mut T, src: T) -> T {
    unsafe {
        let result = intrinsics::read_via_copy(dest as *const T);
        intrinsics::write_via_move(dest as *mut T, src);
        result
    }
}

#[inline]
pub fn take<T: Default>(dest: &mut T) -> T {
    replace(dest, T::default())
}

#[inline]
pub const unsafe fn zeroed<T>() -> T {
    unsafe { MaybeUninit::zeroed().assume_init() }
}

#[inline]
pub const unsafe fn transmute_copy<Src, Dst>(src: &Src) -> Dst {
    unsafe { intrinsics::read_via_copy(src as *const Src as *const Dst) }
}

pub struct Discriminant<T>(<T as DiscriminantKind>::Discriminant);

#[inline]
pub const fn discriminant<T>(v: &T) -> Discriminant<T> {
    Discriminant(intrinsics::discriminant_value(v))
}

impl<T> crate::fmt::Debug for Discriminant<T> {
    fn fmt(&self, f: &mut crate::fmt::Formatter<'_>) -> crate::fmt::Result {
        f.debug_tuple("Discriminant").field(&discriminant_bits(self)).finish()
    }
}

impl<T> Copy for Discriminant<T> {}

impl<T> Clone for Discriminant<T> {
    #[inline]
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> PartialEq for Discriminant<T> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        crate::mem::discriminant_bits(self) == crate::mem::discriminant_bits(other)
    }
}

impl<T> Eq for Discriminant<T> {}

impl<T> crate::hash::Hash for Discriminant<T> {
    fn hash<H: crate::hash::Hasher>(&self, state: &mut H) {
        state.write_isize(discriminant_bits(self) as isize)
    }
}

/// A discriminant is an integer of a type that cannot be named here: its bytes, extended with its sign.
#[inline]
fn discriminant_bits<T>(of: &Discriminant<T>) -> i128 {
    let at = of as *const Discriminant<T>;
    unsafe {
        match size_of::<Discriminant<T>>() {
            1 => *(at as *const i8) as i128,
            2 => *(at as *const i16) as i128,
            4 => *(at as *const i32) as i128,
            8 => *(at as *const i64) as i128,
            _ => *(at as *const i128),
        }
    }
}

/// Where a field lies: of a value that nobody has, so that nothing is read.
pub macro offset_of($Container:ty, $($fields:tt).+ $(,)?) {{
    let nothing = $crate::mem::MaybeUninit::<$Container>::uninit();
    let begin = nothing.as_ptr();
    #[allow(unused_unsafe)]
    unsafe { (&raw const (*begin).$($fields).+ as *const u8).offset_from(begin as *const u8) as usize }
}}
