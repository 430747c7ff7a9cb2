//! `segue check`: what is good, what is not and where.

use crate::folder::{BODY_LINE, Folder, broken, level, song};
use crate::running::run;

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
