//! Shared values as raw pointers, and such as are not written yet, `Rc`'s and `Arc`'s.

use super::{Rc, Shared as Counted, Weak as CountedWeak};
use crate::alloc;
use crate::cell::Cell;
use crate::intrinsics;
use crate::mem::{self, MaybeUninit};
use crate::ptr::{self, NonNull};
use crate::sync::atomic::AtomicUsize;
use crate::sync::{Arc, Shared as AtomicallyCounted, Weak as AtomicallyCountedWeak};

/// How far a value stands behind its two counts.
fn offset<T: ?Sized>(value: *const T) -> usize {
    let align = unsafe { intrinsics::align_of_val(value) };
    (intrinsics::size_of::<[usize; 2]>() + align - 1) & !(align - 1)
}

macro_rules! raw {
    ($name:ident $weak:ident $shared:ident $count:ident) => {
        impl<T: ?Sized> $name<T> {
            pub fn into_raw(this: $name<T>) -> *const T {
                let value = $name::as_ptr(&this);
                mem::forget(this);
                value
            }

            pub unsafe fn from_raw(ptr: *const T) -> $name<T> {
                unsafe {
                    let mut shared = ptr as *mut $shared<T>;
                    // The address is the first word of every pointer; what else there is of it is the value's.
                    *(&raw mut shared as *mut usize) -= offset(ptr);
                    $name { shared: NonNull::new_unchecked(shared) }
                }
            }

            pub unsafe fn increment_strong_count(ptr: *const T) {
                unsafe {
                    let this = mem::ManuallyDrop::new($name::from_raw(ptr));
                    mem::forget($name::clone(&this));
                }
            }

            pub unsafe fn decrement_strong_count(ptr: *const T) {
                unsafe { drop($name::from_raw(ptr)) }
            }
        }

        impl<T> $weak<T> {
            /// Where it points nowhere, the value has no place and nobody reads it.
            pub fn as_ptr(&self) -> *const T {
                let shared = self.shared.as_ptr() as *const $shared<T>;
                shared.wrapping_byte_add(mem::offset_of!($shared<T>, value)) as *const T
            }

            pub fn into_raw(self) -> *const T {
                let value = self.as_ptr();
                mem::forget(self);
                value
            }

            pub unsafe fn from_raw(ptr: *const T) -> $weak<T> {
                unsafe {
                    let shared = ptr.wrapping_byte_sub(mem::offset_of!($shared<T>, value));
                    $weak { shared: NonNull::new_unchecked(shared as *mut $shared<T>) }
                }
            }
        }

        impl<T> $name<T> {
            pub fn new_uninit() -> $name<MaybeUninit<T>> {
                $name::new(MaybeUninit::uninit())
            }

            pub fn new_zeroed() -> $name<MaybeUninit<T>> {
                $name::new(MaybeUninit::zeroed())
            }
        }

        impl<T> $name<MaybeUninit<T>> {
            pub unsafe fn assume_init(self) -> $name<T> {
                let shared = self.shared.cast();
                mem::forget(self);
                $name { shared }
            }
        }

        impl<T> $name<[T]> {
            /// Memory for so many values, with one owner, who has no values yet.
            pub(super) unsafe fn shared_of(length: usize) -> *mut $shared<[T]> {
                unsafe {
                    let at = |address: *mut u8| {
                        ptr::slice_from_raw_parts_mut(address as *mut T, length) as *mut $shared<[T]>
                    };
                    let nowhere = at(ptr::null_mut()) as *const $shared<[T]>;
                    let size = intrinsics::size_of_val(nowhere);
                    let shared = at(alloc::raw(size, intrinsics::align_of_val(nowhere)));
                    ptr::write(&raw mut (*shared).strong, $count::new(1));
                    ptr::write(&raw mut (*shared).weak, $count::new(1));
                    shared
                }
            }

            pub fn new_uninit_slice(len: usize) -> $name<[MaybeUninit<T>]> {
                unsafe { $name { shared: NonNull::new_unchecked($name::<[MaybeUninit<T>]>::shared_of(len)) } }
            }

            pub fn new_zeroed_slice(len: usize) -> $name<[MaybeUninit<T>]> {
                let zeroed = $name::<[T]>::new_uninit_slice(len);
                unsafe { ptr::write_bytes($name::as_ptr(&zeroed) as *mut MaybeUninit<T>, 0, len) }
                zeroed
            }
        }

        impl<T> $name<[MaybeUninit<T>]> {
            pub unsafe fn assume_init(self) -> $name<[T]> {
                let shared = self.shared.as_ptr() as *mut $shared<[T]>;
                mem::forget(self);
                unsafe { $name { shared: NonNull::new_unchecked(shared) } }
            }
        }

        impl From<$name<str>> for $name<[u8]> {
            fn from(text: $name<str>) -> Self {
                unsafe { intrinsics::transmute_unchecked::<$name<str>, $name<[u8]>>(text) }
            }
        }

        impl<T, const N: usize> TryFrom<$name<[T]>> for $name<[T; N]> {
            type Error = $name<[T]>;
            fn try_from(values: $name<[T]>) -> Result<Self, $name<[T]>> {
                if values.len() != N {
                    return Err(values);
                }
                let shared = values.shared.cast();
                mem::forget(values);
                Ok($name { shared })
            }
        }
    };
}
raw! { Rc CountedWeak Counted Cell }
raw! { Arc AtomicallyCountedWeak AtomicallyCounted AtomicUsize }
