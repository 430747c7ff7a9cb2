//! The server's object: it compiles with the rustc at hand, and needs nothing but the C library.

use std::process::Command;

use super::object;

#[test]
fn the_object_needs_nothing_but_the_c_library() {
    let folder = tempfile::tempdir().unwrap();
    let object = object(folder.path()).unwrap();
    let mut linker = Command::new("cc");
    linker.args(["-shared", "-Wl,-z,defs", "-o"]).arg(folder.path().join("linked.so")).arg(object);
    let output = linker.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn the_object_is_compiled_once() {
    let folder = tempfile::tempdir().unwrap();
    let first = object(folder.path()).unwrap();
    let modified = first.metadata().unwrap().modified().unwrap();
    let second = object(folder.path()).unwrap();
    assert_eq!(first, second);
    assert_eq!(second.metadata().unwrap().modified().unwrap(), modified);
}

#[test]
fn a_folder_that_cannot_be_made_is_an_error_that_names_it() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "").unwrap();
    let error = object(&file.join("below")).unwrap_err();
    assert_eq!(error.kind(), crate::ErrorKind::File);
    assert!(error.to_string().contains("below"), "{error}");
}
