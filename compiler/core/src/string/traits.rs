//! Traits of texts that grow.

use super::String;
use crate::borrow::{Borrow, Cow};
use crate::boxed::Box;
use crate::cmp::Ordering;
use crate::fmt;
use crate::hash::{Hash, Hasher};
use crate::iter::FromIterator;
use crate::ops::{Add, AddAssign, Deref, DerefMut, Index, IndexMut};
use crate::slice::SliceIndex;

impl Deref for String {
    type Target = str;
    #[inline]
    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl DerefMut for String {
    #[inline]
    fn deref_mut(&mut self) -> &mut str {
        self.as_mut_str()
    }
}

impl Clone for String {
    fn clone(&self) -> Self {
        String::from(self.as_str())
    }
}

impl Default for String {
    fn default() -> Self {
        String::new()
    }
}

impl From<&str> for String {
    #[inline]
    fn from(text: &str) -> Self {
        let mut new = String::with_capacity(text.len());
        new.push_str(text);
        new
    }
}

impl From<&mut str> for String {
    fn from(text: &mut str) -> Self {
        String::from(&*text)
    }
}

impl From<&String> for String {
    fn from(text: &String) -> Self {
        text.clone()
    }
}

impl From<char> for String {
    fn from(c: char) -> Self {
        let mut new = String::new();
        new.push(c);
        new
    }
}

impl From<Box<str>> for String {
    fn from(text: Box<str>) -> Self {
        text.into_string()
    }
}

impl<'a> From<Cow<'a, str>> for String {
    fn from(text: Cow<'a, str>) -> Self {
        text.into_owned()
    }
}

impl crate::str::FromStr for String {
    type Err = crate::convert::Infallible;
    fn from_str(text: &str) -> Result<String, Self::Err> {
        Ok(String::from(text))
    }
}

impl fmt::Display for String {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.as_str(), f)
    }
}

impl fmt::Debug for String {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl fmt::Write for String {
    #[inline]
    fn write_str(&mut self, s: &str) -> fmt::Result {
        self.push_str(s);
        Ok(())
    }
}

impl Hash for String {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state)
    }
}

impl PartialEq for String {
    #[inline]
    fn eq(&self, other: &String) -> bool {
        *self.as_str() == *other.as_str()
    }
}

macro_rules! equal {
    ($([$($generics:tt)*] $left:ty, $right:ty;)*) => {
        $(
            impl<$($generics)*> PartialEq<$right> for $left {
                #[inline]
                fn eq(&self, other: &$right) -> bool {
                    self[..] == other[..]
                }
            }
            impl<$($generics)*> PartialEq<$left> for $right {
                #[inline]
                fn eq(&self, other: &$left) -> bool {
                    self[..] == other[..]
                }
            }
        )*
    };
}
equal! {
    [] String, str;
    ['a] String, &'a str;
    ['a] Cow<'a, str>, str;
    ['a, 'b] Cow<'a, str>, &'b str;
    ['a] Cow<'a, str>, String;
}

impl Eq for String {}

impl PartialOrd for String {
    fn partial_cmp(&self, other: &String) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for String {
    fn cmp(&self, other: &String) -> Ordering {
        self.as_str().cmp(other.as_str())
    }
}

impl<I: SliceIndex<str>> Index<I> for String {
    type Output = I::Output;
    #[inline]
    #[track_caller]
    fn index(&self, index: I) -> &I::Output {
        index.index(self.as_str())
    }
}

impl<I: SliceIndex<str>> IndexMut<I> for String {
    #[inline]
    #[track_caller]
    fn index_mut(&mut self, index: I) -> &mut I::Output {
        index.index_mut(self.as_mut_str())
    }
}

impl Add<&str> for String {
    type Output = String;
    fn add(mut self, other: &str) -> String {
        self.push_str(other);
        self
    }
}

impl AddAssign<&str> for String {
    fn add_assign(&mut self, other: &str) {
        self.push_str(other)
    }
}

impl AsRef<str> for String {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl AsRef<[u8]> for String {
    fn as_ref(&self) -> &[u8] {
        self.as_bytes()
    }
}

impl Borrow<str> for String {
    fn borrow(&self) -> &str {
        self.as_str()
    }
}

macro_rules! collected {
    ($([$($generics:tt)*] $item:ty, $one:ident, $all:ident, $push:expr;)*) => {
        $(
            impl<$($generics)*> FromIterator<$item> for String {
                fn from_iter<I: IntoIterator<Item = $item>>(iter: I) -> String {
                    let mut $all = String::new();
                    for $one in iter {
                        $push;
                    }
                    $all
                }
            }
            impl<$($generics)*> Extend<$item> for String {
                fn extend<I: IntoIterator<Item = $item>>(&mut self, iter: I) {
                    let $all = self;
                    for $one in iter {
                        $push;
                    }
                }
            }
        )*
    };
}
collected! {
    [] char, one, all, all.push(one);
    ['a] &'a char, one, all, all.push(*one);
    ['a] &'a str, one, all, all.push_str(one);
    [] String, one, all, all.push_str(&one);
    [] Box<str>, one, all, all.push_str(&one);
    ['a] Cow<'a, str>, one, all, all.push_str(&one);
}
