//! Slices between the items that a predicate picks, from both ends.

fn first_picked<T>(v: &[T], pred: &mut impl FnMut(&T) -> bool) -> Option<usize> {
    let mut at = 0;
    while at < v.len() {
        if pred(&v[at]) {
            return Some(at);
        }
        at += 1;
    }
    None
}

fn last_picked<T>(v: &[T], pred: &mut impl FnMut(&T) -> bool) -> Option<usize> {
    let mut end = v.len();
    while end > 0 {
        end -= 1;
        if pred(&v[end]) {
            return Some(end);
        }
    }
    None
}

// `inclusive`: whether the picked item belongs to the slice before it. Then nothing is left behind the last one.
macro_rules! splits {
    ($($name:ident $slice:ty, $split_at:ident, $inclusive:literal;)*) => {
        $(
            pub struct $name<'a, T: 'a, P>
            where
                P: FnMut(&T) -> bool,
            {
                v: Option<$slice>,
                pred: P,
            }

            impl<'a, T: 'a, P: FnMut(&T) -> bool> $name<'a, T, P> {
                #[inline]
                pub(super) fn new(slice: $slice, pred: P) -> Self {
                    let v = if $inclusive && slice.is_empty() { None } else { Some(slice) };
                    $name { v, pred }
                }
            }

            impl<'a, T, P> Iterator for $name<'a, T, P>
            where
                P: FnMut(&T) -> bool,
            {
                type Item = $slice;

                fn next(&mut self) -> Option<$slice> {
                    let v = self.v.take()?;
                    match first_picked(v, &mut self.pred) {
                        None => Some(v),
                        Some(at) if $inclusive => {
                            let (head, tail) = v.$split_at(at + 1);
                            self.v = if tail.is_empty() { None } else { Some(tail) };
                            Some(head)
                        }
                        Some(at) => {
                            let (head, tail) = v.$split_at(at);
                            self.v = Some(tail.$split_at(1).1);
                            Some(head)
                        }
                    }
                }
            }

            impl<'a, T, P> DoubleEndedIterator for $name<'a, T, P>
            where
                P: FnMut(&T) -> bool,
            {
                fn next_back(&mut self) -> Option<$slice> {
                    let v = self.v.take()?;
                    // The last item ends the last slice, if it is picked and belongs to it.
                    let searched = if $inclusive { v.len() - 1 } else { v.len() };
                    match last_picked(&v[..searched], &mut self.pred) {
                        None => Some(v),
                        Some(at) if $inclusive => {
                            let (head, tail) = v.$split_at(at + 1);
                            self.v = Some(head);
                            Some(tail)
                        }
                        Some(at) => {
                            let (head, tail) = v.$split_at(at);
                            self.v = Some(head);
                            Some(tail.$split_at(1).1)
                        }
                    }
                }
            }

            impl<T, P> crate::iter::FusedIterator for $name<'_, T, P> where P: FnMut(&T) -> bool {}
        )*
    };
}
splits! {
    Split &'a [T], split_at, false;
    SplitMut &'a mut [T], split_at_mut, false;
    SplitInclusive &'a [T], split_at, true;
    SplitInclusiveMut &'a mut [T], split_at_mut, true;
}

macro_rules! from_the_back {
    ($($name:ident $forward:ident $slice:ty;)*) => {
        $(
            pub struct $name<'a, T: 'a, P>($forward<'a, T, P>)
            where
                P: FnMut(&T) -> bool;

            impl<'a, T, P> Iterator for $name<'a, T, P>
            where
                P: FnMut(&T) -> bool,
            {
                type Item = $slice;

                #[inline]
                fn next(&mut self) -> Option<$slice> {
                    self.0.next_back()
                }
            }

            impl<'a, T, P> DoubleEndedIterator for $name<'a, T, P>
            where
                P: FnMut(&T) -> bool,
            {
                #[inline]
                fn next_back(&mut self) -> Option<$slice> {
                    self.0.next()
                }
            }
        )*
    };
}
from_the_back! {
    RSplit Split &'a [T];
    RSplitMut SplitMut &'a mut [T];
}

macro_rules! so_many {
    ($($name:ident $of:ident $slice:ty, |$pieces:ident| $rest:expr;)*) => {
        $(
            /// No more than so many slices; the last is all of the rest.
            pub struct $name<'a, T: 'a, P>
            where
                P: FnMut(&T) -> bool,
            {
                pieces: $of<'a, T, P>,
                count: usize,
            }

            impl<'a, T, P> Iterator for $name<'a, T, P>
            where
                P: FnMut(&T) -> bool,
            {
                type Item = $slice;

                fn next(&mut self) -> Option<$slice> {
                    if self.count == 0 {
                        return None;
                    }
                    self.count -= 1;
                    if self.count > 0 {
                        return self.pieces.next();
                    }
                    let $pieces = &mut self.pieces;
                    $rest.take()
                }
            }
        )*
    };
}
so_many! {
    SplitN Split &'a [T], |pieces| pieces.v;
    SplitNMut SplitMut &'a mut [T], |pieces| pieces.v;
    RSplitN RSplit &'a [T], |pieces| pieces.0.v;
    RSplitNMut RSplitMut &'a mut [T], |pieces| pieces.0.v;
}

macro_rules! methods {
    ($($method:ident($($mutable:ident)?) $name:ident |$slice:ident, $pred:ident| $make:expr;)*) => {
        impl<T> [T] {
            $(
                #[inline]
                pub fn $method<F>(&$($mutable)? self, pred: F) -> $name<'_, T, F>
                where
                    F: FnMut(&T) -> bool,
                {
                    let ($slice, $pred) = (self, pred);
                    $make
                }
            )*
        }
    };
}
methods! {
    split() Split |slice, pred| Split::new(slice, pred);
    split_mut(mut) SplitMut |slice, pred| SplitMut::new(slice, pred);
    split_inclusive() SplitInclusive |slice, pred| SplitInclusive::new(slice, pred);
    split_inclusive_mut(mut) SplitInclusiveMut |slice, pred| SplitInclusiveMut::new(slice, pred);
    rsplit() RSplit |slice, pred| RSplit(Split::new(slice, pred));
    rsplit_mut(mut) RSplitMut |slice, pred| RSplitMut(SplitMut::new(slice, pred));
}

macro_rules! counted {
    ($($method:ident($($mutable:ident)?) $name:ident $pieces:ident;)*) => {
        impl<T> [T] {
            $(
                #[inline]
                pub fn $method<F>(&$($mutable)? self, n: usize, pred: F) -> $name<'_, T, F>
                where
                    F: FnMut(&T) -> bool,
                {
                    $name { pieces: self.$pieces(pred), count: n }
                }
            )*
        }
    };
}
counted! {
    splitn() SplitN split;
    splitn_mut(mut) SplitNMut split_mut;
    rsplitn() RSplitN rsplit;
    rsplitn_mut(mut) RSplitNMut rsplit_mut;
}
