//! `segue play` with its output in a pipe, as in a log: one line per save, and the sound with it.

#[cfg(feature = "jit")]
use crate::folder::borrowed_twice;
use crate::folder::{BODY_LINE, Folder, SONG, broken, level, song};
use crate::running::{Ended, Running, run};
use crate::wav::{Wav, steepest};

/// Starts playing [`SONG`] on the silent device.
fn play(folder: &Folder, options: &str) -> Running {
    let mut playing = Running::start(folder.segue(&format!("play {SONG} --no-device {options}")));
    playing.wait_until_it_plays();
    playing
}

/// The lines that saves have caused: those between the introduction and the last line.
fn saves(ended: &Ended) -> Vec<&str> {
    let stdout = ended.stdout();
    let begin = stdout.iter().position(|line| line.contains("Ctrl-C ends")).expect("it played");
    let end = stdout.iter().position(|line| line.starts_with("played")).expect("it ended");
    stdout[begin + 1..end].to_vec()
}

#[test]
fn without_a_sound_card_the_song_plays_all_the_same() {
    let folder = Folder::with_song(&level(0.25));
    // Without its configuration, ALSA has no default card, whatever the machine has.
    let play = |options: &str| {
        let mut command = folder.segue(&format!("play song.rs --seconds 0.1 {options}"));
        command.env("ALSA_CONFIG_PATH", "/dev/null");
        run(command).with_code(0).plainly()
    };
    let unheard = play("").line("no sound card").to_owned();
    assert!(unheard.contains("--wav") && unheard.contains("segue render"), "{unheard}");
    let ended = play("--wav x.wav");
    let recorded = ended.line("no sound card");
    assert!(recorded.ends_with("playing into a silent device"), "{recorded}");
    assert!(ended.line("playing").contains("song.rs on a silent device, 48000 Hz"), "{ended:#?}");
    assert!(ended.stderr().is_empty(), "nothing of ALSA's own: {ended:#?}");
    assert!(Wav::read(&folder.path("x.wav")).frames() >= 4800);
}

#[test]
fn with_a_sound_card_the_song_plays_on_it() {
    let folder = Folder::with_song(&level(0.25));
    // A card of ALSA's that throws everything away, and takes it as fast as it comes.
    let configuration = "pcm.!default { type null }\nctl.!default { type null }\n";
    let mut command = folder.segue("play song.rs --seconds 0.1");
    command.env("ALSA_CONFIG_PATH", folder.write("asoundrc", configuration));
    let ended = run(command).with_code(0).plainly();
    let playing = ended.line("playing");
    assert!(playing.contains(" on ") && !playing.contains("silent device"), "{playing}");
    assert!(!ended.stdout().iter().any(|line| line.contains("no sound card")), "{ended:#?}");
    ended.line("played");
    assert!(ended.stderr().is_empty(), "{ended:#?}");
}

#[test]
fn it_ends_by_itself_after_so_many_seconds() {
    let folder = Folder::with_song(&level(0.25));
    let options = "--seconds 0.25 --wav x.wav --sample-rate 44100";
    let ended = run(folder.segue(&format!("play song.rs --no-device {options}"))).with_code(0);
    ended.line("compiled");
    assert!(saves(&ended).is_empty(), "{ended:#?}");
    let wav = Wav::read(&folder.path("x.wav"));
    assert_eq!((wav.specification.channels, wav.specification.sample_rate), (2, 44_100));
    assert!(wav.frames() >= 11_025, "{}", wav.frames());
    assert_eq!(wav.samples[0], 0.25);
}

#[test]
fn each_save_is_a_line_and_a_new_sound() {
    // Every step is larger than the one that the sound begins with, which is the song's own.
    let folder = Folder::with_song(&level(0.125));
    let mut playing = play(&folder, "--wav x.wav");
    folder.write(SONG, &level(0.5));
    let live = playing.wait_for("live");
    assert!(live.contains("gen 2: changed process"), "{live}");
    assert!(live.contains(" ms"), "how long it took: {live}");
    folder.write(SONG, &format!("{}// the end\n", level(0.5)));
    playing.wait_for("unchanged");
    folder.write(SONG, &broken());
    let refused = playing.wait_for("refused");
    assert_eq!(refused, "refused  song.rs does not compile; what was live plays on");
    folder.write(SONG, &level(0.25));
    let last = playing.wait_for("live");

    let ended = playing.interrupt().with_code(0).plainly();
    assert!(ended.stderr().is_empty(), "{ended:#?}");
    let lines = saves(&ended);
    let words = ["live", "unchanged", "refused", "live"];
    // The compiler's words stand above the line of the refused save.
    let own: Vec<_> = lines.iter().filter(|l| words.iter().any(|w| l.starts_with(w))).collect();
    assert_eq!(own.len(), words.len(), "{lines:#?}");
    assert!(own.iter().zip(words).all(|(line, word)| line.starts_with(word)), "{own:#?}");
    let said = lines.join("\n");
    assert!(said.contains("cannot find value `misspelt`"), "{said}");
    assert!(said.contains(&format!("song.rs:{BODY_LINE}:31")), "{said}");
    let generation = last.split([' ', ':']).nth(3).expect("it is named");
    let played = ended.line("played");
    assert!(played.contains(&format!("in generation {generation},")), "{last}: {played}");

    // First one level, then another, then the third, then silence; and no click between.
    let left = Wav::read(&folder.path("x.wav")).channel(0);
    assert!(steepest(&left) < 0.01, "a step of {} is a click", steepest(&left));
    let plateaus = plateaus(&left, 64);
    assert_eq!(plateaus[..3], [0.125, 0.5, 0.25], "{plateaus:?}");
}

/// The levels that `samples` stay at for more than `frames` frames, one after the other.
fn plateaus(samples: &[f32], frames: usize) -> Vec<f32> {
    let runs = samples.chunk_by(|one, other| one == other);
    runs.filter(|run| run.len() > frames).map(|run| run[0]).collect()
}

#[test]
fn a_file_that_is_renamed_over_the_song_is_a_save() {
    let folder = Folder::with_song(&level(0.25));
    let mut playing = play(&folder, "");
    for (generation, value) in [(2, 0.5), (3, 0.75), (4, 0.1)] {
        folder.write_by_rename(SONG, &level(value));
        playing.wait_for(&format!("gen {generation}: changed process"));
    }
    let ended = playing.interrupt().with_code(0);
    assert_eq!(saves(&ended).len(), 3, "{ended:#?}");
}

#[test]
fn a_song_that_is_gone_plays_on_and_is_followed_when_it_is_back() {
    let folder = Folder::with_song(&level(0.25));
    let mut playing = play(&folder, "");
    folder.remove(SONG);
    folder.write(SONG, &level(0.5));
    playing.wait_for("gen 2: changed process");
    playing.interrupt().with_code(0);
}

#[test]
fn of_two_quick_saves_the_second_is_live_in_the_end() {
    let folder = Folder::with_song(&level(0.25));
    let mut playing = play(&folder, "--wav x.wav");
    folder.write(SONG, &level(0.5));
    folder.write(SONG, &format!("{}pub fn the_second() {{}}\n", level(0.75)));
    playing.wait_for("the_second");
    playing.interrupt().with_code(0);
    let left = Wav::read(&folder.path("x.wav")).channel(0);
    assert_eq!(plateaus(&left, 64).into_iter().rfind(|level| *level > 0.0), Some(0.75));
}

#[test]
fn the_prelude_and_modules_in_other_files_are_live_too() {
    let folder = Folder::new();
    let prelude = folder.read("prelude.rs");
    let gain = |gain: f32| format!("{prelude}\npub fn gain() -> f32 {{ {gain:?} }}\n");
    let voice = |level: f32| format!("pub fn voice() -> f32 {{ {level:?} }}\n");
    folder.write("prelude.rs", &gain(0.5));
    folder.write("voice.rs", &voice(1.0));
    let text = song("let x = voice::voice() * gain(); block.set(frame, x, x);");
    folder.write(SONG, &format!("mod voice;\n{text}"));

    let mut playing = play(&folder, "--wav x.wav");
    folder.write("prelude.rs", &gain(0.25));
    playing.wait_for("live  gen 2");
    folder.write("voice.rs", &voice(0.5));
    playing.wait_for("live  gen 3");
    folder.write("voice.rs", "pub fn voice() -> f32 { misspelt }");
    playing.wait_for("voice.rs:1:25");
    playing.wait_for("refused  voice.rs does not compile");
    playing.interrupt().with_code(0);
    let left = Wav::read(&folder.path("x.wav")).channel(0);
    let plateaus = plateaus(&left, 64);
    assert_eq!(plateaus[..3], [0.5, 0.25, 0.125], "{plateaus:?}");
}

#[test]
fn a_field_that_is_added_is_told_and_the_others_keep_their_values() {
    let folder = Folder::with_song(&level(0.25));
    let mut playing = play(&folder, "");
    folder.write(SONG, &level(0.25).replace("frames: u64,", "frames: u64,\n    depth: f32,"));
    playing.wait_for("live");
    let one = playing.wait_for("state  ");
    let other = playing.wait_for("state  ");
    let fields = format!("{one}\n{other}");
    assert!(fields.contains("frames") && fields.contains("depth"), "{fields}");
    playing.interrupt().with_code(0);
}

#[test]
fn quiet_keeps_back_what_went_well_and_nothing_else() {
    // Nothing says that it plays, except for what is wrong with the song.
    let folder = Folder::with_song(&song("block.set(frame, f32::NAN, 0.25);"));
    let mut playing = Running::start(folder.segue("play song.rs --no-device --quiet"));
    playing.wait_for("silenced");
    folder.write(SONG, &broken());
    playing.wait_for("refused");
    folder.write(SONG, &level(0.5));
    folder.write(SONG, &broken().replace("misspelt", "mistaken"));
    playing.wait_for("`mistaken`");
    playing.wait_for("refused");
    let ended = playing.interrupt().with_code(0).plainly();
    let said = ended.stdout().join("\n");
    for kept_back in ["compiled", "playing", "live", "Ctrl-C", "played"] {
        let begins = ended.stdout().iter().any(|line| line.starts_with(kept_back));
        assert!(!begins, "{kept_back}: {said}");
    }
    assert!(ended.stderr().is_empty(), "{ended:#?}");
}

#[cfg(feature = "jit")]
#[test]
fn a_first_text_that_rustc_rejects_afterwards_ends_as_one_that_does_not_compile() {
    let folder = Folder::with_song(&borrowed_twice());
    let ended = run(folder.segue(&format!("play {SONG} --no-device --compiler jit"))).with_code(1);
    let ended = ended.says(&["error[E0499]: cannot borrow `both[_]` as mutable", "song.rs:13:21"]);
    ended.line("played");
}

#[cfg(feature = "jit")]
#[test]
fn where_it_is_forced_what_rustc_rejects_plays_on() {
    let folder = Folder::with_song(&borrowed_twice());
    let mut playing = play(&folder, "--compiler jit --force");
    playing.wait_for("error[E0499]");
    playing.wait_for("plays on all the same");
    playing.interrupt().with_code(0).line("played");
}
