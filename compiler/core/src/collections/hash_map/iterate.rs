//! The pairs of a table, or their halves, in no order.

use super::HashMap;
use super::table::{Slot, Table};
use crate::fmt;
use crate::marker::PhantomData;
use crate::{slice, vec};

/// An iterator over the places that are taken.
macro_rules! over {
    ([$($generics:tt)*] $name:ty, $item:ty, |$slot:ident| $value:expr) => {
        impl<$($generics)*> Iterator for $name {
            type Item = $item;

            #[inline]
            fn next(&mut self) -> Option<$item> {
                loop {
                    if let Some($slot) = self.slots.next()? {
                        self.left -= 1;
                        return Some($value);
                    }
                }
            }

            #[inline]
            fn size_hint(&self) -> (usize, Option<usize>) {
                (self.left, Some(self.left))
            }
        }

        impl<$($generics)*> ExactSizeIterator for $name {}
    };
}

macro_rules! borrowed {
    ($($name:ident: $item:ty, |$slot:ident| $value:expr;)*) => {
        $(
            pub struct $name<'a, K, V> {
                slots: slice::Iter<'a, Option<Slot<K, V>>>,
                left: usize,
            }
            over! { ['a, K, V] $name<'a, K, V>, $item, |$slot| $value }

            impl<K, V> Default for $name<'_, K, V> {
                fn default() -> Self {
                    $name { slots: Default::default(), left: 0 }
                }
            }

            impl<K, V> Clone for $name<'_, K, V> {
                fn clone(&self) -> Self {
                    $name { slots: self.slots.clone(), left: self.left }
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
    Iter: (&'a K, &'a V), |slot| (&slot.key, &slot.value);
    Keys: &'a K, |slot| &slot.key;
    Values: &'a V, |slot| &slot.value;
}

macro_rules! borrowed_to_change {
    ($($name:ident: $item:ty, |$slot:ident| $value:expr;)*) => {
        $(
            pub struct $name<'a, K, V> {
                slots: slice::IterMut<'a, Option<Slot<K, V>>>,
                left: usize,
            }
            over! { ['a, K, V] $name<'a, K, V>, $item, |$slot| $value }

            impl<K, V> Default for $name<'_, K, V> {
                fn default() -> Self {
                    $name { slots: Default::default(), left: 0 }
                }
            }
        )*
    };
}
borrowed_to_change! {
    IterMut: (&'a K, &'a mut V), |slot| (&slot.key, &mut slot.value);
    ValuesMut: &'a mut V, |slot| &mut slot.value;
}

macro_rules! owned {
    ($($name:ident: $item:ty, |$slot:ident| $value:expr;)*) => {
        $(
            pub struct $name<K, V> {
                slots: vec::IntoIter<Option<Slot<K, V>>>,
                left: usize,
            }
            over! { [K, V] $name<K, V>, $item, |$slot| $value }

            impl<K, V> Default for $name<K, V> {
                fn default() -> Self {
                    $name { slots: Default::default(), left: 0 }
                }
            }
        )*
    };
}
owned! {
    IntoIter: (K, V), |slot| (slot.key, slot.value);
    IntoKeys: K, |slot| slot.key;
    IntoValues: V, |slot| slot.value;
}

pub struct Drain<'a, K, V> {
    slots: vec::IntoIter<Option<Slot<K, V>>>,
    left: usize,
    lifetime: PhantomData<&'a mut HashMap<K, V, ()>>,
}
over! { ['a, K, V] Drain<'a, K, V>, (K, V), |slot| (slot.key, slot.value) }

impl<K, V, S> HashMap<K, V, S> {
    pub fn iter(&self) -> Iter<'_, K, V> {
        Iter { slots: self.table.slots().iter(), left: self.len() }
    }

    pub fn iter_mut(&mut self) -> IterMut<'_, K, V> {
        let left = self.len();
        IterMut { slots: self.table.slots_mut().iter_mut(), left }
    }

    pub fn keys(&self) -> Keys<'_, K, V> {
        Keys { slots: self.table.slots().iter(), left: self.len() }
    }

    pub fn values(&self) -> Values<'_, K, V> {
        Values { slots: self.table.slots().iter(), left: self.len() }
    }

    pub fn values_mut(&mut self) -> ValuesMut<'_, K, V> {
        let left = self.len();
        ValuesMut { slots: self.table.slots_mut().iter_mut(), left }
    }

    pub fn into_keys(mut self) -> IntoKeys<K, V> {
        let left = self.len();
        IntoKeys { slots: self.table.take_slots(), left }
    }

    pub fn into_values(mut self) -> IntoValues<K, V> {
        let left = self.len();
        IntoValues { slots: self.table.take_slots(), left }
    }

    pub fn drain(&mut self) -> Drain<'_, K, V> {
        let left = self.len();
        Drain { slots: self.table.take_slots(), left, lifetime: PhantomData }
    }
}

/// What a predicate chooses, taken out; the others go back to their places.
pub struct ExtractIf<'a, K, V, F> {
    table: &'a mut Table<K, V>,
    slots: vec::IntoIter<Option<Slot<K, V>>>,
    pred: F,
}

impl<K, V, F: FnMut(&K, &mut V) -> bool> Iterator for ExtractIf<'_, K, V, F> {
    type Item = (K, V);
    fn next(&mut self) -> Option<(K, V)> {
        loop {
            if let Some(mut slot) = self.slots.next()? {
                if (self.pred)(&slot.key, &mut slot.value) {
                    return Some((slot.key, slot.value));
                }
                self.table.put_back(slot);
            }
        }
    }
}

impl<K, V, F> Drop for ExtractIf<'_, K, V, F> {
    fn drop(&mut self) {
        while let Some(slot) = self.slots.next() {
            if let Some(slot) = slot {
                self.table.put_back(slot);
            }
        }
    }
}

impl<K, V, S> HashMap<K, V, S> {
    pub fn extract_if<F: FnMut(&K, &mut V) -> bool>(&mut self, pred: F) -> ExtractIf<'_, K, V, F> {
        let slots = self.table.take_slots_to_put_back();
        ExtractIf { table: &mut self.table, slots, pred }
    }
}

impl<K, V, S> IntoIterator for HashMap<K, V, S> {
    type Item = (K, V);
    type IntoIter = IntoIter<K, V>;
    fn into_iter(mut self) -> IntoIter<K, V> {
        let left = self.len();
        IntoIter { slots: self.table.take_slots(), left }
    }
}

impl<'a, K, V, S> IntoIterator for &'a HashMap<K, V, S> {
    type Item = (&'a K, &'a V);
    type IntoIter = Iter<'a, K, V>;
    fn into_iter(self) -> Iter<'a, K, V> {
        self.iter()
    }
}

impl<'a, K, V, S> IntoIterator for &'a mut HashMap<K, V, S> {
    type Item = (&'a K, &'a mut V);
    type IntoIter = IterMut<'a, K, V>;
    fn into_iter(self) -> IterMut<'a, K, V> {
        self.iter_mut()
    }
}
