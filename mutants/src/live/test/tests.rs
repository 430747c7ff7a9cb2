//! Which test is meant, and whether it has passed.

use super::{CHOOSE, Wish, passes};
use crate::live::serve::{Host, Refused};
use crate::{Expected, LiveTest};

/// Tests that end in every way, by number.
struct Ends;

impl Host for Ends {
    fn count_at(&self, _: *mut u64) {}

    fn call(&self, test: usize) -> bool {
        match test {
            0 => true,
            1 => false,
            2 => std::panic::resume_unwind(Box::new("a literal: 7")),
            3 => std::panic::resume_unwind(Box::new(String::from("a text: 7"))),
            _ => std::panic::resume_unwind(Box::new(7)),
        }
    }

    fn edit(&self, _: &str, _: &mut dyn FnMut()) -> Result<(), Refused> {
        Ok(())
    }
}

fn test(name: &str, expected: Expected) -> LiveTest {
    LiveTest { name: name.to_owned(), is_ignored: false, expected }
}

#[test]
fn a_test_passes_when_it_ends_as_it_should() {
    let wanted = |text: &str| Expected::Panic(Some(text.to_owned()));
    for (expected, passing) in [
        (Expected::Return, &[0][..]),
        (Expected::Panic(None), &[2, 3, 4]),
        (wanted("literal"), &[2]),
        (wanted("text: 7"), &[3]),
        (wanted(": 7"), &[2, 3]),
    ] {
        let test = test("it", expected);
        let found: Vec<usize> = (0..5).filter(|number| passes(&test, *number, &Ends)).collect();
        assert_eq!(found, passing, "{:?}", test.expected);
    }
}

#[test]
fn a_request_means_what_the_standard_harness_would_make_of_it() {
    let tests = [test("a", Expected::Return), test("b::a", Expected::Return)];
    for (words, wish) in [
        ("--exact b::a --test-threads=1", Wish::One(1)),
        ("--exact b --test-threads=1", Wish::Unknown),
        ("--exact", Wish::Unknown),
        ("--list --format=terse --test-threads=1", Wish::List { ignored: false }),
        ("--list --format=terse --ignored", Wish::List { ignored: true }),
        ("--color=never --format=pretty --test-threads=1", Wish::All),
        (CHOOSE, Wish::Choose),
    ] {
        let words: Vec<String> = words.split(' ').map(str::to_owned).collect();
        assert_eq!(Wish::of(&words, &tests), wish, "{words:?}");
    }
}
