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
fn a_folder_that_is_not_there_is_no_problem() {
    let dir = tempfile::tempdir().unwrap();
    let mut watch = Watch::new().unwrap();
    let missing = dir.path().join("voice/mod.rs");
    assert_eq!(watch.set_files(&[missing], SystemTime::now()), [""; 0]);
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
