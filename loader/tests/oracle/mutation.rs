//! A wrong byte of any sort is noticed, and told by section and offset.

use std::path::Path;

use crate::check::differences;
use crate::compiled;
use crate::ours::{Layout, Live, Ours};
use crate::subject::Subject;
use crate::theirs::Theirs;
use crate::threads::Host;

const SOURCE: &str = r#"
    extern int outside(const char *, ...);
    extern int elsewhere;
    extern __thread int outside_thread_local;
    static __thread long own_thread_local = 4;
    int counter = 3;
    int (*table[2])(const char *, ...) = { outside, 0 };
    __attribute__((noinline)) int second(int n) { return outside("second", n) + counter; }
    int first(int n) {
        own_thread_local += outside_thread_local;
        return second(n + elsewhere) + table[n & 1]("first") + own_thread_local;
    }
"#;

const COMPILERS: [&str; 3] = ["gcc", "gcc -mtls-dialect=gnu2", "aarch64-linux-gnu-gcc"];

fn link(compiler: &str, live: Live, folder: &Path) -> (Subject, Ours, Theirs) {
    let command = format!("{compiler} -O2 -fPIC -fdata-sections -fvisibility=hidden");
    let object = compiled::compile(&command, "mutation.c", SOURCE, folder);
    let subject = Subject::read("mutation.o", object);
    let host = Host::make(&subject, folder);
    let layout = Layout::small(0x1000_0000);
    let ours = Ours::link(&subject, live, layout, Some(&host)).unwrap();
    let theirs = Theirs::link(&subject, &ours, Some(&host), folder).unwrap();
    (subject, ours, theirs)
}

#[test]
fn a_wrong_bit_in_any_byte_is_noticed_and_located() {
    let folder = tempfile::tempdir().unwrap();
    let lives = [Live::All, Live::Few];
    for (compiler, live) in COMPILERS.iter().flat_map(|it| lives.map(|live| (it, live))) {
        let (subject, ours, theirs) = link(compiler, live, folder.path());
        let (_, problems) = differences(&subject, &ours, &theirs);
        assert_eq!(problems, [""; 0], "{compiler}, {live:?}");
        let mut tried = 0;
        for place in &ours.places {
            let section = &subject.sections[place.section];
            for offset in place.range.clone() {
                let address = place.address + (offset - place.range.start) as u64;
                let wrong = ours.with_flipped_bit(address);
                let (_, problems) = differences(&subject, &wrong, &theirs);
                // A wrong CIE is told by the records that use it.
                let told = problems.iter().any(|it| match section.is_unwind() {
                    true => it.starts_with(&section.name),
                    false => names(it, &section.name, place.range.start..=offset),
                });
                assert!(told, "{compiler}: {}+{offset:#x}: {problems:?}", section.name);
                tried += 1;
            }
        }
        assert!(tried > 250, "only {tried} bytes were changed");
    }
}

/// Whether the problem names this section and an offset in the range.
fn names(problem: &str, section: &str, offsets: std::ops::RangeInclusive<usize>) -> bool {
    let Some(offset) = problem.strip_prefix(section).and_then(|it| it.strip_prefix("+0x")) else {
        return false;
    };
    let digits = offset.chars().take_while(char::is_ascii_hexdigit).count();
    usize::from_str_radix(&offset[..digits], 16).is_ok_and(|it| offsets.contains(&it))
}

#[test]
fn wrong_got_entries_and_stubs_are_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let (subject, ours, theirs) = link(COMPILERS[0], Live::All, folder.path());
    let mut tried = 0;
    for address in ours.used_words() {
        let wrong = ours.with_flipped_bit(address);
        let (_, problems) = differences(&subject, &wrong, &theirs);
        assert!(!problems.is_empty(), "the word at {address:#x}");
        tried += 1;
    }
    for stub in ours.stubs.values() {
        let wrong = ours.with_flipped_bit(*stub);
        let (_, problems) = differences(&subject, &wrong, &theirs);
        assert!(!problems.is_empty(), "the stub at {stub:#x}");
        tried += 1;
    }
    assert!(tried >= 5, "only {tried} words and stubs were changed");
}
