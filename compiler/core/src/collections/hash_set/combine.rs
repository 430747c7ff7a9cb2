//! What two sets have.

use super::{HashSet, Iter};
use crate::hash::{BuildHasher, Hash};
use crate::iter::FromIterator;
use crate::ops::{BitAnd, BitOr, BitXor, Sub};

/// The values of one set that are in another one, or that are not.
macro_rules! compared {
    ($($name:ident $is_in:literal;)*) => {
        $(
            pub struct $name<'a, T, S> {
                values: Iter<'a, T>,
                other: &'a HashSet<T, S>,
            }

            impl<T, S> Clone for $name<'_, T, S> {
                fn clone(&self) -> Self {
                    $name { values: self.values.clone(), other: self.other }
                }
            }

            impl<'a, T: Eq + Hash, S: BuildHasher> Iterator for $name<'a, T, S> {
                type Item = &'a T;
                fn next(&mut self) -> Option<&'a T> {
                    loop {
                        let value = self.values.next()?;
                        if self.other.contains(value) == $is_in {
                            return Some(value);
                        }
                    }
                }
            }
        )*
    };
}
compared! { Intersection true; Difference false; }

/// The values of one after those of the other.
macro_rules! chained {
    ($($name:ident $first:ty;)*) => {
        $(
            pub struct $name<'a, T, S> {
                first: $first,
                second: Difference<'a, T, S>,
            }

            impl<T, S> Clone for $name<'_, T, S> {
                fn clone(&self) -> Self {
                    $name { first: self.first.clone(), second: self.second.clone() }
                }
            }

            impl<'a, T: Eq + Hash, S: BuildHasher> Iterator for $name<'a, T, S> {
                type Item = &'a T;
                fn next(&mut self) -> Option<&'a T> {
                    match self.first.next() {
                        Some(value) => Some(value),
                        None => self.second.next(),
                    }
                }
            }
        )*
    };
}
chained! { Union Iter<'a, T>; SymmetricDifference Difference<'a, T, S>; }

impl<T: Eq + Hash, S: BuildHasher> HashSet<T, S> {
    pub fn intersection<'a>(&'a self, other: &'a HashSet<T, S>) -> Intersection<'a, T, S> {
        Intersection { values: self.iter(), other }
    }

    pub fn difference<'a>(&'a self, other: &'a HashSet<T, S>) -> Difference<'a, T, S> {
        Difference { values: self.iter(), other }
    }

    pub fn union<'a>(&'a self, other: &'a HashSet<T, S>) -> Union<'a, T, S> {
        Union { first: self.iter(), second: other.difference(self) }
    }

    pub fn symmetric_difference<'a>(&'a self, other: &'a HashSet<T, S>) -> SymmetricDifference<'a, T, S> {
        SymmetricDifference { first: self.difference(other), second: other.difference(self) }
    }
}

macro_rules! operators {
    ($($operator:ident $operation:ident $method:ident;)*) => {
        $(
            impl<T: Eq + Hash + Clone, S: BuildHasher + Default> $operator<&HashSet<T, S>> for &HashSet<T, S> {
                type Output = HashSet<T, S>;
                fn $operation(self, rhs: &HashSet<T, S>) -> HashSet<T, S> {
                    self.$method(rhs).cloned().collect()
                }
            }
        )*
    };
}
operators! {
    BitOr bitor union;
    BitAnd bitand intersection;
    BitXor bitxor symmetric_difference;
    Sub sub difference;
}
