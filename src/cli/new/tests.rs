//! A new song is the template, and an old one is safe.

use super::*;

#[test]
fn the_template_is_written_once() {
    let directory = tempfile::tempdir().unwrap();
    let path = write(&directory.path().join("tune")).unwrap();
    assert_eq!(path, directory.path().join("tune.rs"));
    assert_eq!(std::fs::read_to_string(&path).unwrap(), segue_audio_demo::TEMPLATE);
    std::fs::write(&path, "mine").unwrap();
    let failure = write(&path).unwrap_err();
    assert_eq!(failure.exit(), Exit::Usage);
    assert!(failure.message().contains("exists already"));
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "mine");
}

#[test]
fn a_folder_that_does_not_exist_is_named() {
    let directory = tempfile::tempdir().unwrap();
    let failure = write(&directory.path().join("nowhere/tune")).unwrap_err();
    assert_eq!(failure.exit(), Exit::Usage);
    assert!(failure.message().contains("nowhere"));
}

#[test]
fn a_dot_in_the_name_stays_and_a_folder_is_no_name() {
    let file = |name| file_for(Path::new(name));
    assert_eq!(file("a.b"), Some("a.b.rs".into()));
    assert_eq!(file("a.rs"), Some("a.rs".into()));
    assert_eq!(file("songs/a/"), Some("songs/a.rs".into()));
    assert_eq!([file("."), file("songs/.."), file("/")], [None, None, None]);
}
