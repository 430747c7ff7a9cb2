//! A compiler is asked again when its file has changed, and not before.

use std::os::unix::fs::PermissionsExt;

use super::*;

/// A script that answers as rustc does and counts how often it was asked.
fn write(folder: &Path, release: &str) -> PathBuf {
    let path = folder.join("rustc");
    let count = folder.join("count");
    let text = format!(
        "#!/bin/sh\necho asked >> '{}'\n\
         if [ \"$1\" = -vV ]; then printf 'host: x\\nrelease: {release}\\ncommit-hash: c\\n'; else echo /; fi\n",
        count.display()
    );
    std::fs::write(&path, text).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    path
}

#[test]
fn a_compiler_is_asked_once_and_again_when_its_file_has_changed() {
    let folder = tempfile::tempdir().unwrap();
    let asked = || std::fs::read_to_string(folder.path().join("count")).unwrap().lines().count();
    let path = write(folder.path(), "1.0.0");
    assert_eq!(Rustc::at(&path, "RUSTC").unwrap().version(), "1.0.0");
    let before = asked();
    assert_eq!(Rustc::at(&path, "RUSTC").unwrap().version(), "1.0.0");
    assert_eq!(asked(), before, "nobody was asked");
    write(folder.path(), "1.0.0-and-longer");
    assert_eq!(Rustc::at(&path, "RUSTC").unwrap().version(), "1.0.0-and-longer");
    assert_eq!(asked(), 2 * before);
}
