//! A compiler is asked again when its file has changed, and not before.

use super::*;
use crate::rustc::tests::Files;

/// A script that answers as rustc does and counts how often it was asked.
fn write(files: &Files, release: &str) -> PathBuf {
    let count = files.path("count");
    let text = format!(
        "echo asked >> '{}'\n\
         if [ \"$1\" = -vV ]; then printf 'host: x\\nrelease: {release}\\ncommit-hash: c\\n'; else echo /; fi",
        count.display()
    );
    files.script("rustc", &text)
}

#[test]
fn a_compiler_is_asked_once_and_again_when_its_file_has_changed() {
    let files = Files::new(&[]);
    let asked = || std::fs::read_to_string(files.path("count")).unwrap().lines().count();
    let path = write(&files, "1.0.0");
    assert_eq!(Rustc::at(&path, "RUSTC").unwrap().version(), "1.0.0");
    let before = asked();
    assert_eq!(Rustc::at(&path, "RUSTC").unwrap().version(), "1.0.0");
    assert_eq!(asked(), before, "nobody was asked");
    write(&files, "1.0.0-and-longer");
    assert_eq!(Rustc::at(&path, "RUSTC").unwrap().version(), "1.0.0-and-longer");
    assert_eq!(asked(), 2 * before);
}
