//! What is no song is refused by name.

use super::*;

fn message(path: &Path) -> String {
    let failure = must_be_song(path).unwrap_err();
    assert_eq!(failure.exit(), Exit::Usage);
    failure.message().to_owned()
}

#[test]
fn a_missing_file_and_a_directory_are_refused() {
    let directory = tempfile::tempdir().unwrap();
    assert!(message(directory.path()).contains("is a directory"));
    let missing = directory.path().join("tune.rs");
    let said = message(&missing);
    assert!(said.contains("tune.rs") && said.contains("segue new"), "{said}");
    std::fs::write(&missing, "").unwrap();
    assert!(must_be_song(&missing).is_ok());
}

#[test]
fn lines_name_the_file_alone() {
    assert_eq!(name(Path::new("songs/first.rs")), "first.rs");
}

#[test]
fn a_song_is_not_overwritten_by_its_sound() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("song.rs");
    std::fs::write(&path, "").unwrap();
    let failure = must_not_replace([path.as_path()], &path, "--wav").unwrap_err();
    assert_eq!(failure.exit(), Exit::Usage);
    assert!(failure.message().contains("--wav"), "{}", failure.message());
    let other = directory.path().join("x.wav");
    assert!(must_not_replace([path.as_path()], &other, "--wav").is_ok());
}
