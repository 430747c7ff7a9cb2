//! Room that is asked for, and may be refused; memory that holds no values yet.

use super::Vec;
use crate::error::Error;
use crate::fmt;
use crate::mem::MaybeUninit;

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TryReserveError {
    kind: Kind,
}

/// Memory that the allocator does not give ends the process here.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Kind {
    CapacityOverflow,
}

impl fmt::Display for TryReserveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("memory allocation failed because the computed capacity exceeded the collection's maximum")
    }
}

impl Error for TryReserveError {}

impl TryReserveError {
    /// Whether there can be so many values more.
    pub(crate) fn check<T>(length: usize, additional: usize) -> Result<(), TryReserveError> {
        let wanted = length.checked_add(additional);
        match wanted.and_then(|wanted| wanted.checked_mul(size_of::<T>())) {
            Some(bytes) if bytes <= isize::MAX as usize => Ok(()),
            _ => Err(TryReserveError { kind: Kind::CapacityOverflow }),
        }
    }
}

impl<T> Vec<T> {
    pub fn try_reserve(&mut self, additional: usize) -> Result<(), TryReserveError> {
        TryReserveError::check::<T>(self.len(), additional)?;
        self.reserve(additional);
        Ok(())
    }

    pub fn try_reserve_exact(&mut self, additional: usize) -> Result<(), TryReserveError> {
        TryReserveError::check::<T>(self.len(), additional)?;
        self.reserve_exact(additional);
        Ok(())
    }

    pub fn spare_capacity_mut(&mut self) -> &mut [MaybeUninit<T>] {
        let length = self.len();
        let spare = self.capacity() - length;
        unsafe { crate::slice::from_raw_parts_mut(self.as_mut_ptr().add(length) as *mut MaybeUninit<T>, spare) }
    }

    pub fn push_mut(&mut self, value: T) -> &mut T {
        self.push(value);
        let last = self.len() - 1;
        unsafe { self.get_unchecked_mut(last) }
    }

    #[track_caller]
    pub fn insert_mut(&mut self, index: usize, element: T) -> &mut T {
        self.insert(index, element);
        unsafe { self.get_unchecked_mut(index) }
    }

    pub fn into_raw_parts(mut self) -> (*mut T, usize, usize) {
        let parts = (self.as_mut_ptr(), self.len(), self.capacity());
        crate::mem::forget(self);
        parts
    }
}

impl<T, const N: usize> Vec<[T; N]> {
    pub fn into_flattened(self) -> Vec<T> {
        let (start, length, capacity) = self.into_raw_parts();
        let room = if size_of::<T>() == 0 { 0 } else { capacity * N };
        unsafe { Vec::from_raw_parts(start as *mut T, length * N, room) }
    }
}
