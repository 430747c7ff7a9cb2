//! The pairs of a table, or their halves, in the order of the keys.

use super::BTreeMap;
use crate::collections::vec_deque;
use crate::fmt;

/// An iterator over what another one over pairs gives.
macro_rules! over {
    ([$($generics:tt)*] $name:ty, $item:ty, |$pair:ident| $value:expr) => {
        impl<$($generics)*> Iterator for $name {
            type Item = $item;

            #[inline]
            fn next(&mut self) -> Option<$item> {
                match self.pairs.next() {
                    Some($pair) => Some($value),
                    None => None,
                }
            }

            #[inline]
            fn size_hint(&self) -> (usize, Option<usize>) {
                self.pairs.size_hint()
            }

            fn last(mut self) -> Option<$item> {
                self.next_back()
            }
        }

        impl<$($generics)*> DoubleEndedIterator for $name {
            #[inline]
            fn next_back(&mut self) -> Option<$item> {
                match self.pairs.next_back() {
                    Some($pair) => Some($value),
                    None => None,
                }
            }
        }

        impl<$($generics)*> ExactSizeIterator for $name {}
    };
}

macro_rules! borrowed {
    ($($name:ident: $item:ty, |$pair:ident| $value:expr;)*) => {
        $(
            pub struct $name<'a, K, V> {
                pub(super) pairs: vec_deque::Iter<'a, (K, V)>,
            }
            over! { ['a, K, V] $name<'a, K, V>, $item, |$pair| $value }

            impl<K, V> Default for $name<'_, K, V> {
                fn default() -> Self {
                    $name { pairs: Default::default() }
                }
            }

            impl<K, V> Clone for $name<'_, K, V> {
                fn clone(&self) -> Self {
                    $name { pairs: self.pairs.clone() }
                }
            }

            impl<K: fmt::Debug, V: fmt::Debug> fmt::Debug for $name<'_, K, V> {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    f.debug_list().entries(self.clone()).finish()
                }
            }
        )*
    };
}
borrowed! {
    Iter: (&'a K, &'a V), |pair| (&pair.0, &pair.1);
    Range: (&'a K, &'a V), |pair| (&pair.0, &pair.1);
    Keys: &'a K, |pair| &pair.0;
    Values: &'a V, |pair| &pair.1;
}

macro_rules! borrowed_to_change {
    ($($name:ident: $item:ty, |$pair:ident| $value:expr;)*) => {
        $(
            pub struct $name<'a, K, V> {
                pub(super) pairs: vec_deque::IterMut<'a, (K, V)>,
            }
            over! { ['a, K, V] $name<'a, K, V>, $item, |$pair| $value }

            impl<K, V> Default for $name<'_, K, V> {
                fn default() -> Self {
                    $name { pairs: Default::default() }
                }
            }
        )*
    };
}
borrowed_to_change! {
    IterMut: (&'a K, &'a mut V), |pair| (&pair.0, &mut pair.1);
    RangeMut: (&'a K, &'a mut V), |pair| (&pair.0, &mut pair.1);
    ValuesMut: &'a mut V, |pair| &mut pair.1;
}

macro_rules! owned {
    ($($name:ident: $item:ty, |$pair:ident| $value:expr;)*) => {
        $(
            pub struct $name<K, V> {
                pub(super) pairs: vec_deque::IntoIter<(K, V)>,
            }
            over! { [K, V] $name<K, V>, $item, |$pair| $value }

            impl<K, V> Default for $name<K, V> {
                fn default() -> Self {
                    $name { pairs: Default::default() }
                }
            }
        )*
    };
}
owned! {
    IntoIter: (K, V), |pair| pair;
    IntoKeys: K, |pair| pair.0;
    IntoValues: V, |pair| pair.1;
}

impl<K, V> BTreeMap<K, V> {
    pub fn iter(&self) -> Iter<'_, K, V> {
        Iter { pairs: self.pairs.iter() }
    }

    pub fn iter_mut(&mut self) -> IterMut<'_, K, V> {
        IterMut { pairs: self.pairs.iter_mut() }
    }

    pub fn keys(&self) -> Keys<'_, K, V> {
        Keys { pairs: self.pairs.iter() }
    }

    pub fn values(&self) -> Values<'_, K, V> {
        Values { pairs: self.pairs.iter() }
    }

    pub fn values_mut(&mut self) -> ValuesMut<'_, K, V> {
        ValuesMut { pairs: self.pairs.iter_mut() }
    }

    pub fn into_keys(self) -> IntoKeys<K, V> {
        IntoKeys { pairs: self.pairs.into_iter() }
    }

    pub fn into_values(self) -> IntoValues<K, V> {
        IntoValues { pairs: self.pairs.into_iter() }
    }
}

impl<K, V> IntoIterator for BTreeMap<K, V> {
    type Item = (K, V);
    type IntoIter = IntoIter<K, V>;
    fn into_iter(self) -> IntoIter<K, V> {
        IntoIter { pairs: self.pairs.into_iter() }
    }
}

impl<'a, K, V> IntoIterator for &'a BTreeMap<K, V> {
    type Item = (&'a K, &'a V);
    type IntoIter = Iter<'a, K, V>;
    fn into_iter(self) -> Iter<'a, K, V> {
        self.iter()
    }
}

impl<'a, K, V> IntoIterator for &'a mut BTreeMap<K, V> {
    type Item = (&'a K, &'a mut V);
    type IntoIter = IterMut<'a, K, V>;
    fn into_iter(self) -> IterMut<'a, K, V> {
        self.iter_mut()
    }
}
