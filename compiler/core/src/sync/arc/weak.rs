//! Pointers to shared values that do not keep them alive.

use super::{Arc, Shared};
use crate::alloc;
use crate::fmt;
use crate::marker::Unsize;
use crate::ops::{CoerceUnsized, DispatchFromDyn};
use crate::ptr::NonNull;
use crate::sync::atomic::Ordering;

/// One that points nowhere has the address `usize::MAX`.
pub struct Weak<T: ?Sized> {
    pub(crate) shared: NonNull<Shared<T>>,
}

unsafe impl<T: ?Sized + Sync + Send> Send for Weak<T> {}
unsafe impl<T: ?Sized + Sync + Send> Sync for Weak<T> {}
impl<T: ?Sized + Unsize<U>, U: ?Sized> CoerceUnsized<Weak<U>> for Weak<T> {}
impl<T: ?Sized + Unsize<U>, U: ?Sized> DispatchFromDyn<Weak<U>> for Weak<T> {}

impl<T> Weak<T> {
    pub const fn new() -> Weak<T> {
        unsafe { Weak { shared: NonNull::new_unchecked(usize::MAX as *mut Shared<T>) } }
    }
}

impl<T: ?Sized> Weak<T> {
    pub(super) fn of(shared: NonNull<Shared<T>>) -> Weak<T> {
        Weak { shared }
    }

    fn inner(&self) -> Option<&Shared<T>> {
        if self.shared.as_ptr() as *const () as usize == usize::MAX {
            return None;
        }
        unsafe { Some(&*(self.shared.as_ptr() as *const Shared<T>)) }
    }

    pub fn upgrade(&self) -> Option<Arc<T>> {
        let strong = &self.inner()?.strong;
        let mut count = strong.load(Ordering::Relaxed);
        while count != 0 {
            match strong.compare_exchange_weak(count, count + 1, Ordering::Acquire, Ordering::Relaxed) {
                Ok(_) => return Some(Arc { shared: self.shared }),
                Err(other) => count = other,
            }
        }
        None
    }

    pub fn strong_count(&self) -> usize {
        match self.inner() {
            Some(inner) => inner.strong.load(Ordering::Relaxed),
            None => 0,
        }
    }

    pub fn weak_count(&self) -> usize {
        let Some(inner) = self.inner() else { return 0 };
        let (weak, strong) = (inner.weak.load(Ordering::Acquire), inner.strong.load(Ordering::Relaxed));
        if strong == 0 || weak == super::LOCKED { 0 } else { weak - 1 }
    }

    pub fn ptr_eq(&self, other: &Weak<T>) -> bool {
        self.shared.as_ptr() as *const () == other.shared.as_ptr() as *const ()
    }
}

impl<T: ?Sized> Clone for Weak<T> {
    fn clone(&self) -> Self {
        // Nobody is finding out whether there is one owner alone: there is a weak one.
        if let Some(inner) = self.inner() {
            inner.weak.fetch_add(1, Ordering::Relaxed);
        }
        Weak { shared: self.shared }
    }
}

impl<T> Default for Weak<T> {
    fn default() -> Self {
        Weak::new()
    }
}

impl<T: ?Sized> fmt::Debug for Weak<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(Weak)")
    }
}

impl<T: ?Sized> Drop for Weak<T> {
    fn drop(&mut self) {
        let Some(inner) = self.inner() else { return };
        if inner.weak.fetch_sub(1, Ordering::AcqRel) == 1 {
            let content = self.shared.as_ptr() as *const Shared<T>;
            unsafe {
                let (size, align) =
                    (crate::intrinsics::size_of_val(content), crate::intrinsics::align_of_val(content));
                alloc::free(content as *mut u8, size, align);
            }
        }
    }
}
