//! Editing: saves as editors make them, while threads are calling.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
};

use crate::song::{Song, block, wait_for};
use segue::{Event, Program, audio::Block};

const GAIN: &str = "pub fn gain(x: f32) -> f32 { x * 0.5 }\n";

const TONE: &str = "use prelude::*;
#[derive(Default)]
pub struct State { calls: u32 }
pub fn process(state: &mut State, block: &mut Block) {
    state.calls += 1;
    for frame in 0..block.frames() { block.set(frame, 0.125, state.calls as f32); }
}
";

fn is_live(event: &Event) -> bool {
    matches!(event, Event::Live(_))
}

#[test]
fn saving_in_place_and_by_rename_both_swap() {
    let song = Song::new(GAIN);
    let program = song.watch();
    let gain = program.bind::<fn(f32) -> f32>("gain").expect("a handle");
    let me = program.participant();
    wait_for(&program, is_live);
    assert_eq!(gain.pin(&me).call(1.0), 0.5);
    song.save(&GAIN.replace("0.5", "0.75"));
    wait_for(&program, is_live);
    assert_eq!(gain.pin(&me).call(1.0), 0.75);
    song.save_by_rename(&GAIN.replace("0.5", "0.875"));
    wait_for(&program, is_live);
    assert_eq!(gain.pin(&me).call(1.0), 0.875);
}

#[test]
fn two_quick_saves_end_with_the_second_one_live() {
    let song = Song::new(GAIN);
    let program = song.watch();
    let gain = program.bind::<fn(f32) -> f32>("gain").expect("a handle");
    let me = program.participant();
    wait_for(&program, is_live);
    for round in 1..=5 {
        song.save_by_rename(&GAIN.replace("0.5", &format!("{round}.25")));
        song.save(&GAIN.replace("0.5", &format!("{round}.75")));
        let wanted = round as f32 + 0.75;
        while gain.pin(&me).call(1.0) != wanted {
            wait_for(&program, is_live);
        }
    }
}

#[test]
fn every_save_ends_as_live_unchanged_or_refused() {
    let song = Song::new(GAIN);
    let program = song.watch();
    wait_for(&program, is_live);
    song.save(&format!("// a comment\n{GAIN}"));
    wait_for(&program, |event| matches!(event, Event::Unchanged(_)));
    song.save(&GAIN.replace("x * 0.5", "y * 0.5"));
    let refused = wait_for(&program, |event| matches!(event, Event::Refused(_)));
    let Event::Refused(error) = refused else { unreachable!("waited for a refusal") };
    assert!(error.to_string().contains("cannot find value `y`"), "{error}");
    assert!(error.to_string().contains("song.rs:1:30"), "{error}");
    assert!(error.rendered_color().contains("\u{1b}["), "colours for a terminal");
    song.save(&GAIN.replace("0.5", "0.25"));
    wait_for(&program, is_live);
}

#[test]
fn a_module_in_another_file_is_watched_too() {
    let song = Song::new("mod level;\npub fn gain(x: f32) -> f32 { x * level::level() }\n");
    let level = song.sibling("level.rs");
    std::fs::write(&level, "pub fn level() -> f32 { 0.5 }\n").expect("the folder can be written");
    let program = song.watch();
    let gain = program.bind::<fn(f32) -> f32>("gain").expect("a handle");
    let me = program.participant();
    wait_for(&program, is_live);
    assert_eq!(gain.pin(&me).call(1.0), 0.5);
    std::fs::write(&level, "pub fn level() -> f32 { 0.25 }\n").expect("the folder can be written");
    wait_for(&program, is_live);
    assert_eq!(gain.pin(&me).call(1.0), 0.25);
}

#[test]
fn a_module_that_never_compiled_is_watched_for_its_mending() {
    let song = Song::new(GAIN);
    let program = song.watch();
    let gain = program.bind::<fn(f32) -> f32>("gain").expect("a handle");
    let me = program.participant();
    wait_for(&program, is_live);
    let is_refused = |event: &Event| {
        assert!(!matches!(event, Event::NotWatching(_)), "{event:?}");
        matches!(event, Event::Refused(_))
    };
    song.save("mod level;\npub fn gain(x: f32) -> f32 { x * level::level() }\n");
    wait_for(&program, is_refused);
    let level = song.sibling("level.rs");
    std::fs::write(&level, "pub fn level() -> f32 { lots }\n").expect("the folder can be written");
    wait_for(&program, is_refused);
    assert_eq!(gain.pin(&me).call(1.0), 0.5);
    std::fs::write(&level, "pub fn level() -> f32 { 0.25 }\n").expect("the folder can be written");
    wait_for(&program, is_live);
    assert_eq!(gain.pin(&me).call(1.0), 0.25);
    let others: Vec<Event> = program.events().try_iter().collect();
    assert!(others.is_empty(), "nothing is told of files that need not be there: {others:?}");
}

#[test]
fn a_support_module_is_live_code_like_the_file() {
    let song = Song::new("use prelude::*;\npub fn gain(x: f32) -> f32 { x * level() }\n");
    let prelude = song.sibling("prelude.rs");
    std::fs::write(&prelude, "pub fn level() -> f32 { 0.5 }\n").expect("it can be written");
    let builder = Program::builder(song.path()).support("prelude", &prelude);
    let program = builder.open().expect("the song opens");
    let gain = program.bind::<fn(f32) -> f32>("gain").expect("a handle");
    let me = program.participant();
    wait_for(&program, is_live);
    std::fs::write(&prelude, "pub fn level() -> f32 { lots }\n").expect("it can be written");
    let refused = wait_for(&program, |event| matches!(event, Event::Refused(_)));
    let Event::Refused(error) = refused else { unreachable!("waited for a refusal") };
    assert!(error.to_string().contains("prelude.rs:1:25"), "{error}");
    assert_eq!(gain.pin(&me).call(1.0), 0.5);
    std::fs::write(&prelude, "pub fn level() -> f32 { 0.75 }\n").expect("it can be written");
    wait_for(&program, is_live);
    assert_eq!(gain.pin(&me).call(1.0), 0.75);
}

#[test]
fn the_view_shows_what_is_live() {
    let song = Song::new(GAIN);
    let program = song.open();
    let view = program.view();
    assert_eq!(view.generation, 1);
    let [gain] = &view.functions[..] else { panic!("one function: {:?}", view.functions) };
    assert_eq!((gain.name.as_str(), gain.since), ("gain", 1));
    assert!(gain.size > 0 && gain.entry != 0);
    program.apply(&GAIN.replace("0.5", "0.25")).expect("live");
    let now = program.view();
    assert_eq!(now.functions[0].since, 2);
    assert_ne!(now.functions[0].entry, gain.entry, "the view of before is a picture of before");
}

#[test]
fn a_swap_under_playback_loses_no_state() {
    let song = Song::new(TONE);
    let program: Program = song.watch();
    let mut closure = program.closure::<Block>("process").expect("a closure");
    wait_for(&program, is_live);
    let stop = Arc::new(AtomicBool::new(false));
    let player = thread::spawn({
        let stop = stop.clone();
        move || {
            let mut heard = Vec::new();
            while !stop.load(Ordering::Relaxed) {
                let (samples, _) = block(&mut closure, heard.len() as u64 * 64);
                heard.push((samples[0], samples[1], samples[126]));
                thread::yield_now();
            }
            heard
        }
    });
    for level in ["0.25", "0.375", "0.5"] {
        song.save(&TONE.replace("0.125", level));
        wait_for(&program, is_live);
    }
    stop.store(true, Ordering::Relaxed);
    let heard = player.join().expect("the player does not panic");
    let mut levels: Vec<f32> = heard.iter().map(|(first, ..)| *first).collect();
    levels.dedup();
    assert_eq!(levels, [0.125, 0.25, 0.375, 0.5]);
    for (index, (first, calls, last)) in heard.iter().enumerate() {
        assert_eq!(first, last, "one block, one generation");
        assert_eq!(*calls, (index + 1) as f32, "every call counted once");
    }
}
