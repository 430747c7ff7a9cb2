//! Live files that name other crates, and lists of crates that cannot be used.

use std::path::{Path, PathBuf};

use super::{Edition, ExternCrate};
use crate::{Cancel, Compiled, Compiler, Error, Jit, Source};

fn written(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().expect("it is below the folder")).expect("a folder");
    std::fs::write(&path, text).expect("the folder can be written");
    path
}

fn compile(jit: &Jit, text: &str) -> Result<Compiled, Error> {
    let path = PathBuf::from("/songs/song.rs");
    jit.compile(&Source { path, text: text.into(), support: Vec::new() }, &Cancel::default())
}

/// `pitch`, which needs `ratio` under another name and has a module, a feature, and an edition of its own.
fn crates(folder: &Path) -> Vec<ExternCrate> {
    let ratio = "#![no_std]\npub fn half(x: f32) -> f32 { x / 2.0 }\n";
    let ratio = written(folder, "ratio/src/lib.rs", ratio);
    let pitch = "#![no_std]\nextern crate tuning;\nmod note;\npub use note::*;
        #[cfg(feature = \"low\")] pub fn low(x: f32) -> f32 { tuning::half(x) }
        pub fn async(x: f32) -> f32 { x }\n";
    let pitch = written(folder, "pitch/src/lib.rs", pitch);
    written(
        folder,
        "pitch/src/note.rs",
        "pub struct Note(pub f32);\nimpl Note { pub fn twice<T: From<f32>>(&self) -> T { T::from(self.0 * 2.0) } }\n",
    );
    vec![
        ExternCrate::new("ratio", ratio, Edition::Rust2021),
        ExternCrate::new("pitch", pitch, Edition::Rust2015)
            .with_feature("low")
            .with_dependency("tuning", "ratio"),
    ]
}

#[test]
fn a_live_file_names_crates_and_what_they_depend_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let jit = Jit::new().with_crates(&crates(folder.path())).expect("they can be read");
    let text = "use pitch::Note;
        pub fn tune(x: f32) -> f64 { Note(pitch::low(x)).twice::<f64>() + ratio::half(x) as f64 }";
    let compiled = compile(&jit, text).expect("it compiles");
    // What other crates define is private to the object.
    let functions: Vec<&str> =
        compiled.interface.functions.iter().map(|it| it.path.as_str()).collect();
    assert_eq!(functions, ["tune"]);
    let error = compile(&jit, "pub fn tune(x: f32) -> f32 { tuning::half(x) }").expect_err("no");
    assert!(error.to_string().contains("song.rs:1:30"), "only `pitch` calls it so: {error}");
    let error = compile(&Jit::new(), text).expect_err("the crates are not there");
    assert!(!error.diagnostics().is_empty(), "{error}");
}

#[test]
fn lists_that_cannot_be_used_say_why() {
    let folder = tempfile::tempdir().expect("a folder");
    let refusal = |list: &[ExternCrate]| {
        Jit::new().with_crates(list).expect_err("it cannot be used").to_string()
    };
    let mut list = crates(folder.path());
    list.reverse();
    assert!(refusal(&list).contains("needs `ratio`, which is not among"), "{}", refusal(&list));
    let list = [ExternCrate::new("two-words", folder.path().join("x.rs"), Edition::Rust2018)];
    assert!(refusal(&list).contains("write `_` for `-`"), "{}", refusal(&list));
    let list = [ExternCrate::new("gone", folder.path().join("gone.rs"), Edition::Rust2018)];
    assert!(refusal(&list).contains("gone.rs"), "{}", refusal(&list));
}
