//! Slices compared, item by item.

use crate::cmp::Ordering;

impl<T, U> PartialEq<[U]> for [T]
where
    T: PartialEq<U>,
{
    #[inline]
    fn eq(&self, other: &[U]) -> bool {
        let len = self.len();
        if len != other.len() {
            return false;
        }
        let (left, right) = (self.as_ptr(), other.as_ptr());
        let mut at = 0;
        while at < len {
            unsafe {
                if *left.add(at) != *right.add(at) {
                    return false;
                }
                at = crate::intrinsics::unchecked_add(at, 1);
            }
        }
        true
    }
}

impl<T: Eq> Eq for [T] {}

impl<T: PartialOrd> PartialOrd for [T] {
    #[inline]
    fn partial_cmp(&self, other: &[T]) -> Option<Ordering> {
        let len = if self.len() < other.len() { self.len() } else { other.len() };
        let mut at = 0;
        while at < len {
            unsafe {
                match self.get_unchecked(at).partial_cmp(other.get_unchecked(at)) {
                    Some(Ordering::Equal) => {}
                    different => return different,
                }
                at = crate::intrinsics::unchecked_add(at, 1);
            }
        }
        self.len().partial_cmp(&other.len())
    }
}

impl<T: Ord> Ord for [T] {
    #[inline]
    fn cmp(&self, other: &[T]) -> Ordering {
        let len = if self.len() < other.len() { self.len() } else { other.len() };
        let mut at = 0;
        while at < len {
            unsafe {
                match self.get_unchecked(at).cmp(other.get_unchecked(at)) {
                    Ordering::Equal => {}
                    different => return different,
                }
                at = crate::intrinsics::unchecked_add(at, 1);
            }
        }
        self.len().cmp(&other.len())
    }
}
