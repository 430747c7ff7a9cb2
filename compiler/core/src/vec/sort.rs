//! Stable sorting: short runs by insertion, then merged. Whoever panics meanwhile finds all values there.

use super::Vec;
use crate::cmp::Ordering;
use crate::ptr;

const RUN: usize = 16;

impl<T> [T] {
    pub fn sort(&mut self)
    where
        T: Ord,
    {
        sort(self, &mut |a: &T, b: &T| a.cmp(b) == Ordering::Less)
    }

    pub fn sort_by<F: FnMut(&T, &T) -> Ordering>(&mut self, mut compare: F) {
        sort(self, &mut |a: &T, b: &T| compare(a, b) == Ordering::Less)
    }

    pub fn sort_by_key<K: Ord, F: FnMut(&T) -> K>(&mut self, mut f: F) {
        sort(self, &mut |a: &T, b: &T| f(a).cmp(&f(b)) == Ordering::Less)
    }

    pub fn sort_by_cached_key<K: Ord, F: FnMut(&T) -> K>(&mut self, f: F) {
        self.sort_by_key(f)
    }
}

fn sort<T, F: FnMut(&T, &T) -> bool>(values: &mut [T], less: &mut F) {
    let length = values.len();
    if size_of::<T>() == 0 || length < 2 {
        return;
    }
    let start = values.as_mut_ptr();
    let mut at = 0;
    while at < length {
        let end = if at + RUN < length { at + RUN } else { length };
        unsafe { insert_all(start.add(at), end - at, less) };
        at = end;
    }
    if length <= RUN {
        return;
    }
    let buffer = Vec::<T>::with_capacity(length);
    let mut width = RUN;
    while width < length {
        let mut at = 0;
        while at + width < length {
            let end = if at + 2 * width < length { at + 2 * width } else { length };
            unsafe { merge(start.add(at), width, end - at, buffer.as_ptr() as *mut T, less) };
            at += 2 * width;
        }
        width *= 2;
    }
}

/// Filled at the end with the values that are not back yet.
struct Hole<T> {
    from: *mut T,
    count: usize,
    to: *mut T,
}

impl<T> Drop for Hole<T> {
    fn drop(&mut self) {
        unsafe { crate::intrinsics::copy_nonoverlapping(self.from as *const T, self.to, self.count) }
    }
}

unsafe fn insert_all<T, F: FnMut(&T, &T) -> bool>(start: *mut T, length: usize, less: &mut F) {
    unsafe {
        let mut sorted = 1;
        while sorted < length {
            let mut value = crate::mem::ManuallyDrop::new(ptr::read(start.add(sorted)));
            let mut hole = Hole { from: &raw mut value as *mut T, count: 1, to: start.add(sorted) };
            let mut at = sorted;
            while at > 0 && less(&*(hole.from), &*start.add(at - 1)) {
                crate::intrinsics::copy_nonoverlapping(start.add(at - 1) as *const T, start.add(at), 1);
                at -= 1;
                hole.to = start.add(at);
            }
            drop(hole);
            sorted += 1;
        }
    }
}

unsafe fn merge<T, F: FnMut(&T, &T) -> bool>(start: *mut T, middle: usize, length: usize, buffer: *mut T, less: &mut F) {
    unsafe {
        crate::intrinsics::copy_nonoverlapping(start as *const T, buffer, middle);
        let mut left = Hole { from: buffer, count: middle, to: start };
        let mut right = middle;
        while left.count > 0 && right < length {
            let other = start.add(right);
            if less(&*other, &*left.from) {
                crate::intrinsics::copy_nonoverlapping(other as *const T, left.to, 1);
                right += 1;
            } else {
                crate::intrinsics::copy_nonoverlapping(left.from as *const T, left.to, 1);
                left.from = left.from.add(1);
                left.count -= 1;
            }
            left.to = left.to.add(1);
        }
    }
}
