//! Values with several owners in several threads, counted. Traits that are those of the value stand with `Rc`'s.

mod weak;

pub use self::weak::Weak;

use super::atomic::{AtomicUsize, Ordering};
use crate::alloc;
use crate::marker::Unsize;
use crate::mem;
use crate::ops::{CoerceUnsized, Deref, DispatchFromDyn};
use crate::ptr::{self, NonNull};

/// All owners together count as one of the weak ones. While `weak` is `LOCKED`, somebody finds out whether there is
/// one owner alone, and nobody comes to be a weak one.
#[repr(C)]
pub(crate) struct Shared<T: ?Sized> {
    pub(crate) strong: AtomicUsize,
    pub(crate) weak: AtomicUsize,
    pub(crate) value: T,
}

const LOCKED: usize = usize::MAX;

pub struct Arc<T: ?Sized> {
    pub(crate) shared: NonNull<Shared<T>>,
}

unsafe impl<T: ?Sized + Sync + Send> Send for Arc<T> {}
unsafe impl<T: ?Sized + Sync + Send> Sync for Arc<T> {}
impl<T: ?Sized> Unpin for Arc<T> {}
impl<T: ?Sized + Unsize<U>, U: ?Sized> CoerceUnsized<Arc<U>> for Arc<T> {}
impl<T: ?Sized + Unsize<U>, U: ?Sized> DispatchFromDyn<Arc<U>> for Arc<T> {}

impl<T> Arc<T> {
    pub fn new(value: T) -> Arc<T> {
        unsafe {
            let memory = alloc::array::<Shared<T>>(1);
            ptr::write(memory, Shared { strong: AtomicUsize::new(1), weak: AtomicUsize::new(1), value });
            Arc { shared: NonNull::new_unchecked(memory) }
        }
    }

    pub fn pin(value: T) -> crate::pin::Pin<Arc<T>> {
        unsafe { crate::pin::Pin::new_unchecked(Arc::new(value)) }
    }

    pub fn new_cyclic<F: FnOnce(&Weak<T>) -> T>(data_fn: F) -> Arc<T> {
        unsafe {
            let memory = alloc::array::<Shared<T>>(1);
            ptr::write(&raw mut (*memory).strong, AtomicUsize::new(0));
            ptr::write(&raw mut (*memory).weak, AtomicUsize::new(1));
            let weak = Weak::of(NonNull::new_unchecked(memory));
            let value = data_fn(&weak);
            ptr::write(&raw mut (*memory).value, value);
            (*memory).strong.store(1, Ordering::Release);
            mem::forget(weak);
            Arc { shared: NonNull::new_unchecked(memory) }
        }
    }

    pub fn try_unwrap(this: Arc<T>) -> Result<T, Arc<T>> {
        if this.inner().strong.compare_exchange(1, 0, Ordering::AcqRel, Ordering::Relaxed).is_err() {
            return Err(this);
        }
        unsafe {
            let value = ptr::read(&raw const (*this.shared.as_ptr()).value);
            let _weak = Weak::of(this.shared);
            mem::forget(this);
            Ok(value)
        }
    }

    /// Of several owners that call it at once, one gets the value.
    pub fn into_inner(this: Arc<T>) -> Option<T> {
        let shared = this.shared;
        mem::forget(this);
        unsafe {
            if (*shared.as_ptr()).strong.fetch_sub(1, Ordering::AcqRel) != 1 {
                return None;
            }
            let value = ptr::read(&raw const (*shared.as_ptr()).value);
            let _weak = Weak::of(shared);
            Some(value)
        }
    }

    pub fn unwrap_or_clone(this: Arc<T>) -> T
    where
        T: Clone,
    {
        match Arc::try_unwrap(this) {
            Ok(value) => value,
            Err(this) => (*this).clone(),
        }
    }
}

impl<T: ?Sized> Arc<T> {
    #[inline]
    fn inner(&self) -> &Shared<T> {
        unsafe { &*(self.shared.as_ptr() as *const Shared<T>) }
    }

    pub fn strong_count(this: &Arc<T>) -> usize {
        this.inner().strong.load(Ordering::Relaxed)
    }

    pub fn weak_count(this: &Arc<T>) -> usize {
        match this.inner().weak.load(Ordering::Relaxed) {
            LOCKED => 0,
            count => count - 1,
        }
    }

    pub fn downgrade(this: &Arc<T>) -> Weak<T> {
        let weak = &this.inner().weak;
        loop {
            let count = weak.load(Ordering::Relaxed);
            if count == LOCKED {
                crate::hint::spin_loop();
            } else if weak.compare_exchange_weak(count, count + 1, Ordering::Acquire, Ordering::Relaxed).is_ok() {
                return Weak::of(this.shared);
            }
        }
    }

    pub fn ptr_eq(this: &Arc<T>, other: &Arc<T>) -> bool {
        this.shared.as_ptr() as *const () == other.shared.as_ptr() as *const ()
    }

    pub fn as_ptr(this: &Arc<T>) -> *const T {
        unsafe { &raw const (*this.shared.as_ptr()).value }
    }

    /// Whether there is one owner, and nobody who could become one.
    fn is_unique(&self) -> bool {
        let inner = self.inner();
        if inner.weak.compare_exchange(1, LOCKED, Ordering::Acquire, Ordering::Relaxed).is_err() {
            return false;
        }
        let is_unique = inner.strong.load(Ordering::Acquire) == 1;
        inner.weak.store(1, Ordering::Release);
        is_unique
    }

    pub fn get_mut(this: &mut Arc<T>) -> Option<&mut T> {
        if this.is_unique() { unsafe { Some(&mut (*this.shared.as_ptr()).value) } } else { None }
    }
}

impl<T: Clone> Arc<T> {
    pub fn make_mut(this: &mut Arc<T>) -> &mut T {
        let inner = this.inner();
        if inner.strong.compare_exchange(1, 0, Ordering::Acquire, Ordering::Relaxed).is_err() {
            *this = Arc::new((**this).clone());
        } else if inner.weak.load(Ordering::Relaxed) != 1 {
            // The others see that it is gone.
            unsafe {
                let value = ptr::read(&raw const (*this.shared.as_ptr()).value);
                let weak = Weak::of(this.shared);
                ptr::write(this, Arc::new(value));
                drop(weak);
            }
        } else {
            inner.strong.store(1, Ordering::Release);
        }
        unsafe { &mut (*this.shared.as_ptr()).value }
    }
}

impl<T: ?Sized> Deref for Arc<T> {
    type Target = T;
    #[inline]
    fn deref(&self) -> &T {
        &self.inner().value
    }
}

impl<T: ?Sized> Clone for Arc<T> {
    #[inline]
    fn clone(&self) -> Self {
        self.inner().strong.fetch_add(1, Ordering::Relaxed);
        Arc { shared: self.shared }
    }
}

impl<T: ?Sized> Drop for Arc<T> {
    fn drop(&mut self) {
        if self.inner().strong.fetch_sub(1, Ordering::AcqRel) == 1 {
            unsafe {
                let _weak = Weak::of(self.shared);
                ptr::drop_in_place(&raw mut (*self.shared.as_ptr()).value);
            }
        }
    }
}
