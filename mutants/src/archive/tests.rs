//! An archive moves: what was packed runs in another folder, with the original gone.

use std::collections::BTreeMap;
use std::process::Command;

use super::*;
use crate::report::sample;
use crate::{TestBinary, TestKind, Tier};

/// An image whose binary is a script that reads a file of its package, with things around it that do not belong.
fn image(workspace: &Path, root: &Path) -> Image {
    for (path, text) in [
        ("build/CACHEDIR.TAG", "a cache"),
        ("build/debug/deps/it", "#!/bin/sh\ncat data.txt \"$DATA\"\n"),
        ("build/debug/deps/it.o", "an object"),
        ("build/debug/app", "a program"),
        ("build/out/made.txt", "made"),
        ("tree/p/data.txt", "here "),
        ("tree/shared.txt", "neighbour"),
        ("tree/image.tar.gz", "an older archive"),
        ("tree/p/target/CACHEDIR.TAG", "a cache"),
    ] {
        let path = root.join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    let script = root.join("build/debug/deps/it");
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    fs::set_permissions(script, mode).expect("permissions");
    let inside = |path: &str| root.join(path).display().to_string();
    let environment = BTreeMap::from([
        ("DATA".to_owned(), inside("tree/shared.txt")),
        ("CARGO_BIN_EXE_app".to_owned(), inside("build/debug/app")),
        ("OUT_DIR".to_owned(), inside("build/out")),
        ("LD_LIBRARY_PATH".to_owned(), format!("{}:/usr/lib", inside("build/debug/deps"))),
    ]);
    fs::create_dir(root.join("tree/p/written")).expect("a folder");
    let mutant = sample::results().mutants.swap_remove(0).mutant;
    let mut image = sample::image(vec![sample::built(mutant, Some(Tier::Slot))]);
    image.workspace = workspace.to_owned();
    image.root = root.to_owned();
    image.binaries.push(TestBinary {
        package: "p".to_owned(),
        target: "it".to_owned(),
        kind: TestKind::Custom,
        path: "build/debug/deps/it".into(),
        directory: "tree/p".into(),
        environment,
    });
    image
}

#[test]
fn what_was_packed_runs_in_another_folder_with_the_original_gone() {
    let folder = tempfile::tempdir().expect("a folder");
    let workspace = sample::tree();
    let root = folder.path().join("root");
    let (file, older) = (folder.path().join("it"), workspace.path().join("image.tar.gz"));
    fs::write(&older, "an older archive").expect("a file");
    pack(&image(workspace.path(), &root), &older).expect("packed");
    fs::rename(older, &file).expect("moved");
    fs::remove_dir_all(&root).expect("gone");
    drop(workspace);

    let into = folder.path().join("elsewhere");
    let unpacked = unpack(&file, &into).expect("unpacked");
    let binary = &unpacked.image.binaries[0];
    let output = Command::new(unpacked.image.root.join(&binary.path))
        .current_dir(unpacked.image.root.join(&binary.directory))
        .envs(&binary.environment)
        .output()
        .expect("it runs");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "here neighbour");
    assert_eq!(
        fs::read_to_string(unpacked.sources.join(sample::FILE)).ok().as_deref(),
        Some(sample::TEXT)
    );
    assert!(Path::new(&binary.environment["CARGO_BIN_EXE_app"]).starts_with(&into));
    assert!(binary.environment["LD_LIBRARY_PATH"].ends_with(":/usr/lib"));
    let names = sample::files(&into);
    assert!(names.contains_key("image/build/out/made.txt"));
    // What cargo built on the way, and caches, stay where they were.
    assert!(!names.keys().any(|it| it.ends_with("it.o") || it.contains("CACHEDIR")), "{names:?}");
    assert!(!names.contains_key("image/tree/image.tar.gz"), "an archive in an archive");
    assert!(into.join("image/tree/p/written").is_dir(), "a test may write there");
}

#[test]
fn what_is_no_archive_of_ours_is_refused_with_its_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("it.tar.gz");
    let refused = |number: usize| {
        let error = unpack(&file, &folder.path().join(number.to_string())).expect_err("it is none");
        assert!(error.to_string().contains("it.tar.gz"), "{error}");
        error
    };
    assert_eq!(refused(0).kind(), ErrorKind::File);
    fs::write(&file, "no gzip").expect("a file");
    assert!(refused(1).to_string().contains("--archive"));
    let mut empty = tar::Builder::new(GzEncoder::new(
        File::create(&file).expect("a file"),
        Compression::fast(),
    ));
    empty.append_dir("x", folder.path()).expect("a folder");
    empty.into_inner().expect("tar").finish().expect("gzip");
    assert!(refused(2).to_string().contains(LIST));

    let list =
        List { form: FORM + 1, architecture: "z80".to_owned(), image: sample::image(Vec::new()) };
    for (number, list) in [
        (3, &list),
        (4, &List { form: FORM, architecture: "z80".to_owned(), image: list.image.clone() }),
    ] {
        let text = serde_json::to_vec(list).expect("JSON");
        let mut archive = tar::Builder::new(GzEncoder::new(
            File::create(&file).expect("a file"),
            Compression::fast(),
        ));
        let mut header = tar::Header::new_gnu();
        header.set_size(text.len() as u64);
        archive.append_data(&mut header, LIST, text.as_slice()).expect("packed");
        archive.into_inner().expect("tar").finish().expect("gzip");
        assert_eq!(refused(number).kind(), ErrorKind::Usage);
    }
}

#[test]
fn an_archive_that_cannot_be_written_is_not_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let workspace = sample::tree();
    let root = folder.path().join("root");
    let image = image(workspace.path(), &root);
    fs::remove_file(root.join("build/debug/deps/it")).expect("gone");
    let error = pack(&image, &folder.path().join("image.tar.gz")).expect_err("the binary is gone");
    assert_eq!(error.kind(), ErrorKind::File);
    assert!(error.to_string().contains("build/debug/deps/it"), "{error}");
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1);
}
