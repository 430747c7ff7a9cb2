//! Bad input: each has a message that says what is wrong, and an exit code that says whose affair
//! it is: 1 the song's, 2 the arguments', 3 the machine's.

#[cfg(feature = "jit")]
use crate::folder::song;
use crate::folder::{Folder, SONG, broken, level};
use crate::running::run;

/// What every command that takes a song is tried with.
const COMMANDS: [&str; 3] =
    ["check SONG", "render SONG --seconds 1 -o x.wav", "play SONG --no-device --seconds 1"];

/// Asserts that every command refuses `song` with `code` and a message that has all of `texts`.
#[track_caller]
fn is_refused(folder: &Folder, song: &str, code: i32, texts: &[&str]) {
    for command in COMMANDS {
        let ended = run(folder.segue(&command.replace("SONG", song)));
        ended.with_code(code).plainly().says(texts);
        assert!(!folder.path("x.wav").exists(), "a song that cannot be played leaves no file");
    }
}

#[test]
fn a_missing_file_says_how_to_make_one() {
    is_refused(&Folder::new(), SONG, 2, &["error: there is no file song.rs", "segue new song"]);
}

#[test]
fn a_directory_is_no_song() {
    is_refused(&Folder::new(), ".", 2, &["error: . is a directory", "`.rs` file"]);
}

#[test]
fn a_file_without_process_is_told_what_process_looks_like() {
    let folder = Folder::with_song(&level(0.25).replace("process", "other"));
    let expected = "`pub fn process(state: &mut State, block: &mut Block)`";
    is_refused(&folder, SONG, 1, &["song.rs: there is no function `process`", expected]);
}

#[test]
fn an_empty_file_has_no_process_either() {
    is_refused(&Folder::with_song(""), SONG, 1, &["there is no function `process`"]);
}

#[test]
fn a_wrong_signature_says_which_was_expected_and_where() {
    let folder = Folder::with_song("pub fn process(level: f32) -> f32 {\n    level\n}\n");
    let expected = "expected `pub fn process(state: &mut State, block: &mut Block)`";
    is_refused(&folder, SONG, 1, &["song.rs: line 1", "`process` is `fn(f32) -> f32`", expected]);
}

#[test]
fn a_state_without_default_says_how_to_get_one() {
    let folder = Folder::with_song(&level(0.25).replace("#[derive(Default)]\n", ""));
    is_refused(&folder, SONG, 1, &["`State`", "#[derive(Default)]"]);
}

#[test]
fn a_compile_error_is_rustcs_own() {
    let folder = Folder::with_song(&broken());
    is_refused(&folder, SONG, 1, &["error[E0425]: cannot find value `misspelt`", "song.rs:11:31"]);
}

#[test]
fn a_panic_in_the_first_block_leaves_nothing_to_play() {
    let folder = Folder::with_song(&level(0.25).replace("block.set", "panic!(\"no\"); block.set"));
    let ended = run(folder.segue("play song.rs --no-device")).with_code(1);
    assert!(ended.line("panic").contains("song.rs:11:9: no"), "{ended:#?}");
    ended.says(&["`process` panicked at the first block"]);
    let ended = run(folder.segue("render song.rs --seconds 1 -o x.wav")).with_code(1);
    ended.line("panic");
    ended.says(&["live code panicked"]);
}

#[test]
fn a_machine_without_rustc_is_told_where_to_get_it() {
    let folder = Folder::with_song(&level(0.25));
    for command in COMMANDS {
        let arguments = command.replace("SONG", SONG);
        let mut emptied = folder.segue(&arguments);
        emptied.env("PATH", folder.path("nothing")).env_remove("RUSTC");
        run(emptied).with_code(3).says(&["no rustc found", "https://rustup.rs", "SEGUE_RUSTC"]);

        let mut elsewhere = folder.segue(&arguments);
        elsewhere.env("SEGUE_RUSTC", folder.path("nowhere/rustc"));
        run(elsewhere).with_code(3).says(&["no rustc found", "nowhere/rustc from SEGUE_RUSTC"]);
    }
}

#[cfg(feature = "jit")]
#[test]
fn what_no_compiler_here_supports_is_the_songs_affair() {
    let folder = Folder::with_song(&song("let _ = std::any::type_name::<u8>();"));
    for command in COMMANDS {
        let mut command =
            folder.segue(&format!("{} --compiler jit", command.replace("SONG", SONG)));
        command.env("PATH", folder.path("nothing")).env_remove("RUSTC");
        // At the function that needs it.
        let texts = ["not supported by the jit yet: `type_name`", "song.rs:8:", "pub fn process("];
        run(command).with_code(1).plainly().says(&texts);
        assert!(!folder.path("x.wav").exists(), "a song that cannot be played leaves no file");
    }
}

#[test]
fn a_wav_file_that_cannot_be_written_is_named() {
    let folder = Folder::with_song(&level(0.25));
    for command in ["render song.rs --seconds 1 -o", "play song.rs --no-device --seconds 1 --wav"] {
        let missing = run(folder.segue(&format!("{command} nowhere/x.wav")));
        missing.with_code(3).says(&["cannot create nowhere/x.wav: No such file"]);
        let directory = run(folder.segue(&format!("{command} .")));
        directory.with_code(3).says(&["cannot create .: Is a directory"]);
    }
}

#[test]
fn a_song_is_not_overwritten_with_its_sound() {
    let folder = Folder::with_song(&level(0.25));
    folder.write("edit.rs", &level(0.5));
    for output in ["song.rs", "./song.rs", "edit.rs"] {
        let arguments = format!("render song.rs --seconds 1 -o {output} --edit 0.5=edit.rs");
        run(folder.segue(&arguments)).with_code(2).says(&["name another file with --output"]);
    }
    let recording = run(folder.segue("play song.rs --no-device --seconds 1 --wav ./song.rs"));
    recording.with_code(2).says(&["./song.rs", "name another file with --wav"]);
    assert_eq!(folder.read("song.rs"), level(0.25));
    assert_eq!(folder.read("edit.rs"), level(0.5));
}

#[test]
fn seconds_are_more_than_zero_and_no_nonsense() {
    let folder = Folder::with_song(&level(0.25));
    for seconds in ["0", "nan", "inf", "1e99", "soon", "=-1"] {
        // A minus would be an option, were it not for the equals sign.
        let separator = if seconds.starts_with('=') { "" } else { " " };
        let option = format!("--seconds{separator}{seconds}");
        let rendering = run(folder.segue(&format!("render song.rs -o x.wav {option}")));
        rendering.with_code(2).says(&["invalid value", "--seconds <SECONDS>"]);
        let playing = run(folder.segue(&format!("play song.rs --no-device {option}")));
        playing.with_code(2).says(&["invalid value", "--seconds <SECONDS>"]);
    }
}

#[test]
fn edits_are_looked_at_before_anything_is_rendered() {
    let folder = Folder::with_song(&level(0.25));
    folder.write("edit.rs", &level(0.5));
    let cases = [
        ("0.5=missing.rs", "there is no file missing.rs"),
        ("0.5=.", ". is a directory"),
        ("0.5", "SECONDS=FILE"),
        ("0.5=", "the file is missing"),
        ("soon=edit.rs", "`soon` is no number of seconds"),
        ("1=edit.rs", "beyond the end at 1 s"),
    ];
    for (edit, message) in cases {
        let arguments = format!("render song.rs --seconds 1 -o x.wav --edit {edit}");
        run(folder.segue(&arguments)).with_code(2).says(&[message]);
        assert!(!folder.path("x.wav").exists(), "{edit}");
    }
}

#[test]
fn other_arguments_out_of_range_say_the_range() {
    let folder = Folder::with_song(&level(0.25));
    let cases = [
        ("render song.rs --seconds 1 -o x.wav --sample-rate 1", "outside 8000 to 384000"),
        ("render song.rs --seconds 1 -o x.wav --channels 0", "outside 1 to 64"),
        ("render song.rs --seconds 1 -o x.wav --block 0", "outside 1 to 4096"),
        ("play song.rs --no-device --block 5000", "outside 1 to 4096"),
        ("check song.rs --prelude nowhere", "no prelude in nowhere"),
        ("play song.rs --device x --no-device", "cannot be used with"),
        ("sing song.rs", "unrecognized subcommand"),
        ("play song.rs --louder", "unexpected argument"),
    ];
    for (arguments, message) in cases {
        run(folder.segue(arguments)).with_code(2).says(&[message]);
    }
}

#[test]
fn a_device_that_is_not_there_is_named() {
    let folder = Folder::with_song(&level(0.25));
    let ended = run(folder.segue("play song.rs --device no-card-has-such-a-name --seconds 1"));
    ended.with_code(3).says(&["`no-card-has-such-a-name`"]);
}

#[test]
fn a_file_in_c_is_told_what_there_is_for_c() {
    let folder = Folder::new();
    folder.write("song.c", "int main(void) { return 0; }\n");
    is_refused(&folder, "song.c", 2, &["error: song.c is in C", "segue mutants c"]);
}

/// A build with the feature plays (`play.rs`).
#[cfg(not(feature = "jit"))]
#[test]
fn a_compiler_that_was_left_out_of_the_build_is_named_with_its_feature() {
    let folder = Folder::with_song(&level(0.25));
    let ended = run(folder.segue("play song.rs --no-device --seconds 1 --compiler jit"));
    ended.with_code(2).plainly().says(&["without the feature `jit`", "--compiler rustc-function"]);
}
