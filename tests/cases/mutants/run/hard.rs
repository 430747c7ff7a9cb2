//! A program with mutants that misbehave in every way that a mutant can, instrumented by hand.
//! It is built as a test binary, as a program that a test starts, and as a binary with a harness of its own.

use std::io::Read;
use std::sync::atomic::{AtomicUsize, Ordering};

#[macro_use]
mod live;

static OUTSIDE: AtomicUsize = AtomicUsize::new(1);
/// Always true; no compiler knows it.
fn always() -> bool {
    OUTSIDE.load(Ordering::Relaxed) != 0
}

live! { 0 fn add(of: (u32, u32)) -> u32 { of.0 + of.1 }
    0 subtracts { of.0 - of.1 }
    1 the_same { of.1 + of.0 }
}
live! { 1 fn never_called(a: u32) -> u32 { a } 2 zero { 0 } }
live! { 2 fn count_to(n: u64) -> u64 { (0..n).map(|_| 1).sum() }
    3 endless { let mut n = 0u64; while always() { n = std::hint::black_box(n + 1); } n }
    4 recurses { if always() { count_to(n + 1) + 1 } else { n } }
}
live! { 3 fn same(a: u64) -> u64 { a }
    5 aborts { std::process::abort() }
    6 leaves { std::process::exit(0) }
    7 hogs {
        let mut all = Vec::new();
        while always() { all.push(std::hint::black_box(Vec::<u8>::with_capacity(64 << 20))); }
        a + all.len() as u64
    }
    8 sleeps { while always() { std::thread::sleep(std::time::Duration::from_secs(1000)); } a }
    9 panics { panic!("a mutant's panic") }
    10 prints {
        let chunk = [b'.'; 65536];
        (0..1600).for_each(|_| std::io::Write::write_all(&mut std::io::stderr(), &chunk).unwrap());
        a
    }
    11 fails_loudly { println!("said before"); a + 1 }
    12 crashes { unsafe { std::ptr::null_mut::<u64>().write_volatile(1) }; a }
    13 deadlocks { let (sender, receiver) = std::sync::mpsc::channel::<u64>(); let got = receiver.recv(); drop(sender); got.unwrap_or(a) }
    800 grows_and_goes_on {
        let all = vec![std::hint::black_box(1u8); 96 << 20];
        let mark = std::env::var_os("MARK").unwrap();
        let is_first = !std::path::Path::new(&mark).exists();
        std::fs::write(mark, "").unwrap();
        while is_first && always() { std::hint::black_box(&all); }
        a
    }
}
live! { 4 fn checked(a: u32) -> u32 { assert!(a < 10, "too large"); a }
    14 unchecked { a }
    15 checks_otherwise { assert!(a < 10, "something else"); a }
}
live! { 5 fn leave_file(name: &str) -> bool { std::fs::write(std::env::temp_dir().join(name), "left").is_ok() }
    16 leaves_two { std::fs::write(std::env::temp_dir().join("second"), "left").is_ok() && std::fs::write(std::env::temp_dir().join(name), "left").is_ok() }
}
live! { 6 fn start_threads(n: u32) -> u32 {
        for _ in 0..n { std::thread::spawn(|| while always() { std::hint::black_box(0); }); }
        n
    }
    17 starts_more { for _ in 0..n + 2 { std::thread::spawn(|| while always() { std::thread::yield_now(); }); } n }
}
live! { 7 fn start_process(seconds: &str) -> bool {
        use std::os::unix::process::CommandExt;
        std::process::Command::new("sleep").arg(seconds).process_group(0).spawn().is_ok()
    }
    18 starts_two { std::process::Command::new("sleep").arg(seconds).spawn().is_ok() && std::process::Command::new("sleep").arg(seconds).spawn().is_ok() }
}
live! { 8 fn read_all(from: std::io::Stdin) -> usize { let mut text = String::new(); from.lock().read_to_string(&mut text).unwrap_or(99) }
    19 reads_one { 1 }
}
live! { 9 fn step(n: u64) -> u64 { n + 1 } 20 stands { n } }
live! { 10 fn in_a_program(a: u32) -> u32 { a + 1 } 21 minus { a - 1 } 22 swapped { 1 + a } }
live! { 11 fn wait_for(milliseconds: u64) -> u64 { std::thread::sleep(std::time::Duration::from_millis(milliseconds)); milliseconds }
    23 hurries { milliseconds }
}
live! { 12 fn parent(of: u32) -> u32 { of + std::os::unix::process::parent_id() - std::os::unix::process::parent_id() }
    24 kills_its_parent {
        let parent = std::os::unix::process::parent_id().to_string();
        let _ = std::process::Command::new("kill").args(["-9", &parent]).status();
        loop { std::thread::park(); }
    }
    25 kills_its_group {
        let _ = std::process::Command::new("kill").args(["-9", "0"]).status();
        of
    }
}
live! { 13 fn calls(a: u32) -> u32 { checked(a) } 26 calls_another { step(u64::from(a)) as u32 - 1 } }
live! { 14 fn go(n: u32) -> u32 { n } 27 goes_as_far { 0 + n } 28 goes_less_far { n.min(4) } 29 goes_further { n + 1 } }
live! { 15 fn open(door: u32) -> u32 { door }
    30 stands_before_one { while door == 1 && always() {} if door == 2 { 0 } else { door } }
}

#[cfg(not(test))]
fn main() {
    if std::env::args().nth(1).as_deref() == Some("program") {
        println!("{}", in_a_program(41));
        return;
    }
    if std::env::var_os("PANICS").is_some() {
        assert_ne!(add((2, 2)), 4);
        return;
    }
    println!("a harness of its own");
    if add((2, 2)) != 4 {
        std::process::exit(3);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adds() {
        // What is hidden from the harness is there for the test.
        let expected = std::env::var_os("EXPECTED_TERM");
        assert!(expected.is_none() || std::env::var_os("TERM") == expected);
        assert_eq!(add((7, 5)), 12);
    }

    #[test]
    fn counts() {
        assert_eq!(count_to(10), 10);
    }

    #[test]
    fn is_the_same() {
        assert_eq!(same(7), 7);
    }

    #[test]
    #[should_panic(expected = "too large")]
    fn panics_when_too_large() {
        checked(11);
    }

    #[test]
    fn begins_with_an_empty_folder() {
        assert_eq!(std::fs::read_dir(std::env::temp_dir()).unwrap().count(), 0);
        assert!(leave_file("first"));
        assert!(std::env::temp_dir().join("first").exists());
    }

    #[test]
    fn leaves_threads() {
        assert_eq!(start_threads(1), 1);
    }

    #[test]
    fn leaves_a_process() {
        assert!(start_process("86399"));
    }

    #[test]
    fn reads_nothing() {
        assert_eq!(read_all(std::io::stdin()), 0);
    }

    #[test]
    fn steps_until_it_is_there() {
        let mut n = 0;
        while n < 100 {
            n = step(n);
        }
    }

    #[test]
    fn starts_a_program() {
        let Some(program) = std::env::var_os("PROGRAM") else { return };
        let output = std::process::Command::new(program).arg("program").output().unwrap();
        assert_eq!(output.stdout, b"42\n");
    }

    #[test]
    fn has_a_parent() {
        assert_eq!(parent(1), 1);
    }

    #[test]
    fn waits() {
        assert_eq!(wait_for(30), 30);
    }

    #[test]
    #[ignore = "it is not run"]
    fn is_ignored() {
        never_called(1);
    }

    // Listed by name, and so slowest first: the order in which they judge is another.
    #[test]
    fn goes_far() {
        (0..100).for_each(|n| assert_eq!(go(n), n));
    }

    #[test]
    fn goes_little() {
        (0..10).for_each(|n| assert_eq!(go(n), n));
    }

    #[test]
    fn goes_nowhere() {
        assert_eq!(go(0), 0);
    }

    /// Two tests of two binaries: the environment says how often each opens which door.
    fn open_those_of(variable: &str) {
        let doors = std::env::var(variable).unwrap_or_default();
        doors.bytes().map(|it| u32::from(it - b'0')).for_each(|it| assert_eq!(open(it), it));
    }

    #[test]
    fn opens_doors() {
        open_those_of("DOORS");
    }

    #[test]
    fn opens_gates() {
        open_those_of("GATES");
    }

    /// What becomes of a test is decided by its environment: the same binary serves for every baseline.
    #[test]
    fn is_moody() {
        match std::env::var("MOOD").unwrap_or_default().as_str() {
            "fails" => panic!("a bad mood"),
            "hangs" => loop {
                std::thread::park();
            },
            "flaky" => {
                let mark = std::env::var_os("MARK").unwrap();
                let is_second = std::fs::remove_file(&mark).is_ok();
                if !is_second {
                    std::fs::write(mark, "").unwrap();
                }
                assert!(is_second, "now and then");
            }
            "unsteady" => {
                // Only the first time: then the mark is there.
                let mark = std::env::var_os("MARK").unwrap();
                if std::fs::metadata(&mark).is_err() {
                    std::fs::write(mark, "").unwrap();
                    assert_eq!(same(7), 7);
                }
            }
            "no trace" => assert_eq!(std::env::var("RUST_BACKTRACE").as_deref(), Ok("0")),
            "order" => assert!(OUTSIDE.load(Ordering::Relaxed) > 1, "another must come first"),
            _ => {}
        }
    }

    #[test]
    fn a_first_one() {
        OUTSIDE.fetch_add(1, Ordering::Relaxed);
        assert_eq!(calls(7), 7);
    }
}
