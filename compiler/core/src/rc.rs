//! Values with several owners, counted.

mod raw;
mod traits;
mod weak;

pub use self::weak::Weak;

use crate::alloc;
use crate::cell::Cell;
use crate::marker::Unsize;
use crate::mem;
use crate::ops::{CoerceUnsized, Deref, DispatchFromDyn};
use crate::ptr::{self, NonNull};

/// All owners together count as one of the weak ones.
#[repr(C)]
pub(crate) struct Shared<T: ?Sized> {
    pub(crate) strong: Cell<usize>,
    pub(crate) weak: Cell<usize>,
    pub(crate) value: T,
}

pub struct Rc<T: ?Sized> {
    pub(crate) shared: NonNull<Shared<T>>,
}

impl<T: ?Sized> !Send for Rc<T> {}
impl<T: ?Sized> !Sync for Rc<T> {}
impl<T: ?Sized> Unpin for Rc<T> {}
impl<T: ?Sized + Unsize<U>, U: ?Sized> CoerceUnsized<Rc<U>> for Rc<T> {}
impl<T: ?Sized + Unsize<U>, U: ?Sized> DispatchFromDyn<Rc<U>> for Rc<T> {}

impl<T> Rc<T> {
    pub fn new(value: T) -> Rc<T> {
        unsafe {
            let memory = alloc::array::<Shared<T>>(1);
            ptr::write(memory, Shared { strong: Cell::new(1), weak: Cell::new(1), value });
            Rc { shared: NonNull::new_unchecked(memory) }
        }
    }

    pub fn pin(value: T) -> crate::pin::Pin<Rc<T>> {
        unsafe { crate::pin::Pin::new_unchecked(Rc::new(value)) }
    }

    pub fn new_cyclic<F: FnOnce(&Weak<T>) -> T>(data_fn: F) -> Rc<T> {
        unsafe {
            let memory = alloc::array::<Shared<T>>(1);
            ptr::write(&raw mut (*memory).strong, Cell::new(0));
            ptr::write(&raw mut (*memory).weak, Cell::new(1));
            let weak = Weak::of(NonNull::new_unchecked(memory));
            let value = data_fn(&weak);
            ptr::write(&raw mut (*memory).value, value);
            (*memory).strong.set(1);
            mem::forget(weak);
            Rc { shared: NonNull::new_unchecked(memory) }
        }
    }

    pub fn try_unwrap(this: Rc<T>) -> Result<T, Rc<T>> {
        if Rc::strong_count(&this) != 1 {
            return Err(this);
        }
        unsafe {
            let value = ptr::read(&raw const (*this.shared.as_ptr()).value);
            this.inner().strong.set(0);
            let _weak = Weak::of(this.shared);
            mem::forget(this);
            Ok(value)
        }
    }

    pub fn into_inner(this: Rc<T>) -> Option<T> {
        Rc::try_unwrap(this).ok()
    }

    pub fn unwrap_or_clone(this: Rc<T>) -> T
    where
        T: Clone,
    {
        match Rc::try_unwrap(this) {
            Ok(value) => value,
            Err(this) => (*this).clone(),
        }
    }
}

impl<T: ?Sized> Rc<T> {
    #[inline]
    fn inner(&self) -> &Shared<T> {
        unsafe { &*(self.shared.as_ptr() as *const Shared<T>) }
    }

    pub fn strong_count(this: &Rc<T>) -> usize {
        this.inner().strong.get()
    }

    pub fn weak_count(this: &Rc<T>) -> usize {
        this.inner().weak.get() - 1
    }

    pub fn downgrade(this: &Rc<T>) -> Weak<T> {
        let inner = this.inner();
        inner.weak.set(inner.weak.get() + 1);
        Weak::of(this.shared)
    }

    pub fn ptr_eq(this: &Rc<T>, other: &Rc<T>) -> bool {
        this.shared.as_ptr() as *const () == other.shared.as_ptr() as *const ()
    }

    pub fn as_ptr(this: &Rc<T>) -> *const T {
        unsafe { &raw const (*this.shared.as_ptr()).value }
    }

    pub fn get_mut(this: &mut Rc<T>) -> Option<&mut T> {
        if Rc::strong_count(this) == 1 && Rc::weak_count(this) == 0 {
            unsafe { Some(&mut (*this.shared.as_ptr()).value) }
        } else {
            None
        }
    }
}

impl<T: Clone> Rc<T> {
    pub fn make_mut(this: &mut Rc<T>) -> &mut T {
        if Rc::strong_count(this) != 1 {
            *this = Rc::new((**this).clone());
        } else if Rc::weak_count(this) != 0 {
            // The others see that it is gone.
            unsafe {
                let value = ptr::read(&raw const (*this.shared.as_ptr()).value);
                this.inner().strong.set(0);
                let weak = Weak::of(this.shared);
                ptr::write(this, Rc::new(value));
                drop(weak);
            }
        }
        unsafe { &mut (*this.shared.as_ptr()).value }
    }
}

impl<T: ?Sized> Deref for Rc<T> {
    type Target = T;
    #[inline]
    fn deref(&self) -> &T {
        &self.inner().value
    }
}

impl<T: ?Sized> Clone for Rc<T> {
    #[inline]
    fn clone(&self) -> Self {
        let inner = self.inner();
        inner.strong.set(inner.strong.get() + 1);
        Rc { shared: self.shared }
    }
}

impl<T: ?Sized> Drop for Rc<T> {
    fn drop(&mut self) {
        let inner = self.inner();
        inner.strong.set(inner.strong.get() - 1);
        if inner.strong.get() == 0 {
            unsafe {
                let _weak = Weak::of(self.shared);
                ptr::drop_in_place(&raw mut (*self.shared.as_ptr()).value);
            }
        }
    }
}
