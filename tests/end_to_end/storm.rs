//! Saves that come faster than a compiler can follow: none is a silent no-op, and the last one counts.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use crate::song::{Song, wait_until};
use segue::{
    Event, Program,
    runtime::{
        Reason, Status,
        compiler::{Cancel, Compiled, Compiler, Error, Rustc, Source},
    },
};

/// Saves of one storm.
const SAVES: usize = 24;

/// rustc, asked once for each content that was read.
struct Counting {
    rustc: Rustc,
    reads: Arc<AtomicUsize>,
}

impl Compiler for Counting {
    fn compile(&self, source: &Source, cancel: &Cancel) -> Result<Compiled, Error> {
        self.reads.fetch_add(1, Ordering::Relaxed);
        self.rustc.compile(source, cancel)
    }
}

fn text(n: usize) -> String {
    format!("pub fn number() -> u32 {{ {n} }}\n")
}

fn broken(n: usize) -> String {
    format!("pub fn number() -> u32 {{ unknown_{n} }}\n")
}

/// Whether nothing is on its way from disk to a verdict.
fn is_settled(status: &Status) -> bool {
    !matches!(status.text, Some(Reason::Unread { .. } | Reason::Compiling))
}

/// Saves as fast as it goes, the last one being `last`; returns what was told, in order.
fn storm(song: &Song, program: &Program, seed: usize, last: &str) -> Vec<Event> {
    let events = program.events();
    for save in 1..SAVES {
        let text = if save % 5 == 0 { broken(seed + save) } else { text(seed + save) };
        // Whole files, so that each save is one content.
        song.save_by_rename(&text);
        // Now and then the compiler gets ahead.
        if save % 8 == 0 {
            wait_until("a verdict", || is_settled(&program.status()));
        }
    }
    song.save_by_rename(last);
    wait_until("the last verdict", || is_settled(&program.status()));
    let mut told: Vec<Event> = Vec::new();
    wait_until("the last event", || {
        told.extend(events.try_iter());
        !matches!(told.last(), None | Some(Event::Overtaken { .. }))
    });
    told
}

#[test]
fn the_last_of_many_saves_ends_live_unchanged_or_refused() {
    let song = Song::new(&text(0));
    let (rustc, reads) = (Rustc::find().expect("rustc is there"), Arc::new(AtomicUsize::new(0)));
    let compiler = Counting { rustc, reads: reads.clone() };
    let program = Program::builder(song.path()).compiler(compiler).open().expect("the file opens");
    let number = program.bind::<fn() -> u32>("number").expect("a handle");
    let me = program.participant();

    let told = storm(&song, &program, 100, &text(7));
    assert!(matches!(told.last(), Some(Event::Live(_))), "{told:?}");
    assert!(program.status().is_saved(), "{}", program.status());
    assert_eq!(number.pin(&me).call(), 7);
    let reads = || reads.load(Ordering::Relaxed);
    let first = reads();
    assert_eq!(told.len(), first, "of each content that was read one thing was told: {told:?}");
    assert!(told.iter().any(|event| matches!(event, Event::Overtaken { .. })), "it was a storm");

    let told = storm(&song, &program, 200, &broken(1));
    let Some(Event::Refused(error)) = told.last() else { panic!("{told:?}") };
    assert!(error.to_string().contains("unknown_1`"), "{error}");
    let status = program.status();
    let Some(Reason::Refused { message, .. }) = &status.text else { panic!("{status}") };
    assert!(message.contains("unknown_1`"), "{status}");
    assert_eq!(told.len(), reads() - first, "{told:?}");

    // Back to what runs by now: nothing changes, and that is told as well.
    let running = number.pin(&me).call() as usize;
    song.save_by_rename(&text(running));
    wait_until("the verdict", || program.status().is_saved());
    let told: Vec<Event> = program.events().try_iter().collect();
    assert!(matches!(&told[..], [Event::Unchanged(_)]), "{told:?}");
}

#[test]
fn a_program_that_is_dropped_while_it_compiles_says_so() {
    let song = Song::new(&text(0));
    let program = Program::builder(song.path()).open().expect("the file opens");
    let events = program.events();
    song.save_by_rename(&text(1));
    wait_until("it is read", || !matches!(program.status().text, Some(Reason::Unread { .. })));
    drop(program);
    let told: Vec<Event> = events.iter().collect();
    let [Event::Live(_), of_the_save] = &told[..] else { panic!("one event each: {told:?}") };
    assert!(matches!(of_the_save, Event::Live(_) | Event::Refused(_)), "{told:?}");
}
