//! Faults while a song plays: told with their place, and the sound goes on.

use crate::folder::{Folder, SONG, level, song};
use crate::running::Running;
use crate::wav::{Wav, steepest};

fn play(folder: &Folder) -> Running {
    let mut playing = Running::start(folder.segue("play song.rs --no-device --wav x.wav"));
    playing.wait_until_it_plays();
    playing
}

#[test]
fn a_panic_of_an_edit_goes_back_and_the_sound_goes_on() {
    let folder = Folder::with_song(&level(0.125));
    let mut playing = play(&folder);
    let halfway = "if frame == 60 { panic!(\"half a block\") }
        block.set(frame, 0.9, 0.9);";
    folder.write(SONG, &song(halfway));
    let fault = playing.wait_for("panic  ");
    assert!(fault.contains("`process` panicked at"), "{fault}");
    assert!(fault.contains("song.rs:11:26: half a block"), "{fault}");
    assert!(fault.contains("Back to generation 1"), "{fault}");
    folder.write(SONG, &level(0.5));
    playing.wait_for("changed process");
    let ended = playing.interrupt().with_code(0).plainly();
    assert!(ended.stderr().is_empty(), "{ended:#?}");
    ended.line("panic");

    // Neither a gap nor half a block of the code that panicked.
    let left = Wav::read(&folder.path("x.wav")).channel(0);
    assert!(steepest(&left) < 0.01, "a step of {} is a click", steepest(&left));
    assert!(left.iter().all(|sample| *sample <= 0.5), "nothing is heard of the panic");
    let fade = left.iter().rposition(|sample| *sample == 0.5).expect("it was live");
    assert!(left[..fade].iter().all(|sample| *sample >= 0.125), "the sound goes on");
}

#[test]
fn a_song_that_panics_late_is_silent_until_the_next_edit() {
    let folder = Folder::with_song(&song(
        "if state.frames > 9600 { panic!(\"after a while\") }
        block.set(frame, 0.25, 0.25);",
    ));
    let mut playing = play(&folder);
    let fault = playing.wait_for("panic  ");
    assert!(fault.contains("song.rs:11:34: after a while"), "{fault}");
    assert!(fault.contains("silent until the next edit"), "{fault}");
    folder.write(SONG, &level(0.5));
    playing.wait_for("changed process");
    playing.interrupt().with_code(0).line("played");
    let left = Wav::read(&folder.path("x.wav")).channel(0);
    assert!(steepest(&left) < 0.01, "a step of {} is a click", steepest(&left));
    let again = left.iter().position(|sample| *sample == 0.5).expect("it sounds again");
    assert!(left[9600..again].contains(&0.0), "silence between");
}

#[test]
fn samples_that_are_not_finite_are_silenced_and_told_once() {
    let folder = Folder::with_song(&level(0.125));
    let mut playing = play(&folder);
    folder.write(SONG, &song("block.set(frame, f32::NAN, 0.125);"));
    let told = playing.wait_for("silenced");
    assert!(told.contains("generation 2 makes samples that are not finite"), "{told}");
    folder.write(SONG, &level(0.5));
    playing.wait_for("gen 3: changed process");
    let ended = playing.interrupt().with_code(0).plainly();
    ended.line("silenced");
    let played = ended.line("played");
    assert!(played.contains(" samples silenced"), "they are counted: {played}");

    let wav = Wav::read(&folder.path("x.wav"));
    assert!(wav.is_finite());
    let (left, right) = (wav.channel(0), wav.channel(1));
    assert!(left.contains(&0.0), "silence where there was no number");
    let heard = right.iter().rposition(|sample| *sample == 0.5).expect("the third was live");
    assert!(right[..heard].iter().all(|sample| *sample >= 0.125), "the other channel goes on");
    for channel in [left, right] {
        assert!(steepest(&channel) < 0.01, "a step of {} is a click", steepest(&channel));
    }
}

#[test]
fn a_recording_that_finds_no_room_ends_and_the_sound_goes_on() {
    let folder = Folder::with_song(&level(0.25));
    let mut playing = Running::start(folder.segue("play song.rs --no-device --wav /dev/full"));
    playing.wait_until_it_plays();
    let told = playing.wait_for("recording ended");
    assert!(told.contains("/dev/full: No space left") && told.contains("sound goes on"), "{told}");
    folder.write(SONG, &level(0.5));
    playing.wait_for("gen 2: changed process");
    let ended = playing.interrupt().with_code(3).says(&["error: cannot write /dev/full"]);
    ended.line("played");
}

#[test]
fn samples_beyond_full_scale_are_clipped_and_told_once() {
    let folder = Folder::with_song(&level(0.125));
    let mut playing = play(&folder);
    folder.write(SONG, &song("block.set(frame, 1000.0, 0.125);"));
    let told = playing.wait_for("clipped");
    assert!(told.contains("generation 2 is louder than full scale"), "{told}");
    let ended = playing.interrupt().with_code(0).plainly();
    assert!(ended.line("played").contains(" samples clipped"), "{ended:#?}");
}
