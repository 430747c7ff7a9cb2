//! What two sets have, in the order of the values.

use super::{BTreeSet, Iter};
use crate::cmp::Ordering;
use crate::iter::{FromIterator, Peekable};
use crate::ops::{BitAnd, BitOr, BitXor, Sub};

/// The values of both, side by side.
struct Merged<'a, T> {
    left: Peekable<Iter<'a, T>>,
    right: Peekable<Iter<'a, T>>,
}

impl<T> Clone for Merged<'_, T> {
    fn clone(&self) -> Self {
        Merged { left: self.left.clone(), right: self.right.clone() }
    }
}

impl<'a, T: Ord> Merged<'a, T> {
    fn new(left: &'a BTreeSet<T>, right: &'a BTreeSet<T>) -> Merged<'a, T> {
        Merged { left: left.iter().peekable(), right: right.iter().peekable() }
    }

    /// The next value, as each side has it.
    fn next(&mut self) -> (Option<&'a T>, Option<&'a T>) {
        let order = match (self.left.peek(), self.right.peek()) {
            (Some(left), Some(right)) => left.cmp(right),
            (Some(_), None) => Ordering::Less,
            _ => Ordering::Greater,
        };
        match order {
            Ordering::Less => (self.left.next(), None),
            Ordering::Equal => (self.left.next(), self.right.next()),
            Ordering::Greater => (None, self.right.next()),
        }
    }
}

macro_rules! combined {
    ($($name:ident $method:ident $operator:ident $operation:ident, $pattern:pat => $value:expr;)*) => {
        $(
            pub struct $name<'a, T> {
                both: Merged<'a, T>,
            }

            impl<T> Clone for $name<'_, T> {
                fn clone(&self) -> Self {
                    $name { both: self.both.clone() }
                }
            }

            impl<'a, T: Ord> Iterator for $name<'a, T> {
                type Item = &'a T;
                fn next(&mut self) -> Option<&'a T> {
                    loop {
                        match self.both.next() {
                            (None, None) => return None,
                            $pattern => return $value,
                            _ => {}
                        }
                    }
                }
            }

            impl<T> BTreeSet<T> {
                pub fn $method<'a>(&'a self, other: &'a BTreeSet<T>) -> $name<'a, T>
                where
                    T: Ord,
                {
                    $name { both: Merged::new(self, other) }
                }
            }

            impl<T: Ord + Clone> $operator<&BTreeSet<T>> for &BTreeSet<T> {
                type Output = BTreeSet<T>;
                fn $operation(self, rhs: &BTreeSet<T>) -> BTreeSet<T> {
                    self.$method(rhs).cloned().collect()
                }
            }
        )*
    };
}
combined! {
    Union union BitOr bitor, (left, right) => left.or(right);
    Intersection intersection BitAnd bitand, (Some(left), Some(_)) => Some(left);
    Difference difference Sub sub, (Some(left), None) => Some(left);
    SymmetricDifference symmetric_difference BitXor bitxor, (Some(one), None) | (None, Some(one)) => Some(one);
}
