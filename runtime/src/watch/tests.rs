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
    assert!(watch.set_files(std::slice::from_ref(&file)).is_empty());
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
    watch.set_files(&[link]);
    std::fs::write(&file, "two").unwrap();
    wait_for_look(&mut watch);
}

#[test]
fn a_directory_that_cannot_be_watched_is_named() {
    let mut watch = Watch::new().unwrap();
    let problems = watch.set_files(&[PathBuf::from("/nonexistent-directory/a.rs")]);
    assert!(problems[0].contains("/nonexistent-directory"), "{problems:?}");
}
