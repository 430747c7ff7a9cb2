//! How playback ends: with a short fade and exit code 0, whoever ends it.

use std::{
    io::{BufRead as _, BufReader},
    process::Stdio,
    time::Instant,
};

use rustix::process::Signal;

use crate::folder::{Folder, SONG, level, song};
use crate::running::{PATIENCE, Running};
use crate::wav::{Wav, steepest};

fn play(folder: &Folder) -> Running {
    let mut playing = Running::start(folder.segue("play song.rs --no-device --wav x.wav"));
    playing.wait_until_it_plays();
    // What it says comes before the first block.
    let (recording, deadline) = (folder.path("x.wav"), Instant::now() + PATIENCE);
    while std::fs::metadata(&recording).map_or(0, |file| file.len()) < 8192 {
        assert!(Instant::now() < deadline, "nothing is recorded");
        std::thread::yield_now();
    }
    playing
}

/// Asserts that the recording of a constant level ends in a fade to silence.
#[track_caller]
fn ends_faded(folder: &Folder, level: f32) {
    for channel in [0, 1] {
        let samples = Wav::read(&folder.path("x.wav")).channel(channel);
        let loud = samples.iter().take_while(|sample| **sample == level).count();
        let fade = &samples[loud..];
        assert!(loud > 0 && fade.len() >= 2000, "{loud} frames, and {} of fade", fade.len());
        assert!(fade.windows(2).all(|pair| pair[1] <= pair[0]), "a fade only falls");
        assert!(steepest(&samples) < 0.001, "a step of {} is a click", steepest(&samples));
        assert!(fade[fade.len() - 1].abs() < 1e-4, "it ends in silence");
    }
}

#[test]
fn ctrl_c_ends_with_a_fade() {
    let folder = Folder::with_song(&level(0.25));
    let ended = play(&folder).interrupt().with_code(0).plainly();
    assert!(ended.line("played").contains("in generation 1"), "{ended:#?}");
    assert!(ended.stderr().is_empty(), "{ended:#?}");
    ends_faded(&folder, 0.25);
}

#[test]
fn being_terminated_and_losing_the_terminal_end_with_a_fade_too() {
    let folder = Folder::with_song(&level(0.25));
    for signal in [Signal::TERM, Signal::HUP] {
        let playing = play(&folder);
        playing.signal(signal);
        playing.end().with_code(0);
        ends_faded(&folder, 0.25);
    }
}

#[test]
fn it_ends_when_nobody_reads_what_it_says_any_more() {
    let folder = Folder::with_song(&level(0.25));
    // It would end by itself, should it not see the pipe break: then the recording is too long.
    let mut command = folder.segue("play song.rs --no-device --wav x.wav --seconds 30");
    let mut child = command.stdout(Stdio::piped()).spawn().expect("it starts");
    let mut lines = BufReader::new(child.stdout.take().expect("it is piped")).lines();
    assert!(lines.any(|line| line.expect("text").contains("Ctrl-C ends")), "it plays");
    drop(lines);
    assert_eq!(child.wait().expect("it ends").code(), Some(0));
    assert!(Wav::read(&folder.path("x.wav")).frames() < 30 * 48_000);
    ends_faded(&folder, 0.25);
}

#[test]
fn a_song_that_never_returns_cannot_be_faded_but_it_ends() {
    let folder = Folder::with_song(&level(0.25));
    let mut playing = play(&folder);
    folder.write(SONG, &song("if frame == 7 { loop { std::hint::spin_loop(); } }"));
    playing.wait_for("gen 2");
    let ended = playing.interrupt().with_code(0);
    assert!(ended.line("stuck").contains("did not return"), "{ended:#?}");
}
