//! The trait itself. Consumers are loops over `next`: once that is inlined they are what one would write.

use super::super::{
    Chain, Cloned, Copied, Cycle, Enumerate, Filter, FilterMap, FlatMap, Flatten, Fuse, Inspect, Map, MapWhile,
    Peekable, Rev, Scan, Skip, SkipWhile, StepBy, Take, TakeWhile, Zip,
};
use super::{compare, DoubleEndedIterator, ExactSizeIterator, Extend, FromIterator, IntoIterator, Product, Sum};
use crate::cmp::Ordering;
use crate::ops::{ControlFlow, Residual, Try};

#[lang = "iterator"]
#[must_use = "iterators are lazy and do nothing unless consumed"]
pub trait Iterator {
    type Item;

    #[lang = "next"]
    fn next(&mut self) -> Option<Self::Item>;

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, None)
    }

    #[inline]
    fn count(mut self) -> usize
    where Self: Sized {
        let mut count = 0;
        while let Some(_) = self.next() {
            count += 1;
        }
        count
    }

    #[inline]
    fn last(mut self) -> Option<Self::Item>
    where Self: Sized {
        let mut last = None;
        while let Some(x) = self.next() {
            last = Some(x);
        }
        last
    }

    #[inline]
    fn nth(&mut self, n: usize) -> Option<Self::Item> {
        let mut left = n;
        while left > 0 {
            if self.next().is_none() {
                return None;
            }
            left -= 1;
        }
        self.next()
    }

    #[inline]
    #[track_caller]
    fn step_by(self, step: usize) -> StepBy<Self>
    where Self: Sized {
        StepBy::new(self, step)
    }

    #[inline]
    fn chain<U>(self, other: U) -> Chain<Self, U::IntoIter>
    where Self: Sized, U: IntoIterator<Item = Self::Item> {
        Chain::new(self, other.into_iter())
    }

    #[inline]
    fn zip<U>(self, other: U) -> Zip<Self, U::IntoIter>
    where Self: Sized, U: IntoIterator {
        Zip::new(self, other.into_iter())
    }

    #[inline]
    fn map<B, F>(self, f: F) -> Map<Self, F>
    where Self: Sized, F: FnMut(Self::Item) -> B {
        Map::new(self, f)
    }

    #[inline]
    fn for_each<F>(mut self, mut f: F)
    where Self: Sized, F: FnMut(Self::Item) {
        while let Some(x) = self.next() {
            f(x);
        }
    }

    #[inline]
    fn filter<P>(self, predicate: P) -> Filter<Self, P>
    where Self: Sized, P: FnMut(&Self::Item) -> bool {
        Filter::new(self, predicate)
    }

    #[inline]
    fn filter_map<B, F>(self, f: F) -> FilterMap<Self, F>
    where Self: Sized, F: FnMut(Self::Item) -> Option<B> {
        FilterMap::new(self, f)
    }

    #[inline]
    fn enumerate(self) -> Enumerate<Self>
    where Self: Sized {
        Enumerate::new(self)
    }

    #[inline]
    fn peekable(self) -> Peekable<Self>
    where Self: Sized {
        Peekable::new(self)
    }

    #[inline]
    fn skip_while<P>(self, predicate: P) -> SkipWhile<Self, P>
    where Self: Sized, P: FnMut(&Self::Item) -> bool {
        SkipWhile::new(self, predicate)
    }

    #[inline]
    fn take_while<P>(self, predicate: P) -> TakeWhile<Self, P>
    where Self: Sized, P: FnMut(&Self::Item) -> bool {
        TakeWhile::new(self, predicate)
    }

    #[inline]
    fn map_while<B, P>(self, predicate: P) -> MapWhile<Self, P>
    where Self: Sized, P: FnMut(Self::Item) -> Option<B> {
        MapWhile::new(self, predicate)
    }

    #[inline]
    fn skip(self, n: usize) -> Skip<Self>
    where Self: Sized {
        Skip::new(self, n)
    }

    #[inline]
    fn take(self, n: usize) -> Take<Self>
    where Self: Sized {
        Take::new(self, n)
    }

    #[inline]
    fn scan<St, B, F>(self, initial_state: St, f: F) -> Scan<Self, St, F>
    where Self: Sized, F: FnMut(&mut St, Self::Item) -> Option<B> {
        Scan::new(self, initial_state, f)
    }

    #[inline]
    fn flat_map<U, F>(self, f: F) -> FlatMap<Self, U, F>
    where Self: Sized, U: IntoIterator, F: FnMut(Self::Item) -> U {
        FlatMap::new(self, f)
    }

    #[inline]
    fn flatten(self) -> Flatten<Self>
    where Self: Sized, Self::Item: IntoIterator {
        Flatten::new(self)
    }

    #[inline]
    fn fuse(self) -> Fuse<Self>
    where Self: Sized {
        Fuse::new(self)
    }

    #[inline]
    fn inspect<F>(self, f: F) -> Inspect<Self, F>
    where Self: Sized, F: FnMut(&Self::Item) {
        Inspect::new(self, f)
    }

    #[inline(always)]
    fn by_ref(&mut self) -> &mut Self
    where Self: Sized {
        self
    }

    #[inline]
    fn collect<B: FromIterator<Self::Item>>(self) -> B
    where Self: Sized {
        FromIterator::from_iter(self)
    }

    #[inline]
    fn partition<B, F>(mut self, mut f: F) -> (B, B)
    where Self: Sized, B: Default + Extend<Self::Item>, F: FnMut(&Self::Item) -> bool {
        let mut left: B = Default::default();
        let mut right: B = Default::default();
        while let Some(x) = self.next() {
            if f(&x) {
                left.extend(Some(x));
            } else {
                right.extend(Some(x));
            }
        }
        (left, right)
    }

    #[inline]
    fn try_fold<B, F, R>(&mut self, init: B, mut f: F) -> R
    where Self: Sized, F: FnMut(B, Self::Item) -> R, R: Try<Output = B> {
        let mut accum = init;
        while let Some(x) = self.next() {
            accum = f(accum, x)?;
        }
        R::from_output(accum)
    }

    #[inline]
    fn try_for_each<F, R>(&mut self, mut f: F) -> R
    where Self: Sized, F: FnMut(Self::Item) -> R, R: Try<Output = ()> {
        while let Some(x) = self.next() {
            f(x)?;
        }
        R::from_output(())
    }

    #[inline]
    fn fold<B, F>(mut self, init: B, mut f: F) -> B
    where Self: Sized, F: FnMut(B, Self::Item) -> B {
        let mut accum = init;
        while let Some(x) = self.next() {
            accum = f(accum, x);
        }
        accum
    }

    #[inline]
    fn reduce<F>(mut self, f: F) -> Option<Self::Item>
    where Self: Sized, F: FnMut(Self::Item, Self::Item) -> Self::Item {
        match self.next() {
            Some(first) => Some(self.fold(first, f)),
            None => None,
        }
    }

    #[inline]
    fn all<F>(&mut self, mut f: F) -> bool
    where Self: Sized, F: FnMut(Self::Item) -> bool {
        while let Some(x) = self.next() {
            if !f(x) {
                return false;
            }
        }
        true
    }

    #[inline]
    fn any<F>(&mut self, mut f: F) -> bool
    where Self: Sized, F: FnMut(Self::Item) -> bool {
        while let Some(x) = self.next() {
            if f(x) {
                return true;
            }
        }
        false
    }

    #[inline]
    fn find<P>(&mut self, mut predicate: P) -> Option<Self::Item>
    where Self: Sized, P: FnMut(&Self::Item) -> bool {
        while let Some(x) = self.next() {
            if predicate(&x) {
                return Some(x);
            }
        }
        None
    }

    #[inline]
    fn find_map<B, F>(&mut self, mut f: F) -> Option<B>
    where Self: Sized, F: FnMut(Self::Item) -> Option<B> {
        while let Some(x) = self.next() {
            if let Some(found) = f(x) {
                return Some(found);
            }
        }
        None
    }

    #[inline]
    fn position<P>(&mut self, mut predicate: P) -> Option<usize>
    where Self: Sized, P: FnMut(Self::Item) -> bool {
        let mut at = 0;
        while let Some(x) = self.next() {
            if predicate(x) {
                return Some(at);
            }
            at += 1;
        }
        None
    }

    #[inline]
    fn rposition<P>(&mut self, mut predicate: P) -> Option<usize>
    where P: FnMut(Self::Item) -> bool, Self: Sized + ExactSizeIterator + DoubleEndedIterator {
        let mut at = self.len();
        while let Some(x) = self.next_back() {
            at -= 1;
            if predicate(x) {
                return Some(at);
            }
        }
        None
    }

    #[inline]
    fn max(self) -> Option<Self::Item>
    where Self: Sized, Self::Item: Ord {
        self.max_by(Ord::cmp)
    }

    #[inline]
    fn min(self) -> Option<Self::Item>
    where Self: Sized, Self::Item: Ord {
        self.min_by(Ord::cmp)
    }

    #[inline]
    fn max_by_key<B: Ord, F>(mut self, mut f: F) -> Option<Self::Item>
    where Self: Sized, F: FnMut(&Self::Item) -> B {
        let mut best = self.next()?;
        let mut best_key = f(&best);
        while let Some(x) = self.next() {
            let key = f(&x);
            if best_key.cmp(&key) != Ordering::Greater {
                best = x;
                best_key = key;
            }
        }
        Some(best)
    }

    #[inline]
    fn max_by<F>(mut self, mut compare: F) -> Option<Self::Item>
    where Self: Sized, F: FnMut(&Self::Item, &Self::Item) -> Ordering {
        let mut best = self.next()?;
        while let Some(x) = self.next() {
            if compare(&best, &x) != Ordering::Greater {
                best = x;
            }
        }
        Some(best)
    }

    #[inline]
    fn min_by_key<B: Ord, F>(mut self, mut f: F) -> Option<Self::Item>
    where Self: Sized, F: FnMut(&Self::Item) -> B {
        let mut best = self.next()?;
        let mut best_key = f(&best);
        while let Some(x) = self.next() {
            let key = f(&x);
            if best_key.cmp(&key) == Ordering::Greater {
                best = x;
                best_key = key;
            }
        }
        Some(best)
    }

    #[inline]
    fn min_by<F>(mut self, mut compare: F) -> Option<Self::Item>
    where Self: Sized, F: FnMut(&Self::Item, &Self::Item) -> Ordering {
        let mut best = self.next()?;
        while let Some(x) = self.next() {
            if compare(&best, &x) == Ordering::Greater {
                best = x;
            }
        }
        Some(best)
    }

    #[inline]
    fn rev(self) -> Rev<Self>
    where Self: Sized + DoubleEndedIterator {
        Rev::new(self)
    }

    #[inline]
    fn unzip<A, B, FromA, FromB>(self) -> (FromA, FromB)
    where FromA: Default + Extend<A>, FromB: Default + Extend<B>, Self: Sized + Iterator<Item = (A, B)> {
        let mut both: (FromA, FromB) = Default::default();
        both.extend(self);
        both
    }

    #[inline]
    fn copied<'a, T: 'a + Copy>(self) -> Copied<Self>
    where Self: Sized + Iterator<Item = &'a T> {
        Copied::new(self)
    }

    #[inline]
    fn cloned<'a, T: 'a + Clone>(self) -> Cloned<Self>
    where Self: Sized + Iterator<Item = &'a T> {
        Cloned::new(self)
    }

    #[inline]
    fn cycle(self) -> Cycle<Self>
    where Self: Sized + Clone {
        Cycle::new(self)
    }

    #[inline]
    #[track_caller]
    fn sum<S>(self) -> S
    where Self: Sized, S: Sum<Self::Item> {
        Sum::sum(self)
    }

    #[inline]
    #[track_caller]
    fn product<P>(self) -> P
    where Self: Sized, P: Product<Self::Item> {
        Product::product(self)
    }

    #[inline]
    fn cmp<I>(self, other: I) -> Ordering
    where I: IntoIterator<Item = Self::Item>, Self::Item: Ord, Self: Sized {
        compare::cmp(self, other.into_iter())
    }

    #[inline]
    fn partial_cmp<I>(self, other: I) -> Option<Ordering>
    where I: IntoIterator, Self::Item: PartialOrd<I::Item>, Self: Sized {
        compare::partial_cmp(self, other.into_iter())
    }

    #[inline]
    fn eq<I>(self, other: I) -> bool
    where I: IntoIterator, Self::Item: PartialEq<I::Item>, Self: Sized {
        compare::eq(self, other.into_iter())
    }

    #[inline]
    fn ne<I>(self, other: I) -> bool
    where I: IntoIterator, Self::Item: PartialEq<I::Item>, Self: Sized {
        !Iterator::eq(self, other)
    }

    #[inline]
    fn lt<I>(self, other: I) -> bool
    where I: IntoIterator, Self::Item: PartialOrd<I::Item>, Self: Sized {
        Iterator::partial_cmp(self, other) == Some(Ordering::Less)
    }

    #[inline]
    fn le<I>(self, other: I) -> bool
    where I: IntoIterator, Self::Item: PartialOrd<I::Item>, Self: Sized {
        matches!(Iterator::partial_cmp(self, other), Some(Ordering::Less | Ordering::Equal))
    }

    #[inline]
    fn gt<I>(self, other: I) -> bool
    where I: IntoIterator, Self::Item: PartialOrd<I::Item>, Self: Sized {
        Iterator::partial_cmp(self, other) == Some(Ordering::Greater)
    }

    #[inline]
    fn ge<I>(self, other: I) -> bool
    where I: IntoIterator, Self::Item: PartialOrd<I::Item>, Self: Sized {
        matches!(Iterator::partial_cmp(self, other), Some(Ordering::Greater | Ordering::Equal))
    }

    #[inline]
    fn is_sorted(self) -> bool
    where Self: Sized, Self::Item: PartialOrd {
        self.is_sorted_by(|a, b| a <= b)
    }

    #[inline]
    fn is_sorted_by<F>(mut self, mut compare: F) -> bool
    where Self: Sized, F: FnMut(&Self::Item, &Self::Item) -> bool {
        let mut last = match self.next() {
            Some(first) => first,
            None => return true,
        };
        while let Some(x) = self.next() {
            if !compare(&last, &x) {
                return false;
            }
            last = x;
        }
        true
    }

    #[inline]
    fn is_sorted_by_key<F, K>(self, f: F) -> bool
    where Self: Sized, F: FnMut(Self::Item) -> K, K: PartialOrd {
        self.map(f).is_sorted()
    }
}
