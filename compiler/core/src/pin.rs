//! Pointers to what does not move any more.

use crate::ops::{Deref, DerefMut};

#[lang = "pin"]
#[fundamental]
#[repr(transparent)]
#[derive(Copy, Clone)]
pub struct Pin<Ptr> {
    pointer: Ptr,
}

impl<Ptr: Deref<Target: Unpin>> Pin<Ptr> {
    #[inline(always)]
    pub const fn new(pointer: Ptr) -> Pin<Ptr> {
        Pin { pointer }
    }

    #[inline(always)]
    pub fn into_inner(pin: Pin<Ptr>) -> Ptr {
        pin.pointer
    }
}

impl<Ptr: Deref> Pin<Ptr> {
    #[lang = "new_unchecked"]
    #[inline(always)]
    pub const unsafe fn new_unchecked(pointer: Ptr) -> Pin<Ptr> {
        Pin { pointer }
    }

    #[inline(always)]
    pub fn as_ref(&self) -> Pin<&Ptr::Target> {
        Pin { pointer: &*self.pointer }
    }
}

impl<Ptr: DerefMut> Pin<Ptr> {
    #[inline(always)]
    pub fn as_mut(&mut self) -> Pin<&mut Ptr::Target> {
        Pin { pointer: &mut *self.pointer }
    }
}

impl<'a, T: ?Sized> Pin<&'a mut T> {
    #[inline(always)]
    pub const fn get_mut(self) -> &'a mut T
    where
        T: Unpin,
    {
        self.pointer
    }
}

impl<Ptr: Deref> Deref for Pin<Ptr> {
    type Target = Ptr::Target;
    #[inline]
    fn deref(&self) -> &Ptr::Target {
        &*self.pointer
    }
}

impl<Ptr: DerefMut<Target: Unpin>> DerefMut for Pin<Ptr> {
    #[inline]
    fn deref_mut(&mut self) -> &mut Ptr::Target {
        &mut *self.pointer
    }
}
