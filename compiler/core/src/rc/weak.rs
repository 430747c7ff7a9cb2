//! Pointers to shared values that do not keep them alive.

use super::{Rc, Shared};
use crate::alloc;
use crate::fmt;
use crate::marker::Unsize;
use crate::ops::{CoerceUnsized, DispatchFromDyn};
use crate::ptr::NonNull;

/// One that points nowhere has the address `usize::MAX`.
pub struct Weak<T: ?Sized> {
    pub(crate) shared: NonNull<Shared<T>>,
}

impl<T: ?Sized> !Send for Weak<T> {}
impl<T: ?Sized> !Sync for Weak<T> {}
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

    pub fn upgrade(&self) -> Option<Rc<T>> {
        let inner = self.inner()?;
        if inner.strong.get() == 0 {
            return None;
        }
        inner.strong.set(inner.strong.get() + 1);
        Some(Rc { shared: self.shared })
    }

    pub fn strong_count(&self) -> usize {
        match self.inner() {
            Some(inner) => inner.strong.get(),
            None => 0,
        }
    }

    pub fn weak_count(&self) -> usize {
        match self.inner() {
            Some(inner) if inner.strong.get() > 0 => inner.weak.get() - 1,
            _ => 0,
        }
    }

    pub fn ptr_eq(&self, other: &Weak<T>) -> bool {
        self.shared.as_ptr() as *const () == other.shared.as_ptr() as *const ()
    }
}

impl<T: ?Sized> Clone for Weak<T> {
    fn clone(&self) -> Self {
        if let Some(inner) = self.inner() {
            inner.weak.set(inner.weak.get() + 1);
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
        inner.weak.set(inner.weak.get() - 1);
        if inner.weak.get() == 0 {
            let content = self.shared.as_ptr() as *const Shared<T>;
            unsafe {
                let (size, align) =
                    (crate::intrinsics::size_of_val(content), crate::intrinsics::align_of_val(content));
                alloc::free(content as *mut u8, size, align);
            }
        }
    }
}
