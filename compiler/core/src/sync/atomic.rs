//! Values that several threads read and write. The operations themselves are the process's: a load, a store and
//! an exchange, in the one order of all that `SeqCst` means, whatever weaker one is asked for.

use crate::cell::UnsafeCell;
use crate::fmt;
use crate::intrinsics;

unsafe extern "C" {
    fn segue_jit_atomic_load(address: *const u8, size: usize) -> u64;
    fn segue_jit_atomic_store(address: *mut u8, size: usize, value: u64);
    /// Writes `new` where `old` is; gives what was there.
    fn segue_jit_atomic_exchange(address: *mut u8, size: usize, old: u64, new: u64) -> u64;
    fn segue_jit_atomic_fence();
}

#[derive(Copy, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Ordering {
    Relaxed,
    Release,
    Acquire,
    AcqRel,
    SeqCst,
}

pub use self::Ordering::{AcqRel, Acquire, Relaxed, Release, SeqCst};

#[track_caller]
fn loads(order: Ordering) {
    match order {
        Release => panic!("there is no such thing as a release load"),
        AcqRel => panic!("there is no such thing as an acquire-release load"),
        _ => {}
    }
}

#[track_caller]
fn stores(order: Ordering) {
    match order {
        Acquire => panic!("there is no such thing as an acquire store"),
        AcqRel => panic!("there is no such thing as an acquire-release store"),
        _ => {}
    }
}

#[track_caller]
fn fails(order: Ordering) {
    match order {
        Release => panic!("there is no such thing as a release failure ordering"),
        AcqRel => panic!("there is no such thing as an acquire-release failure ordering"),
        _ => {}
    }
}

#[track_caller]
pub fn fence(order: Ordering) {
    if let Relaxed = order {
        panic!("there is no such thing as a relaxed fence");
    }
    unsafe { segue_jit_atomic_fence() }
}

#[track_caller]
pub fn compiler_fence(order: Ordering) {
    if let Relaxed = order {
        panic!("there is no such thing as a relaxed fence");
    }
    unsafe { segue_jit_atomic_fence() }
}

/// What all atomics can do. `$t` is what programs see, `$word` the integer of its size that is passed as 64 bits.
macro_rules! shared {
    ([$($generics:tt)*] $name:ident [$($arguments:tt)*], $t:ty, $word:ident, $from:expr, $to:expr) => {
        unsafe impl<$($generics)*> Sync for $name<$($arguments)*> {}

        impl<$($generics)*> fmt::Debug for $name<$($arguments)*> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&self.get(), f)
            }
        }

        impl<$($generics)*> $name<$($arguments)*> {
            #[inline(always)]
            pub const fn get_mut(&mut self) -> &mut $t {
                unsafe { &mut *(self.value.get() as *mut $t) }
            }

            #[inline(always)]
            pub const fn as_ptr(&self) -> *mut $t {
                self.value.get() as *mut $t
            }

            #[inline(always)]
            pub const unsafe fn from_ptr<'a>(ptr: *mut $t) -> &'a $name<$($arguments)*> {
                unsafe { &*(ptr as *mut $name<$($arguments)*>) }
            }

            #[inline]
            #[track_caller]
            pub fn load(&self, order: Ordering) -> $t {
                loads(order);
                self.get()
            }

            #[inline]
            #[track_caller]
            pub fn store(&self, val: $t, order: Ordering) {
                stores(order);
                let size = intrinsics::size_of::<$word>();
                unsafe { segue_jit_atomic_store(self.value.get() as *mut u8, size, $to(val)) }
            }

            #[inline]
            pub fn swap(&self, val: $t, order: Ordering) -> $t {
                let _ = order;
                self.change(|_| val)
            }

            #[inline]
            #[track_caller]
            pub fn compare_exchange(
                &self,
                current: $t,
                new: $t,
                success: Ordering,
                failure: Ordering,
            ) -> Result<$t, $t> {
                let _ = success;
                fails(failure);
                let old: u64 = $to(current);
                let was = self.exchange(old, $to(new));
                if was == old { Ok($from(was as $word)) } else { Err($from(was as $word)) }
            }

            #[inline]
            #[track_caller]
            pub fn compare_exchange_weak(
                &self,
                current: $t,
                new: $t,
                success: Ordering,
                failure: Ordering,
            ) -> Result<$t, $t> {
                self.compare_exchange(current, new, success, failure)
            }

            #[inline]
            #[track_caller]
            pub fn fetch_update<F>(
                &self,
                set_order: Ordering,
                fetch_order: Ordering,
                mut f: F,
            ) -> Result<$t, $t>
            where
                F: FnMut($t) -> Option<$t>,
            {
                let _ = set_order;
                loads(fetch_order);
                loop {
                    let old = self.get();
                    let Some(new) = f(old) else { return Err(old) };
                    let bits: u64 = $to(old);
                    if self.exchange(bits, $to(new)) == bits {
                        return Ok(old);
                    }
                }
            }

            #[inline]
            #[track_caller]
            pub fn try_update(
                &self,
                set_order: Ordering,
                fetch_order: Ordering,
                f: impl FnMut($t) -> Option<$t>,
            ) -> Result<$t, $t> {
                self.fetch_update(set_order, fetch_order, f)
            }

            #[inline]
            #[track_caller]
            pub fn update(
                &self,
                set_order: Ordering,
                fetch_order: Ordering,
                f: impl FnMut($t) -> $t,
            ) -> $t {
                let _ = set_order;
                loads(fetch_order);
                self.change(f)
            }

            #[inline]
            pub fn compare_and_swap(&self, current: $t, new: $t, order: Ordering) -> $t {
                let _ = order;
                let was = self.exchange($to(current), $to(new));
                $from(was as $word)
            }

            #[inline]
            fn get(&self) -> $t {
                let size = intrinsics::size_of::<$word>();
                let bits = unsafe { segue_jit_atomic_load(self.value.get() as *const u8, size) };
                $from(bits as $word)
            }

            #[inline]
            fn exchange(&self, old: u64, new: u64) -> u64 {
                let size = intrinsics::size_of::<$word>();
                unsafe { segue_jit_atomic_exchange(self.value.get() as *mut u8, size, old, new) }
            }

            /// Replaces the value by what `f` makes of it; gives the one before.
            #[inline]
            fn change(&self, mut f: impl FnMut($t) -> $t) -> $t {
                loop {
                    let old = self.get();
                    let bits: u64 = $to(old);
                    if self.exchange(bits, $to(f(old))) == bits {
                        return old;
                    }
                }
            }
        }
    };
}

macro_rules! fetches {
    ($t:ident: $($method:ident($old:ident, $val:ident) $change:expr;)*) => {$(
        #[inline]
        pub fn $method(&self, val: $t, order: Ordering) -> $t {
            let _ = order;
            self.change(|old| {
                let ($old, $val) = (old, val);
                $change
            })
        }
    )*};
}

macro_rules! integers {
    ($($name:ident $t:ident $word:ident $align:literal)*) => {$(
        #[repr(C, align($align))]
        pub struct $name {
            value: UnsafeCell<$t>,
        }

        impl $name {
            #[inline(always)]
            pub const fn new(v: $t) -> $name {
                $name { value: UnsafeCell::new(v) }
            }

            #[inline(always)]
            pub fn into_inner(self) -> $t {
                self.value.into_inner()
            }

            fetches! { $t:
                fetch_add(old, val) old.wrapping_add(val);
                fetch_sub(old, val) old.wrapping_sub(val);
                fetch_and(old, val) old & val;
                fetch_nand(old, val) !(old & val);
                fetch_or(old, val) old | val;
                fetch_xor(old, val) old ^ val;
                fetch_max(old, val) if old < val { val } else { old };
                fetch_min(old, val) if val < old { val } else { old };
            }
        }

        shared! { [] $name [], $t, $word, |bits: $word| bits as $t, |it: $t| it as $word as u64 }

        impl Default for $name {
            fn default() -> $name {
                $name::new(0)
            }
        }

        impl From<$t> for $name {
            fn from(v: $t) -> $name {
                $name::new(v)
            }
        }
    )*};
}

integers! {
    AtomicI8 i8 u8 1
    AtomicU8 u8 u8 1
    AtomicI16 i16 u16 2
    AtomicU16 u16 u16 2
    AtomicI32 i32 u32 4
    AtomicU32 u32 u32 4
    AtomicI64 i64 u64 8
    AtomicU64 u64 u64 8
    AtomicIsize isize usize 8
    AtomicUsize usize usize 8
}

#[repr(C, align(1))]
pub struct AtomicBool {
    value: UnsafeCell<u8>,
}

impl AtomicBool {
    #[inline(always)]
    pub const fn new(v: bool) -> AtomicBool {
        AtomicBool { value: UnsafeCell::new(v as u8) }
    }

    #[inline(always)]
    pub fn into_inner(self) -> bool {
        self.value.into_inner() != 0
    }

    fetches! { bool:
        fetch_and(old, val) old & val;
        fetch_nand(old, val) !(old & val);
        fetch_or(old, val) old | val;
        fetch_xor(old, val) old ^ val;
    }

    #[inline]
    pub fn fetch_not(&self, order: Ordering) -> bool {
        self.fetch_xor(true, order)
    }
}

shared! { [] AtomicBool [], bool, u8, |bits: u8| bits != 0, |it: bool| it as u64 }

impl Default for AtomicBool {
    fn default() -> AtomicBool {
        AtomicBool::new(false)
    }
}

impl From<bool> for AtomicBool {
    fn from(v: bool) -> AtomicBool {
        AtomicBool::new(v)
    }
}

#[repr(C, align(8))]
pub struct AtomicPtr<T> {
    value: UnsafeCell<*mut T>,
}

unsafe impl<T> Send for AtomicPtr<T> {}

impl<T> AtomicPtr<T> {
    #[inline(always)]
    pub const fn new(p: *mut T) -> AtomicPtr<T> {
        AtomicPtr { value: UnsafeCell::new(p) }
    }

    #[inline(always)]
    pub fn into_inner(self) -> *mut T {
        self.value.into_inner()
    }

    pub fn fetch_ptr_add(&self, val: usize, order: Ordering) -> *mut T {
        let _ = order;
        self.change(|old| old.wrapping_add(val))
    }

    pub fn fetch_ptr_sub(&self, val: usize, order: Ordering) -> *mut T {
        let _ = order;
        self.change(|old| old.wrapping_sub(val))
    }

    pub fn fetch_byte_add(&self, val: usize, order: Ordering) -> *mut T {
        let _ = order;
        self.change(|old| old.wrapping_byte_add(val))
    }

    pub fn fetch_byte_sub(&self, val: usize, order: Ordering) -> *mut T {
        let _ = order;
        self.change(|old| old.wrapping_byte_sub(val))
    }

    pub fn fetch_or(&self, val: usize, order: Ordering) -> *mut T {
        let _ = order;
        self.change(|old| (old as usize | val) as *mut T)
    }

    pub fn fetch_and(&self, val: usize, order: Ordering) -> *mut T {
        let _ = order;
        self.change(|old| (old as usize & val) as *mut T)
    }

    pub fn fetch_xor(&self, val: usize, order: Ordering) -> *mut T {
        let _ = order;
        self.change(|old| (old as usize ^ val) as *mut T)
    }
}

shared! { [T] AtomicPtr [T], *mut T, usize, |bits: usize| bits as *mut T, |it: *mut T| it as usize as u64 }

impl<T> Default for AtomicPtr<T> {
    fn default() -> AtomicPtr<T> {
        AtomicPtr::new(crate::ptr::null_mut())
    }
}

impl<T> From<*mut T> for AtomicPtr<T> {
    fn from(p: *mut T) -> AtomicPtr<T> {
        AtomicPtr::new(p)
    }
}
