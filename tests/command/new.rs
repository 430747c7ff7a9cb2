//! `segue new`: a song to begin with.

use crate::folder::Folder;
use crate::running::run;
use crate::wav::Wav;

#[test]
fn a_new_song_can_be_checked_and_rendered_as_it_is() {
    let folder = Folder::empty();
    let ended = run(folder.segue("new tune")).with_code(0).plainly();
    assert!(ended.line("wrote").contains("tune.rs"), "{ended:#?}");
    let text = folder.read("tune.rs");
    assert!(text.starts_with("//! A new song."), "it is commented: {text}");

    run(folder.segue("check tune.rs")).with_code(0).line("good");
    run(folder.segue("render tune.rs --seconds 2 -o tune.wav")).with_code(0);
    let wav = Wav::read(&folder.path("tune.wav"));
    assert!(wav.is_finite());
    assert!(wav.peak() > 0.05 && wav.peak() <= 1.0, "{}", wav.peak());
}

#[test]
fn a_song_that_exists_is_never_overwritten() {
    let folder = Folder::empty();
    folder.write("mine.rs", "// an evening's work");
    for name in ["mine", "mine.rs"] {
        run(folder.segue(&format!("new {name}"))).with_code(2).says(&["mine.rs exists already"]);
    }
    assert_eq!(folder.read("mine.rs"), "// an evening's work");
}

#[test]
fn a_folder_that_is_not_there_is_named() {
    let folder = Folder::empty();
    run(folder.segue("new nowhere/tune")).with_code(2).says(&["there is no folder nowhere"]);
}

#[test]
fn a_folder_is_no_name() {
    let folder = Folder::empty();
    for name in [".", "..", "/"] {
        run(folder.segue(&format!("new {name}"))).with_code(2).says(&["give the song a name"]);
    }
}
