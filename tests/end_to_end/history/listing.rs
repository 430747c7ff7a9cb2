//! What the history says: times, causes, sizes, places and holders.

use std::{sync::mpsc, thread, time::SystemTime};

use super::{apply, call, numbered};
use crate::song::{Sample, Song, open_remembering, reclaim_all};
use segue::{Cause, Program, runtime::GenerationView};

fn at(program: &Program, number: u64) -> GenerationView {
    let mut all = program.history().into_iter();
    all.find(|each| each.number == number).expect("it is in the history")
}

#[test]
fn each_generation_tells_when_why_and_what() {
    let before = SystemTime::now();
    let song = Song::new(&numbered(1));
    let program = open_remembering(&song.path(), 8);
    let more = numbered(2) + "pub fn more() -> u32 { 7 }\n";
    apply(&program, &more);
    apply(&program, &numbered(3));
    program.undo().expect("back");
    let [first, second, third] = &program.history()[..] else { panic!("three generations") };
    assert_eq!((first.cause, second.cause, third.cause), (Cause::Open, Cause::Apply, Cause::Apply));
    assert_eq!(
        (&second.changed[..], &second.added[..]),
        (&names(["number", "process"])[..], &names(["more"])[..])
    );
    assert_eq!(third.removed, names(["more"]));
    assert!(before <= first.when && first.when <= second.when && second.when <= third.when);
    assert!(third.when <= SystemTime::now());
    assert_eq!(
        second.to_string().split(", ").take(3).collect::<Vec<_>>(),
        ["2 applied", "changed number process", "added more"]
    );
    assert!(third.to_string().contains("undone"), "{third}");
}

fn names<const N: usize>(names: [&str; N]) -> Vec<String> {
    names.map(str::to_owned).to_vec()
}

#[test]
fn code_is_counted_once() {
    let song = Song::new(&numbered(1));
    let program = open_remembering(&song.path(), 8);
    for n in 2..=5 {
        apply(&program, &numbered(n));
    }
    reclaim_all(&program);
    let history = program.history();
    let counted: usize = history.iter().map(|each| each.counted).sum();
    assert_eq!(counted, program.memory().code, "the sum is what lies in memory");
    for each in &history {
        assert!(each.alone < each.size, "the state's code is shared: {each:?}");
        assert!(each.alone > 0, "its `process` is its own: {each:?}");
    }
    assert_eq!(history[0].counted, history[0].size, "the first has everything first");
    assert_eq!(history[4].counted, history[4].alone);
}

#[test]
fn it_names_the_threads_that_may_still_be_inside() {
    let song = Song::new(&numbered(1));
    let program = open_remembering(&song.path(), 8);
    let number = program.bind::<fn() -> u32>("number").expect("a handle");
    let (go, wait) = mpsc::channel::<()>();
    let (tell, told) = mpsc::channel();
    let participant = || program.participant();
    thread::scope(|scope| {
        let inside = move || {
            let me = participant();
            let pinned = number.pin(&me);
            tell.send(pinned.call()).expect("somebody listens");
            wait.recv().expect("it is told to go on");
            drop(pinned);
            tell.send(0).expect("somebody listens");
            wait.recv().expect("and to end");
        };
        thread::Builder::new().name("player".into()).spawn_scoped(scope, inside).expect("a thread");
        assert_eq!(told.recv().expect("it is inside"), 1);
        assert!(at(&program, 1).holders.is_empty(), "it is live");
        apply(&program, &numbered(2));
        apply(&program, &numbered(3));
        for old in 1..=2 {
            assert_eq!(at(&program, old).holders.participants, names(["player"]));
        }
        assert!(at(&program, 3).holders.is_empty(), "it is live");
        go.send(()).expect("it waits");
        told.recv().expect("it has unpinned");
        assert!(at(&program, 1).holders.is_empty());
        go.send(()).expect("it waits");
    });
}

#[test]
fn it_names_the_closures_that_have_not_moved_on() {
    let song = Song::new(&numbered(1));
    let program = open_remembering(&song.path(), 8);
    let mut closure = program.closure::<Sample>("process").expect("a closure");
    let holding = |number| at(&program, number).holders.closures;
    apply(&program, &numbered(2));
    assert_eq!(holding(1), names(["process"]), "it has not taken the second");
    call(&mut closure);
    assert_eq!(holding(1), names(["process"]), "should the second panic, it goes back");
    apply(&program, &numbered(3));
    assert_eq!((holding(1), holding(2)), (names(["process"]), names(["process"])));
    call(&mut closure);
    assert_eq!((holding(1), holding(2)), (names([]), names(["process"])));
}

#[test]
fn it_names_what_handles_and_addresses_lead_to() {
    let taken = "use std::sync::atomic::{AtomicUsize, Ordering};
static KEPT: AtomicUsize = AtomicUsize::new(0);
#[inline(never)] fn aside() -> u32 { 5 }
pub fn keep() { KEPT.store(aside as usize, Ordering::Relaxed) }
";
    let gain = "pub fn gain(x: f32) -> f32 { x * 0.5 }\n";
    let song = Song::new(&format!("{taken}{gain}"));
    let program = open_remembering(&song.path(), 8);
    let _handle = program.bind::<fn(f32) -> f32>("gain").expect("a handle");
    assert!(at(&program, 1).holders.is_empty(), "it is live");
    apply(&program, &gain.replace("f32", "f64"));
    let holders = at(&program, 1).holders;
    assert_eq!(holders.handles, names(["gain"]));
    assert_eq!(holders.addresses, names(["aside"]));
    apply(&program, &format!("{taken}{gain}").replace("0.5", "0.25").replace("{ 5 }", "{ 6 }"));
    assert_eq!(at(&program, 1).holders.handles, names([]), "there is newer code for the handle");
}
