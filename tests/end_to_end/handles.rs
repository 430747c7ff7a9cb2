//! Typed handles: checked once, called from any number of threads.

use std::thread;

use crate::song::Song;
use segue::ErrorKind;

#[test]
fn a_signature_is_checked_against_the_source() {
    let song = Song::new("pub fn gain(x: f32) -> f32 { x }\npub fn two(a: u8, b: [i64; 3]) {}\n");
    let program = song.open();
    program.bind::<fn(f32) -> f32>("gain").expect("the right one");
    program.bind::<fn(u8, [i64; 3])>("two").expect("the right one");
    let wrong = program.bind::<fn(f64) -> f64>("gain").expect_err("the wrong one");
    assert_eq!(wrong.kind(), ErrorKind::Signature);
    let message = wrong.to_string();
    assert!(message.contains("fn(f32) -> f32") && message.contains("fn(f64) -> f64"), "{message}");
    let missing = program.bind::<fn()>("pain").expect_err("there is none");
    assert!(missing.to_string().contains("the file has: gain, two"), "{missing}");
}

#[test]
fn a_changed_signature_leaves_old_handles_on_old_code() {
    let song = Song::new("pub fn gain(x: f32) -> f32 { x * 0.5 }\n");
    let program = song.open();
    let old = program.bind::<fn(f32) -> f32>("gain").expect("a handle");
    let me = program.participant();
    program.apply("pub fn gain(x: f64) -> f64 { x * 0.25 }\n").expect("live");
    assert_eq!(old.pin(&me).call(1.0), 0.5);
    let new = program.bind::<fn(f64) -> f64>("gain").expect("a handle");
    assert_eq!(new.pin(&me).call(1.0), 0.25);
    // The old code stays as long as a handle may call it, however much is edited since.
    for n in 0..40 {
        program.apply(&format!("pub fn gain(x: f64) -> f64 {{ x * {n}.0 }}\n")).expect("live");
    }
    assert_eq!(old.pin(&me).call(1.0), 0.5);
    assert_eq!(new.pin(&me).call(1.0), 39.0);
}

#[test]
fn threads_call_through_one_handle_while_it_is_swapped() {
    let song = Song::new("pub fn pair(x: u32) -> u64 { (x as u64) << 32 | 1 }\n");
    let program = song.open();
    let pair = program.bind::<fn(u32) -> u64>("pair").expect("a handle");
    thread::scope(|scope| {
        for id in 0..4_u32 {
            let (pair, me) = (pair.clone(), program.participant());
            scope.spawn(move || {
                let mut newest = 1;
                while newest < 20 {
                    let answer = pair.pin(&me).call(id);
                    assert_eq!((answer >> 32) as u32, id);
                    let generation = answer & 0xFFFF;
                    assert!(generation >= newest, "never back to older code");
                    newest = generation;
                }
            });
        }
        for n in 2..=20 {
            let text = format!("pub fn pair(x: u32) -> u64 {{ (x as u64) << 32 | {n} }}\n");
            program.apply(&text).expect("live");
        }
    });
}

#[test]
fn a_callee_is_swapped_under_a_caller_that_never_returns() {
    let text = "#[inline(never)] fn step(x: u64) -> u64 { std::hint::black_box(x) + 1 }
pub fn spin(limit: u64) -> u64 { let mut x = 0; while x < limit { x = step(x); } x }
";
    let song = Song::new(text);
    let program = song.open();
    let spin = program.bind::<fn(u64) -> u64>("spin").expect("a handle");
    let me = program.participant();
    let spinner = thread::spawn(move || spin.pin(&me).call(u64::MAX / 2));
    // Only the new `step` can end the loop within this test's lifetime.
    let report = program.apply(&text.replace("+ 1 }", "+ u64::MAX / 4 }")).expect("live");
    assert_eq!(report.changed, ["step"]);
    assert!(spinner.join().expect("it returns") >= u64::MAX / 2);
}

#[test]
fn std_is_there() {
    let song = Song::new(
        "use std::collections::HashMap;
pub fn words(n: u32) -> usize {
    let mut map: HashMap<String, Vec<u32>> = HashMap::new();
    for i in 0..n { map.entry(format!(\"word {}\", i % 7)).or_default().push(i); }
    let mut all: Vec<_> = map.into_iter().collect();
    all.sort();
    let boxed: Box<dyn Fn(usize) -> usize> = Box::new(move |x| x + all.len());
    std::thread::spawn(|| 1).join().unwrap() + boxed(10)
}
pub fn caught(n: u32) -> bool { std::panic::catch_unwind(|| { if n > 1 { panic!(\"no\") } }).is_err() }
",
    );
    let program = song.open();
    let words = program.bind::<fn(u32) -> usize>("words").expect("a handle");
    let caught = program.bind::<fn(u32) -> bool>("caught").expect("a handle");
    let me = program.participant();
    assert_eq!(words.pin(&me).call(100), 18);
    assert!(caught.pin(&me).call(2));
    assert!(!caught.pin(&me).call(0));
}
