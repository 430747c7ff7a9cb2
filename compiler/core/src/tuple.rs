//! Tuples of up to twelve.

use crate::cmp::Ordering::{self, Equal};

macro_rules! tuples {
    ($($(($name:ident $at:tt))+;)*) => {
        $(
            impl<$($name: PartialEq),+> PartialEq for ($($name,)+) {
                #[inline]
                fn eq(&self, other: &($($name,)+)) -> bool {
                    $(self.$at == other.$at)&&+
                }
                #[inline]
                fn ne(&self, other: &($($name,)+)) -> bool {
                    $(self.$at != other.$at)||+
                }
            }

            impl<$($name: Eq),+> Eq for ($($name,)+) {}

            impl<$($name: PartialOrd),+> PartialOrd for ($($name,)+) {
                #[inline]
                fn partial_cmp(&self, other: &($($name,)+)) -> Option<Ordering> {
                    $(
                        match self.$at.partial_cmp(&other.$at) {
                            Some(Equal) => {}
                            different => return different,
                        }
                    )+
                    Some(Equal)
                }
            }

            impl<$($name: Ord),+> Ord for ($($name,)+) {
                #[inline]
                fn cmp(&self, other: &($($name,)+)) -> Ordering {
                    $(
                        match self.$at.cmp(&other.$at) {
                            Equal => {}
                            different => return different,
                        }
                    )+
                    Equal
                }
            }

            impl<$($name: Default),+> Default for ($($name,)+) {
                #[inline]
                fn default() -> ($($name,)+) {
                    ($($name::default(),)+)
                }
            }

            impl<$($name: crate::hash::Hash),+> crate::hash::Hash for ($($name,)+) {
                #[inline]
                fn hash<S: crate::hash::Hasher>(&self, state: &mut S) {
                    $(self.$at.hash(state);)+
                }
            }

            impl<$($name: crate::fmt::Debug),+> crate::fmt::Debug for ($($name,)+) {
                fn fmt(&self, f: &mut crate::fmt::Formatter<'_>) -> crate::fmt::Result {
                    let mut tuple = f.debug_tuple("");
                    $(tuple.field(&self.$at);)+
                    tuple.finish()
                }
            }
        )*
    };
}
tuples! {
    (A 0);
    (A 0) (B 1);
    (A 0) (B 1) (C 2);
    (A 0) (B 1) (C 2) (D 3);
    (A 0) (B 1) (C 2) (D 3) (E 4);
    (A 0) (B 1) (C 2) (D 3) (E 4) (F 5);
    (A 0) (B 1) (C 2) (D 3) (E 4) (F 5) (G 6);
    (A 0) (B 1) (C 2) (D 3) (E 4) (F 5) (G 6) (H 7);
    (A 0) (B 1) (C 2) (D 3) (E 4) (F 5) (G 6) (H 7) (I 8);
    (A 0) (B 1) (C 2) (D 3) (E 4) (F 5) (G 6) (H 7) (I 8) (J 9);
    (A 0) (B 1) (C 2) (D 3) (E 4) (F 5) (G 6) (H 7) (I 8) (J 9) (K 10);
    (A 0) (B 1) (C 2) (D 3) (E 4) (F 5) (G 6) (H 7) (I 8) (J 9) (K 10) (L 11);
}

macro_rules! arrays_and_tuples {
    ($($n:literal $($name:ident $t:ident)+;)*) => {
        $(
            impl<T> From<[T; $n]> for ($($t,)+) {
                #[inline]
                fn from(array: [T; $n]) -> Self {
                    let [$($name,)+] = array;
                    ($($name,)+)
                }
            }

            impl<T> From<($($t,)+)> for [T; $n] {
                #[inline]
                fn from(tuple: ($($t,)+)) -> Self {
                    let ($($name,)+) = tuple;
                    [$($name,)+]
                }
            }
        )*
    };
}
arrays_and_tuples! {
    1 a T;
    2 a T b T;
    3 a T b T c T;
    4 a T b T c T d T;
    5 a T b T c T d T e T;
    6 a T b T c T d T e T f T;
}
