//! One function for each construct that instrumentation has to get right. No loops: every mutant ends.

#![forbid(unsafe_code)]
#![deny(missing_docs, warnings)]

use std::fmt;

pub mod core {
    //! A module with the name of a crate.

    /// Another module's private item is used by a function that becomes two.
    fn secret() -> u32 {
        40
    }

    /// A function of a module.
    pub fn of_module(more: u32) -> u32 {
        secret() + more
    }
}

/// Patterns as parameters.
pub fn patterns((first, second): (u32, u32), [third, _]: [u32; 2], mut fourth: u32) -> u32 {
    fourth += 1;
    first * second - third + fourth
}

/// An elided lifetime.
pub fn shorter(text: &str) -> &str {
    // A comment in the body, with a brace {
    text.get(1..).unwrap_or("a text
of two lines")
}

/// A named lifetime, and bounds.
pub fn longest<'a>(left: &'a str, right: &'a str) -> &'a str
where
    'a: 'a,
{
    if left.len() >= right.len() { left } else { right }
}

/// A type with methods.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Counter<'t> {
    name: &'t str,
    count: u32,
}

impl<'t> Counter<'t> {
    /// A step.
    pub const STEP: u32 = 2;

    /// Without a receiver.
    #[must_use]
    pub fn new(name: &'t str) -> Self {
        Self { name, ..Self { name: "", count: 0 } }
    }

    /// By reference, with `Self`.
    pub fn is_same(&self, other: &Self) -> bool {
        self.name == other.name && self.count == other.count
    }

    /// By a reference that changes.
    pub fn step(&mut self) {
        self.count += Self::STEP;
    }

    /// By value.
    #[inline]
    pub fn stepped(mut self) -> Self {
        self.step();
        self
    }

    /// In a box.
    pub fn boxed(self: Box<Self>) -> u32 {
        self.count
    }
}

impl fmt::Display for Counter<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.name, self.count)
    }
}

/// A trait with a method of its own.
pub trait Area {
    /// A side.
    fn side(&self) -> u32;

    /// What every implementation has.
    fn area(&self) -> u32 {
        self.side() * self.side()
    }
}

impl Area for u32 {
    fn side(&self) -> u32 {
        *self + 1
    }
}

/// Generic, by a type and a constant.
pub fn count_of<T: PartialEq, const N: usize>(all: [T; N], one: &T) -> usize {
    all.iter().filter(|other| *other == one).count() + N
}

/// `impl Trait` as a parameter.
pub fn total(numbers: impl IntoIterator<Item = u32>) -> u32 {
    numbers.into_iter().sum::<u32>() + 1
}

/// `impl Trait` as a result: there can be one closure only.
pub fn multiples<'a>(of: &'a [u32], by: u32) -> impl Iterator<Item = u32> + 'a {
    of.iter().map(move |number| number * by + 1)
}

/// Declares what must not be declared twice.
pub fn declares(number: u32) -> u32 {
    struct Local(u32);
    impl Local {
        fn twice(&self) -> u32 {
            self.0 * 2
        }
    }
    Local(number - 1).twice()
}

/// Asynchronous.
pub async fn later(number: u32) -> u32 {
    std::future::ready(number).await + 3
}

/// A constant function that is called while the program runs.
pub const fn at_run_time(number: u32) -> u32 {
    number + 4
}

/// A constant function that a constant is computed with.
pub const fn in_constant(number: u32) -> u32 {
    helper(number) * 5
}

/// It is called by one that stays constant.
const fn helper(number: u32) -> u32 {
    number
}

/// The constant.
pub const COMPUTED: u32 = in_constant(2);

/// What a mutant of a constant function would return is not constant.
pub const fn default_is_not_constant() -> Counter<'static> {
    Counter { name: "n", count: 1 }
}

/// A mutant of a constant function would drop what it is given.
pub const fn must_not_drop(text: String) -> Option<String> {
    Some(text)
}

/// The same with a type as its parameter.
pub const fn must_not_drop_any<T>(of: T) -> Option<T> {
    Some(of)
}

/// A type with a constant function.
#[derive(Debug, PartialEq)]
pub struct Holder<T>(Option<T>);

impl<T> Holder<T> {
    /// It is constant in the user's text only.
    pub const fn new() -> Self {
        Holder(None)
    }

    /// A mutant of it calls the other.
    pub const fn holding(of: Option<&'static T>) -> Holder<&'static T> {
        Holder(of)
    }
}

/// A function in a function.
pub fn nested(number: u32) -> u32 {
    fn inner(number: u32) -> u32 {
        number + 6
    }
    inner(number) * 2
}

/// Another ABI.
pub extern "C" fn foreign(number: u32) -> u32 {
    number - 7
}

/// Who calls it.
#[track_caller]
pub fn caller(number: u32) -> u32 {
    std::panic::Location::caller().line() + number
}

/// Arms and guards.
pub fn sign(number: i32) -> &'static str {
    match number {
        0 => "zero",
        other if other < 0 => "negative",
        _ => "positive",
    }
}

/// Compiled out.
#[cfg(feature = "more")]
pub fn more(number: u32) -> u32 {
    number + 1
}

/// Where a statement stands, also in the text that is instrumented.
pub fn place() -> u32 {
    line!()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modules() {
        assert_eq!(core::of_module(2), 42);
    }

    #[test]
    fn parameters() {
        assert_eq!(patterns((3, 4), [5, 6], 7), 15);
        assert_eq!(shorter("xyz"), "yz");
        assert_eq!(shorter(""), "a text\nof two lines");
        assert_eq!(longest("ab", "c"), "ab");
    }

    #[test]
    fn methods() {
        let mut counter = Counter::new("n");
        assert!(counter.is_same(&Counter { name: "n", count: 0 }));
        counter.step();
        assert_eq!(counter.clone().stepped().to_string(), "n 4");
        assert_eq!(Box::new(counter).boxed(), 2);
    }

    #[test]
    fn traits() {
        assert_eq!(2u32.area(), 9);
        assert_eq!(total([1, 2]), 4);
        assert_eq!(count_of([1, 2, 1], &1), 5);
        assert_eq!(multiples(&[1, 2], 3).collect::<Vec<_>>(), [4, 7]);
    }

    #[test]
    fn inner_items() {
        assert_eq!(declares(4), 6);
        assert_eq!(nested(1), 14);
        assert_eq!(foreign(9), 2);
    }

    #[test]
    fn asynchronous() {
        let mut future = std::pin::pin!(later(1));
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        assert_eq!(future.as_mut().poll(&mut context), std::task::Poll::Ready(4));
    }

    #[test]
    fn constants() {
        assert_eq!(at_run_time(1), 5);
        assert_eq!(COMPUTED, 10);
        assert_eq!(default_is_not_constant().count, 1);
        assert_eq!(must_not_drop("text".to_owned()).as_deref(), Some("text"));
        assert_eq!(must_not_drop_any(Some(3)), Some(Some(3)));
        assert_eq!(Holder::holding(Some(&4)), Holder(Some(&4)));
        assert_eq!(Holder::<u32>::new(), Holder(None));
    }

    #[test]
    fn arms() {
        assert_eq!([sign(-1), sign(0), sign(1)], ["negative", "zero", "positive"]);
    }

    #[test]
    fn lines() {
        assert_eq!(place() + 69, line!());
        assert_eq!(caller(1), line!() + 1);
    }
}
