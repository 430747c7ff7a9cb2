//! Sorting in place: quick sort, with insertion sort below it and a heap where it would get slow; it needs
//! no memory and never takes longer than n log n.

use crate::cmp::Ordering;
use crate::intrinsics;
use crate::mem::ManuallyDrop;
use crate::panicking;

/// Up to so many items are inserted one by one.
const SHORT: usize = 20;

impl<T> [T] {
    #[inline]
    pub fn sort_unstable(&mut self)
    where
        T: Ord,
    {
        sort(self, &mut |a: &T, b: &T| *a < *b)
    }

    #[inline]
    pub fn sort_unstable_by<F>(&mut self, mut compare: F)
    where
        F: FnMut(&T, &T) -> Ordering,
    {
        sort(self, &mut |a: &T, b: &T| compare(a, b) == Ordering::Less)
    }

    #[inline]
    pub fn sort_unstable_by_key<K, F>(&mut self, mut f: F)
    where
        F: FnMut(&T) -> K,
        K: Ord,
    {
        sort(self, &mut |a: &T, b: &T| f(a) < f(b))
    }

    #[inline]
    #[track_caller]
    pub fn select_nth_unstable(&mut self, index: usize) -> (&mut [T], &mut T, &mut [T])
    where
        T: Ord,
    {
        select(self, index, &mut |a: &T, b: &T| *a < *b)
    }

    #[inline]
    #[track_caller]
    pub fn select_nth_unstable_by<F>(&mut self, index: usize, mut compare: F) -> (&mut [T], &mut T, &mut [T])
    where
        F: FnMut(&T, &T) -> Ordering,
    {
        select(self, index, &mut |a: &T, b: &T| compare(a, b) == Ordering::Less)
    }

    #[inline]
    #[track_caller]
    pub fn select_nth_unstable_by_key<K, F>(&mut self, index: usize, mut f: F) -> (&mut [T], &mut T, &mut [T])
    where
        F: FnMut(&T) -> K,
        K: Ord,
    {
        select(self, index, &mut |a: &T, b: &T| f(a) < f(b))
    }
}

fn sort<T, F: FnMut(&T, &T) -> bool>(v: &mut [T], less: &mut F) {
    if v.len() > SHORT {
        quick(v.as_mut_ptr(), v.len(), 2 * v.len().ilog2(), less)
    } else {
        insertion(v.as_mut_ptr(), v.len(), less)
    }
}

/// Splits at the median of three until the parts are short; where the parts do not get shorter, a heap
/// sorts them.
fn quick<T, F: FnMut(&T, &T) -> bool>(v: *mut T, length: usize, depth: u32, less: &mut F) {
    let (mut v, mut length, mut depth) = (v, length, depth);
    while length > SHORT {
        if depth == 0 {
            return heap(v, length, less);
        }
        depth -= 1;
        unsafe {
            median_first(v, length, less);
            // Those less than the pivot, which stands first, come to the left of `at`.
            let mut at = 0;
            let mut next = 1;
            while next < length {
                if less(&*v.add(next), &*v) {
                    at = intrinsics::unchecked_add(at, 1);
                    crate::ptr::swap(v.add(at), v.add(next));
                }
                next = intrinsics::unchecked_add(next, 1);
            }
            crate::ptr::swap(v, v.add(at));
            // Those that equal the pivot stand right of it; a run of them needs no more work.
            let mut right = at + 1;
            while right < length && !less(&*v.add(at), &*v.add(right)) {
                right = intrinsics::unchecked_add(right, 1);
            }
            if at < length - right {
                quick(v, at, depth, less);
                v = v.add(right);
                length -= right;
            } else {
                quick(v.add(right), length - right, depth, less);
                length = at;
            }
        }
    }
    insertion(v, length, less)
}

/// Brings the median of the first, the middle and the last to the first place.
unsafe fn median_first<T, F: FnMut(&T, &T) -> bool>(v: *mut T, length: usize, less: &mut F) {
    unsafe {
        let (middle, last) = (v.add(length / 2), v.add(length - 1));
        if less(&*middle, &*v) {
            crate::ptr::swap(middle, v);
        }
        if less(&*last, &*v) {
            crate::ptr::swap(last, v);
        }
        // The first is the least now.
        if less(&*last, &*middle) {
            crate::ptr::swap(last, v);
        } else {
            crate::ptr::swap(middle, v);
        }
    }
}

fn insertion<T, F: FnMut(&T, &T) -> bool>(v: *mut T, length: usize, less: &mut F) {
    let mut next = 1;
    while next < length {
        unsafe {
            if less(&*v.add(next), &*v.add(next - 1)) {
                let item = ManuallyDrop::new(v.add(next).read());
                let mut at = next;
                loop {
                    intrinsics::copy_nonoverlapping(v.add(at - 1) as *const T, v.add(at), 1);
                    at -= 1;
                    if at == 0 || !less(&*item, &*v.add(at - 1)) {
                        break;
                    }
                }
                v.add(at).write(ManuallyDrop::into_inner(item));
            }
            next = intrinsics::unchecked_add(next, 1);
        }
    }
}

fn heap<T, F: FnMut(&T, &T) -> bool>(v: *mut T, length: usize, less: &mut F) {
    let mut root = length / 2;
    while root > 0 {
        root -= 1;
        sift_down(v, root, length, less);
    }
    let mut end = length;
    while end > 1 {
        end -= 1;
        unsafe { crate::ptr::swap(v, v.add(end)) };
        sift_down(v, 0, end, less);
    }
}

fn sift_down<T, F: FnMut(&T, &T) -> bool>(v: *mut T, from: usize, length: usize, less: &mut F) {
    let mut node = from;
    loop {
        let mut child = 2 * node + 1;
        if child >= length {
            return;
        }
        unsafe {
            if child + 1 < length && less(&*v.add(child), &*v.add(child + 1)) {
                child += 1;
            }
            if !less(&*v.add(node), &*v.add(child)) {
                return;
            }
            crate::ptr::swap(v.add(node), v.add(child));
        }
        node = child;
    }
}

/// The item that stands there when all is sorted. (All is.)
#[track_caller]
fn select<'a, T, F: FnMut(&T, &T) -> bool>(
    v: &'a mut [T],
    index: usize,
    less: &mut F,
) -> (&'a mut [T], &'a mut T, &'a mut [T]) {
    if index >= v.len() {
        panicking::panic_numbers(
            "partition_at_index index ",
            index,
            " greater than length of slice ",
            v.len(),
            "",
        )
    }
    sort(v, less);
    let (left, right) = unsafe { v.split_at_mut_unchecked(index) };
    let (item, right) = unsafe { right.split_at_mut_unchecked(1) };
    (left, unsafe { &mut *item.as_mut_ptr() }, right)
}
