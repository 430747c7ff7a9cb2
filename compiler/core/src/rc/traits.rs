//! Traits of shared values, `Rc`'s and `Arc`'s: those of the value; and shared slices and texts.

use super::Rc;
use crate::boxed::Box;
use crate::cmp::Ordering;
use crate::fmt;
use crate::hash::{Hash, Hasher};
use crate::iter::FromIterator;
use crate::ptr::{self, NonNull};
use crate::string::String;
use crate::sync::Arc;
use crate::vec::Vec;

macro_rules! traits {
    ($name:ident) => {
        impl<T: Default> Default for $name<T> {
            fn default() -> Self {
                $name::new(T::default())
            }
        }

        impl<T> From<T> for $name<T> {
            fn from(value: T) -> Self {
                $name::new(value)
            }
        }

        impl<T: ?Sized + fmt::Debug> fmt::Debug for $name<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                (**self).fmt(f)
            }
        }

        impl<T: ?Sized> fmt::Pointer for $name<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Pointer::fmt(&(&raw const **self), f)
            }
        }

        impl<T: ?Sized + fmt::Display> fmt::Display for $name<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                (**self).fmt(f)
            }
        }

        impl<T: ?Sized + PartialEq> PartialEq for $name<T> {
            fn eq(&self, other: &Self) -> bool {
                **self == **other
            }
        }

        impl<T: ?Sized + Eq> Eq for $name<T> {}

        impl<T: ?Sized + PartialOrd> PartialOrd for $name<T> {
            fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
                (**self).partial_cmp(&**other)
            }
        }

        impl<T: ?Sized + Ord> Ord for $name<T> {
            fn cmp(&self, other: &Self) -> Ordering {
                (**self).cmp(&**other)
            }
        }

        impl<T: ?Sized + Hash> Hash for $name<T> {
            fn hash<H: Hasher>(&self, state: &mut H) {
                (**self).hash(state)
            }
        }

        impl<T: ?Sized> AsRef<T> for $name<T> {
            fn as_ref(&self) -> &T {
                &**self
            }
        }

        impl<T: ?Sized> crate::borrow::Borrow<T> for $name<T> {
            fn borrow(&self) -> &T {
                &**self
            }
        }

        impl<T> From<Vec<T>> for $name<[T]> {
            fn from(mut values: Vec<T>) -> Self {
                unsafe {
                    let length = values.len();
                    let shared = $name::<[T]>::shared_of(length);
                    let first = &raw mut (*shared).value as *mut T;
                    ptr::copy_nonoverlapping(values.as_ptr(), first, length);
                    values.set_len(0);
                    $name { shared: NonNull::new_unchecked(shared) }
                }
            }
        }

        impl<T: Clone> From<&[T]> for $name<[T]> {
            fn from(values: &[T]) -> Self {
                values.to_vec().into()
            }
        }

        impl<T: Clone> From<&mut [T]> for $name<[T]> {
            fn from(values: &mut [T]) -> Self {
                values.to_vec().into()
            }
        }

        impl<T, const N: usize> From<[T; N]> for $name<[T]> {
            fn from(values: [T; N]) -> Self {
                Vec::from(values).into()
            }
        }

        impl<T> From<Box<T>> for $name<T> {
            fn from(value: Box<T>) -> Self {
                $name::new(*value)
            }
        }

        impl From<&str> for $name<str> {
            fn from(text: &str) -> Self {
                let bytes: $name<[u8]> = text.as_bytes().into();
                unsafe { crate::intrinsics::transmute_unchecked::<$name<[u8]>, $name<str>>(bytes) }
            }
        }

        impl From<&mut str> for $name<str> {
            fn from(text: &mut str) -> Self {
                (&*text).into()
            }
        }

        impl From<String> for $name<str> {
            fn from(text: String) -> Self {
                text.as_str().into()
            }
        }

        impl<T> FromIterator<T> for $name<[T]> {
            fn from_iter<I: IntoIterator<Item = T>>(iter: I) -> Self {
                iter.into_iter().collect::<Vec<T>>().into()
            }
        }
    };
}
traits! { Rc }
traits! { Arc }
