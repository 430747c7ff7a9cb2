//! Looking at files: contents decide, however they were written.

use super::*;

fn wait_for_look(watch: &mut Watch) -> SystemTime {
    loop {
        let event = watch.events().recv_timeout(Duration::from_secs(20)).unwrap().unwrap();
        if watch.concerns(&event)
            && let Some(saved) = watch.look()
        {
            return saved;
        }
    }
}

#[test]
fn writing_in_place_and_renaming_over_are_both_seen() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("a.rs");
    std::fs::write(&file, "one").unwrap();
    let mut watch = Watch::new().unwrap();
    assert!(watch.set_files(std::slice::from_ref(&file), SystemTime::now()).is_empty());
    assert_eq!(watch.look(), None, "what is there when watching starts is no edit");

    std::fs::write(&file, "two").unwrap();
    wait_for_look(&mut watch);
    std::fs::write(dir.path().join("b.rs"), "three").unwrap();
    std::fs::rename(dir.path().join("b.rs"), &file).unwrap();
    wait_for_look(&mut watch);
    assert_eq!(watch.look(), None);
}

#[test]
fn a_link_is_watched_where_it_points() {
    let (dir, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (link, file) = (dir.path().join("a.rs"), other.path().join("real.rs"));
    std::fs::write(&file, "one").unwrap();
    std::os::unix::fs::symlink(&file, &link).unwrap();
    let mut watch = Watch::new().unwrap();
    watch.set_files(&[link], SystemTime::now());
    std::fs::write(&file, "two").unwrap();
    wait_for_look(&mut watch);
}

#[test]
fn a_directory_that_cannot_be_watched_is_named() {
    let mut watch = Watch::new().unwrap();
    let problems =
        watch.set_files(&[PathBuf::from("/nonexistent-directory/a.rs")], SystemTime::now());
    assert!(problems[0].contains("/nonexistent-directory"), "{problems:?}");
}

#[test]
fn a_file_written_since_it_was_read_and_one_that_appears_are_edits() {
    let dir = tempfile::tempdir().unwrap();
    let (written, missing) = (dir.path().join("a.rs"), dir.path().join("b.rs"));
    std::fs::write(&written, "since").unwrap();
    let mut watch = Watch::new().unwrap();
    watch.set_files(&[written, missing.clone()], SystemTime::UNIX_EPOCH);
    assert!(watch.look().is_some(), "written after it was read");
    assert_eq!(watch.look(), None);
    std::fs::write(missing, "here now").unwrap();
    wait_for_look(&mut watch);
}
