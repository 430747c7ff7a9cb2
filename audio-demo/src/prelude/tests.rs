//! Every file is carried; the nearest prelude wins; the carried one is written whole and then left
//! alone.

use super::*;

fn write(path: PathBuf) -> PathBuf {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, "").unwrap();
    path.canonicalize().unwrap()
}

#[test]
fn every_file_of_the_prelude_is_carried() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("prelude");
    let mut on_disk: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".rs"))
        .collect();
    let mut carried: Vec<&str> = FILES.iter().map(|(name, _)| *name).collect();
    on_disk.sort();
    carried.sort_unstable();
    assert_eq!(carried, on_disk, "list the file in `prelude::FILES`");
}

#[test]
fn the_nearest_prelude_is_used() {
    let directory = tempfile::tempdir().unwrap();
    let song = directory.path().join("songs/song.rs");
    let elsewhere = write(directory.path().join("elsewhere/mod.rs"));
    let above = write(directory.path().join("prelude/mod.rs"));
    fs::create_dir_all(song.parent().unwrap()).unwrap();
    assert_eq!(locate(&song, None).unwrap(), above);
    let file = write(directory.path().join("songs/prelude.rs"));
    assert_eq!(locate(&song, None).unwrap(), file);
    let folder = write(directory.path().join("songs/prelude/mod.rs"));
    assert_eq!(locate(&song, None).unwrap(), folder);
    assert_eq!(locate(&song, Some(elsewhere.parent().unwrap())).unwrap(), elsewhere);
    assert_eq!(locate(&song, Some(&elsewhere)).unwrap(), elsewhere);
}

#[test]
fn a_folder_without_a_prelude_is_named() {
    let error = locate(Path::new("song.rs"), Some(Path::new("/no/such/folder"))).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Prelude);
    assert!(error.to_string().contains("/no/such/folder"), "{error}");
}

#[test]
fn the_carried_prelude_is_written_once_and_then_belongs_to_the_user() {
    let directory = tempfile::tempdir().unwrap();
    let module = install(directory.path()).unwrap();
    for (name, text) in FILES {
        assert_eq!(fs::read_to_string(module.with_file_name(name)).unwrap(), *text);
    }
    fs::write(&module, "edited").unwrap();
    assert_eq!(install(directory.path()).unwrap(), module);
    assert_eq!(fs::read_to_string(&module).unwrap(), "edited");
    assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 1, "nothing unfinished is left");
}

#[test]
fn another_text_is_another_folder() {
    assert_ne!(digest(&[("a", "b")]), digest(&[("a", "c")]));
    assert_ne!(digest(&[("a", "b")]), digest(&[("ab", "")]));
}

#[test]
fn the_data_folder_is_the_users_own() {
    let folder = |pairs: &'static [(&str, &str)]| {
        data_folder(move |name| {
            pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| value.into())
        })
    };
    assert_eq!(folder(&[("HOME", "/h")]).unwrap(), Path::new("/h/.local/share/segue"));
    assert_eq!(folder(&[("HOME", "/h"), ("XDG_DATA_HOME", "/d")]).unwrap(), Path::new("/d/segue"));
    assert_eq!(folder(&[("HOME", "relative")]).unwrap_err().kind(), ErrorKind::Prelude);
    assert_eq!(folder(&[]).unwrap_err().kind(), ErrorKind::Prelude);
}
