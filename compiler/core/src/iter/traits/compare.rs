//! Two iterators compared, item by item.

use crate::cmp::Ordering;

#[inline]
pub(super) fn cmp<A: Iterator, B: Iterator<Item = A::Item>>(mut a: A, mut b: B) -> Ordering
where
    A::Item: Ord,
{
    loop {
        match (a.next(), b.next()) {
            (None, None) => return Ordering::Equal,
            (None, Some(_)) => return Ordering::Less,
            (Some(_), None) => return Ordering::Greater,
            (Some(x), Some(y)) => match x.cmp(&y) {
                Ordering::Equal => {}
                different => return different,
            },
        }
    }
}

#[inline]
pub(super) fn partial_cmp<A: Iterator, B: Iterator>(mut a: A, mut b: B) -> Option<Ordering>
where
    A::Item: PartialOrd<B::Item>,
{
    loop {
        match (a.next(), b.next()) {
            (None, None) => return Some(Ordering::Equal),
            (None, Some(_)) => return Some(Ordering::Less),
            (Some(_), None) => return Some(Ordering::Greater),
            (Some(x), Some(y)) => match x.partial_cmp(&y) {
                Some(Ordering::Equal) => {}
                different => return different,
            },
        }
    }
}

#[inline]
pub(super) fn eq<A: Iterator, B: Iterator>(mut a: A, mut b: B) -> bool
where
    A::Item: PartialEq<B::Item>,
{
    loop {
        match (a.next(), b.next()) {
            (None, None) => return true,
            (Some(x), Some(y)) => {
                if x != y {
                    return false;
                }
            }
            _ => return false,
        }
    }
}
