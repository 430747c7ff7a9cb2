//! A value on the heap.

use crate::alloc;
use crate::cmp::Ordering;
use crate::fmt;
use crate::hash::{Hash, Hasher};
use crate::marker::{Tuple, Unsize};
use crate::mem::{self, MaybeUninit};
use crate::ops::{CoerceUnsized, Deref, DerefMut, DispatchFromDyn};
use crate::ptr::NonNull;
use crate::string::String;
use crate::vec::Vec;

/// The compiler drops what it holds before `Drop::drop`, which frees the memory; and moves out of it.
#[lang = "owned_box"]
#[fundamental]
pub struct Box<T: ?Sized>(NonNull<T>);

unsafe impl<T: ?Sized + Send> Send for Box<T> {}
unsafe impl<T: ?Sized + Sync> Sync for Box<T> {}

impl<T: ?Sized> Drop for Box<T> {
    #[inline]
    fn drop(&mut self) {
        unsafe {
            let content = self.0.as_ptr() as *const T;
            let (size, align) = (crate::intrinsics::size_of_val(content), crate::intrinsics::align_of_val(content));
            alloc::free(content as *mut u8, size, align);
        }
    }
}

impl<T> Box<T> {
    #[inline]
    pub fn new(x: T) -> Box<T> {
        unsafe {
            let memory = alloc::array::<T>(1);
            crate::ptr::write(memory, x);
            Box::from_raw(memory)
        }
    }

    pub fn pin(x: T) -> crate::pin::Pin<Box<T>> {
        unsafe { crate::pin::Pin::new_unchecked(Box::new(x)) }
    }

    #[inline]
    pub fn into_inner(boxed: Box<T>) -> T {
        *boxed
    }

    pub fn new_uninit() -> Box<MaybeUninit<T>> {
        unsafe { Box::from_raw(alloc::array::<MaybeUninit<T>>(1)) }
    }

    pub fn new_zeroed() -> Box<MaybeUninit<T>> {
        Box::new(MaybeUninit::zeroed())
    }
}

impl<T> Box<[T]> {
    pub fn new_uninit_slice(len: usize) -> Box<[MaybeUninit<T>]> {
        let mut values = Vec::with_capacity(len);
        unsafe { values.set_len(len) };
        values.into_boxed_slice()
    }
}

impl<T> Box<MaybeUninit<T>> {
    pub unsafe fn assume_init(self) -> Box<T> {
        unsafe { Box::from_raw(Box::into_raw(self) as *mut T) }
    }

    pub fn write(mut boxed: Box<MaybeUninit<T>>, value: T) -> Box<T> {
        unsafe {
            (*boxed).write(value);
            boxed.assume_init()
        }
    }
}

impl<T> Box<[MaybeUninit<T>]> {
    pub unsafe fn assume_init(self) -> Box<[T]> {
        unsafe { Box::from_raw(Box::into_raw(self) as *mut [T]) }
    }
}

impl<T: ?Sized> Box<T> {
    pub fn into_pin(boxed: Box<T>) -> crate::pin::Pin<Box<T>> {
        unsafe { crate::pin::Pin::new_unchecked(boxed) }
    }
}

impl<T: ?Sized> Box<T> {
    #[inline]
    pub unsafe fn from_raw(raw: *mut T) -> Box<T> {
        unsafe { Box(NonNull::new_unchecked(raw)) }
    }

    #[inline]
    pub fn into_raw(b: Box<T>) -> *mut T {
        let raw = b.0.as_ptr();
        mem::forget(b);
        raw
    }

    #[inline]
    pub fn leak<'a>(b: Box<T>) -> &'a mut T {
        unsafe { &mut *Box::into_raw(b) }
    }

    #[inline]
    pub fn as_ptr(b: &Box<T>) -> *const T {
        b.0.as_ptr() as *const T
    }

    #[inline]
    pub fn as_mut_ptr(b: &mut Box<T>) -> *mut T {
        b.0.as_ptr()
    }
}

impl<T: ?Sized> Deref for Box<T> {
    type Target = T;
    #[inline(always)]
    fn deref(&self) -> &T {
        unsafe { &*(self.0.as_ptr() as *const T) }
    }
}

impl<T: ?Sized> DerefMut for Box<T> {
    #[inline(always)]
    fn deref_mut(&mut self) -> &mut T {
        unsafe { &mut *self.0.as_ptr() }
    }
}

impl<T: ?Sized> Unpin for Box<T> {}
impl<T: ?Sized + Unsize<U>, U: ?Sized> CoerceUnsized<Box<U>> for Box<T> {}
impl<T: ?Sized + Unsize<U>, U: ?Sized> DispatchFromDyn<Box<U>> for Box<T> {}

impl<T: Clone> Clone for Box<T> {
    #[inline]
    fn clone(&self) -> Self {
        Box::new((**self).clone())
    }
}

impl<T: Clone> Clone for Box<[T]> {
    fn clone(&self) -> Self {
        self.to_vec().into_boxed_slice()
    }
}

impl Clone for Box<str> {
    fn clone(&self) -> Self {
        String::from(&**self).into_boxed_str()
    }
}

impl<T: Default> Default for Box<T> {
    fn default() -> Self {
        Box::new(T::default())
    }
}

impl<T> Default for Box<[T]> {
    fn default() -> Self {
        Vec::new().into_boxed_slice()
    }
}

impl Default for Box<str> {
    fn default() -> Self {
        String::new().into_boxed_str()
    }
}

impl<T: ?Sized + PartialEq> PartialEq for Box<T> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<T: ?Sized + Eq> Eq for Box<T> {}

impl<T: ?Sized + PartialOrd> PartialOrd for Box<T> {
    #[inline]
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        (**self).partial_cmp(&**other)
    }
}

impl<T: ?Sized + Ord> Ord for Box<T> {
    #[inline]
    fn cmp(&self, other: &Self) -> Ordering {
        (**self).cmp(&**other)
    }
}

impl<T: ?Sized + Hash> Hash for Box<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (**self).hash(state)
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for Box<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: ?Sized + fmt::Display> fmt::Display for Box<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: ?Sized> AsRef<T> for Box<T> {
    #[inline]
    fn as_ref(&self) -> &T {
        &**self
    }
}

impl<T: ?Sized> AsMut<T> for Box<T> {
    #[inline]
    fn as_mut(&mut self) -> &mut T {
        &mut **self
    }
}

impl<T: ?Sized> crate::borrow::Borrow<T> for Box<T> {
    #[inline]
    fn borrow(&self) -> &T {
        &**self
    }
}

impl<T> From<T> for Box<T> {
    fn from(value: T) -> Self {
        Box::new(value)
    }
}

impl<T: Clone> From<&[T]> for Box<[T]> {
    fn from(slice: &[T]) -> Self {
        slice.to_vec().into_boxed_slice()
    }
}

impl From<&str> for Box<str> {
    fn from(text: &str) -> Self {
        String::from(text).into_boxed_str()
    }
}

impl From<String> for Box<str> {
    fn from(text: String) -> Self {
        text.into_boxed_str()
    }
}

impl<T> From<Vec<T>> for Box<[T]> {
    fn from(vec: Vec<T>) -> Self {
        vec.into_boxed_slice()
    }
}

impl<T> crate::iter::FromIterator<T> for Box<[T]> {
    fn from_iter<I: IntoIterator<Item = T>>(iter: I) -> Self {
        iter.into_iter().collect::<Vec<T>>().into_boxed_slice()
    }
}

impl<T> IntoIterator for Box<[T]> {
    type Item = T;
    type IntoIter = crate::vec::IntoIter<T>;
    fn into_iter(self) -> Self::IntoIter {
        self.into_vec().into_iter()
    }
}

impl<'a, T> IntoIterator for &'a Box<[T]> {
    type Item = &'a T;
    type IntoIter = crate::slice::Iter<'a, T>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<I: Iterator + ?Sized> Iterator for Box<I> {
    type Item = I::Item;
    fn next(&mut self) -> Option<I::Item> {
        (**self).next()
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        (**self).size_hint()
    }
    fn nth(&mut self, n: usize) -> Option<I::Item> {
        (**self).nth(n)
    }
}

impl<I: DoubleEndedIterator + ?Sized> DoubleEndedIterator for Box<I> {
    fn next_back(&mut self) -> Option<I::Item> {
        (**self).next_back()
    }
}

impl<I: ExactSizeIterator + ?Sized> ExactSizeIterator for Box<I> {}

impl<Args: Tuple, F: FnOnce<Args> + ?Sized> FnOnce<Args> for Box<F> {
    type Output = <F as FnOnce<Args>>::Output;
    extern "rust-call" fn call_once(self, args: Args) -> Self::Output {
        unsafe {
            let content = Box::into_raw(self);
            let (size, align) = (
                crate::intrinsics::size_of_val(content as *const F),
                crate::intrinsics::align_of_val(content as *const F),
            );
            let memory = Memory { start: content as *mut u8, size, align };
            let output = crate::intrinsics::call_once_in_place::<F, Args, Self::Output>(content, args);
            drop(memory);
            output
        }
    }
}

/// Freed at the end, also of a call that unwinds.
struct Memory {
    start: *mut u8,
    size: usize,
    align: usize,
}

impl Drop for Memory {
    fn drop(&mut self) {
        alloc::free(self.start, self.size, self.align);
    }
}

impl<Args: Tuple, F: FnMut<Args> + ?Sized> FnMut<Args> for Box<F> {
    extern "rust-call" fn call_mut(&mut self, args: Args) -> Self::Output {
        <F as FnMut<Args>>::call_mut(&mut **self, args)
    }
}

impl<Args: Tuple, F: Fn<Args> + ?Sized> Fn<Args> for Box<F> {
    extern "rust-call" fn call(&self, args: Args) -> Self::Output {
        <F as Fn<Args>>::call(&**self, args)
    }
}

impl<T: crate::error::Error> crate::error::Error for Box<T> {}

impl<'a, E: crate::error::Error + 'a> From<E> for Box<dyn crate::error::Error + 'a> {
    fn from(error: E) -> Self {
        Box::new(error)
    }
}

impl<'a, E: crate::error::Error + Send + Sync + 'a> From<E> for Box<dyn crate::error::Error + Send + Sync + 'a> {
    fn from(error: E) -> Self {
        Box::new(error)
    }
}

/// A text as an error.
struct Said(String);

impl fmt::Debug for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl crate::error::Error for Said {}

impl<'a> From<String> for Box<dyn crate::error::Error + 'a> {
    fn from(text: String) -> Self {
        Box::new(Said(text))
    }
}

impl<'a, 'b> From<&'b str> for Box<dyn crate::error::Error + 'a> {
    fn from(text: &'b str) -> Self {
        Box::new(Said(String::from(text)))
    }
}

impl<'a> From<String> for Box<dyn crate::error::Error + Send + Sync + 'a> {
    fn from(text: String) -> Self {
        Box::new(Said(text))
    }
}

impl<'a, 'b> From<&'b str> for Box<dyn crate::error::Error + Send + Sync + 'a> {
    fn from(text: &'b str) -> Self {
        Box::new(Said(String::from(text)))
    }
}
