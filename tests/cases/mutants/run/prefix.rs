//! Tests with a prefix: what they do before they enter a function with mutants. Each test has a function of its own, with
//! the same mutants, numbered from ten times the function's number.

#[macro_use]
mod live;

use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicU64, Ordering};

/// What the prefix came to: another number in every run of it.
static DRAWN: AtomicU64 = AtomicU64::new(0);

/// Always true; no compiler knows it.
fn always() -> bool {
    std::hint::black_box(true)
}

/// Some work, and a number by chance.
fn draw() {
    let drawn = RandomState::new().hash_one(7);
    DRAWN.store((0..1000).fold(drawn, |sum, it| std::hint::black_box(sum ^ it)), Ordering::Relaxed);
}

macro_rules! subject {
    ($number:literal $name:ident) => {
        live! { ($number) $name (a: u64) -> u64 {
            { a }
            ($number * 10) is_more { a + 1 }
            ($number * 10 + 1) panics { panic!("too large") }
            ($number * 10 + 2) leaves { std::process::exit(0) }
            ($number * 10 + 3) aborts { std::process::abort() }
            ($number * 10 + 4) endless { let mut n = a; while always() { n = std::hint::black_box(n + 1); } n }
            ($number * 10 + 5) recurses { fn deeper(n: u64) -> u64 { if always() { deeper(n + 1) + 1 } else { n } } deeper(a) }
            ($number * 10 + 6) waits { while always() { std::thread::park(); } a }
            ($number * 10 + 7) says { eprintln!("drawn {:x}", DRAWN.load(Ordering::Relaxed)); a + 1 }
            ($number * 10 + 8) is_the_same { a }
            ($number * 10 + 9) says_again { eprintln!("drawn {:x}", DRAWN.load(Ordering::Relaxed)); a + 2 }
        } }
    };
}

subject! { 0 plain }
subject! { 1 refused }
subject! { 2 given }
subject! { 3 in_threads }
subject! { 4 at_the_end }
subject! { 5 named }
subject! { 6 with_files }
subject! { 7 with_open_file }
subject! { 8 with_clock }
subject! { 9 with_number }
subject! { 10 with_folder }
subject! { 11 with_thread_before }
subject! { 12 printing }
subject! { 13 before_the_end }

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn computes() {
        draw();
        assert_eq!(plain(7), 7);
    }

    #[test]
    #[should_panic(expected = "too small")]
    fn should_panic() {
        draw();
        assert!(refused(7) > 7, "too small");
    }

    #[test]
    fn gives_a_result() -> Result<(), String> {
        draw();
        if given(7) == 7 { Ok(()) } else { Err("it is another".to_owned()) }
    }

    #[test]
    fn starts_threads_after() {
        draw();
        assert_eq!(in_threads(7), 7);
        let all: Vec<_> = (0..3).map(|n| std::thread::spawn(move || in_threads(n))).collect();
        let all: Vec<_> = all.into_iter().map(|it| it.join().unwrap()).collect();
        assert_eq!(all, [0, 1, 2]);
    }

    struct Last(u64);
    impl Drop for Last {
        fn drop(&mut self) {
            assert_eq!(at_the_end(self.0), self.0);
        }
    }
    thread_local!(static LAST: std::cell::RefCell<Option<Last>> = const { std::cell::RefCell::new(None) });

    #[test]
    fn ends_with_its_thread() {
        draw();
        assert_eq!(before_the_end(7), 7);
        LAST.with(|it| *it.borrow_mut() = Some(Last(7)));
    }

    #[test]
    fn has_its_name() {
        draw();
        assert_eq!(named(7), 7);
        assert_eq!(std::thread::current().name(), Some("tests::has_its_name"));
        assert!(std::env::args().any(|it| it == "tests::has_its_name"));
        let mutant = std::env::var("SEGUE_MUTANT").ok();
        assert!(mutant.is_none_or(|it| it.starts_with('5')));
        assert!(std::env::var("SEGUE_SERVER").is_err());
    }

    #[test]
    fn reads_a_file() {
        draw();
        let names = std::fs::read_to_string("/proc/sys/kernel/ostype").unwrap();
        assert_eq!(names, "Linux\n");
        assert_eq!(with_files(7), 7);
    }

    #[test]
    fn keeps_a_file_open() {
        draw();
        let _file = std::fs::File::open("/proc/sys/kernel/ostype").unwrap();
        assert_eq!(with_open_file(7), 7);
    }

    #[test]
    fn looks_at_the_clock() {
        draw();
        let began = std::time::Instant::now();
        assert_eq!(with_clock(7), 7);
        assert!(began.elapsed().as_secs() < 3600);
    }

    #[test]
    fn has_a_number() {
        draw();
        let number = std::process::id();
        assert_eq!(with_number(7), 7);
        assert_eq!(std::process::id(), number);
    }

    #[test]
    fn makes_a_folder() {
        draw();
        let folder = std::env::temp_dir().join("made");
        std::fs::create_dir(&folder).unwrap();
        assert_eq!(with_folder(7), 7);
        std::fs::remove_dir(folder).unwrap();
    }

    #[test]
    fn starts_a_thread_before() {
        std::thread::spawn(draw).join().unwrap();
        assert_eq!(with_thread_before(7), 7);
    }

    #[test]
    fn prints() {
        draw();
        println!("said before");
        assert_eq!(printing(7), 7);
    }

    #[test]
    fn enters_nothing() {
        draw();
    }
}
