//! `segue check`: what is good, what is not and where.

use crate::folder::{BODY_LINE, Folder, broken, level, song};
use crate::running::run;
#[cfg(feature = "jit")]
use crate::wav::Wav;

#[test]
fn a_good_song_is_reported_on() {
    let folder = Folder::with_song(&level(0.25));
    let ended = run(folder.segue("check song.rs")).with_code(0).plainly();
    assert!(ended.line("good").contains("song.rs compiles and can be played"));
    assert!(ended.line("8 ").contains("process  fn(&mut State, &mut Block)"), "{ended:#?}");
    assert!(ended.line("state").contains("`State`"));
    assert_eq!(ended.line("frames").trim(), "frames: u64");
    assert!(ended.stderr().is_empty(), "{ended:#?}");
}

#[test]
fn a_song_that_does_not_compile_shows_what_rustc_says_and_where() {
    let folder = Folder::with_song(&broken());
    let place = format!("song.rs:{BODY_LINE}:31");
    let ended = run(folder.segue("check song.rs")).with_code(1).plainly().says(&[
        "cannot find value `misspelt`",
        &place,
        "block.set(frame, 0.5, misspelt);",
    ]);
    assert!(ended.stdout().is_empty(), "{ended:#?}");
    // The text that the compiler adds to a song is nobody's affair.
    assert!(!ended.stderr().iter().any(|line| line.contains("__segue_")), "{ended:#?}");
}

#[test]
fn every_error_is_shown_at_once() {
    let folder = Folder::with_song(&song("let x: u8 = \"one\"; let y: u8 = \"two\";"));
    let ended = run(folder.segue("check song.rs")).with_code(1);
    let places = ended.stderr().iter().filter(|line| line.contains("--> ")).count();
    assert_eq!(places, 2, "{ended:#?}");
}

#[test]
fn warnings_are_shown_and_do_no_harm() {
    let folder = Folder::with_song(&song("let unused = 1; block.set(frame, 0.0, 0.0);"));
    let ended = run(folder.segue("check song.rs")).with_code(0).plainly();
    assert!(ended.line("good").contains("1 warning"), "{ended:#?}");
    let said = ended.stdout().join("\n");
    assert!(said.contains("unused variable: `unused`"), "{said}");
    assert!(said.contains(&format!("song.rs:{BODY_LINE}:13")), "{said}");
}

#[test]
fn quiet_says_nothing_of_a_good_song_and_everything_of_a_bad_one() {
    let folder = Folder::with_song(&level(0.25));
    let ended = run(folder.segue("check song.rs --quiet")).with_code(0);
    assert!(ended.stdout().is_empty() && ended.stderr().is_empty(), "{ended:#?}");
    folder.write("song.rs", &broken());
    run(folder.segue("--quiet check song.rs")).with_code(1).says(&["misspelt"]);
}

#[cfg(feature = "jit")]
#[test]
fn with_two_compilers_both_have_to_take_the_song() {
    let folder = Folder::with_song(&crate::folder::borrowed_twice());
    for command in ["check song.rs", "render song.rs --seconds 1 -o x.wav"] {
        let ended = run(folder.segue(&format!("{command} --compiler jit"))).with_code(1);
        let ended = ended.says(&["error[E0499]", "song.rs:13:21"]);
        assert!(!folder.path("x.wav").exists(), "{ended:#?}");
    }
}

#[cfg(feature = "jit")]
#[test]
fn without_a_rustc_the_one_in_the_process_does_for_every_command() {
    let folder = Folder::with_song(&level(0.25));
    let segue = |arguments: &str| {
        let mut command = folder.segue(&format!("{arguments} --compiler jit"));
        command.env("PATH", folder.path("nothing")).env_remove("RUSTC");
        run(command).with_code(0).plainly()
    };
    let ended = segue("check song.rs");
    assert!(ended.line("good").contains("song.rs compiles and can be played"));
    assert!(ended.line("8 ").contains("process  fn(&mut State, &mut Block)"), "{ended:#?}");
    folder.write("edit.rs", &level(0.5));
    segue("render song.rs --seconds 0.1 -o x.wav --edit 0.05=edit.rs");
    let rendered = Wav::read(&folder.path("x.wav")).channel(0);
    assert_eq!((rendered[0], rendered.last()), (0.25, Some(&0.5)));
    segue("play song.rs --no-device --seconds 0.1 --wav y.wav");
    assert_eq!(Wav::read(&folder.path("y.wav")).samples[0], 0.25);
}

#[cfg(feature = "jit")]
#[test]
fn what_the_quick_compiler_leaves_to_the_other_is_told_with_its_place() {
    let folder = Folder::with_song(&song(
        "let id = std::thread::current().id();
        let level = if id == id { 0.25 } else { 0.5 };
        block.set(frame, level, level);",
    ));
    let ended = run(folder.segue("check song.rs --compiler jit")).with_code(0).plainly();
    let said = ended.stdout().join("\n");
    assert!(
        said.contains("note: left to the slower compiler: `std::thread` is not there"),
        "{said}"
    );
    assert!(said.contains(&format!("song.rs:{BODY_LINE}:18")), "{said}");
    assert!(ended.line("good").ends_with("ms"), "a note is no warning: {ended:#?}");
}
