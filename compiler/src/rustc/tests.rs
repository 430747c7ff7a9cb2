//! Whole compiles: several files, where messages point, and that the text alone decides.

mod manner;

use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::os::unix::ffi::OsStrExt;
use std::process::{Command, Stdio};

use object::{Object, ObjectSymbol};
use tempfile::TempDir;

use super::*;
use crate::{Support, function_path};

const SONG: &str = "
use prelude::*;

#[derive(Default)]
pub struct State {
    phase: f32,
    taps: Vec<f64>,
}

pub fn process(state: &mut State, block: &mut Block) {
    state.phase += block.rate;
    state.taps.push(f64::from(state.phase));
    println!(\"{}\", state.phase);
}

pub fn boom(list: &[f32]) -> f32 {
    list[7]
}
";

const PRELUDE: &str = "pub mod osc;\npub struct Block {\n    pub rate: f32,\n}\n";
const OSC: &str = "pub fn sine(x: f32) -> f32 {\n    x.sin()\n}\n";

/// A directory of files.
pub(super) struct Files(TempDir);

impl Files {
    pub(super) fn new(files: &[(&str, &str)]) -> Files {
        let directory = Files(tempfile::tempdir().unwrap());
        for (path, text) in files {
            let path = directory.path(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        directory
    }

    pub(super) fn path(&self, path: impl AsRef<Path>) -> PathBuf {
        self.0.path().canonicalize().unwrap().join(path)
    }

    /// A shell script that can be run, written by a child. Were it open for writing in this
    /// process, what another test starts at that moment would inherit it, and running the script
    /// would fail: text file busy.
    pub(super) fn script(&self, path: &str, text: &str) -> PathBuf {
        let path = self.path(path);
        let mut install = Command::new("install")
            .args(["-m", "755", "/dev/stdin"])
            .arg(&path)
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        install.stdin.take().unwrap().write_all(format!("#!/bin/sh\n{text}\n").as_bytes()).unwrap();
        assert!(install.wait().unwrap().success());
        path
    }

    /// The file at `path` as a source, with `prelude/mod.rs` as a support module where it exists.
    pub(super) fn source(&self, path: &str) -> Source {
        let prelude = self.path("prelude/mod.rs");
        let support = Support { name: "prelude".to_owned(), path: prelude };
        Source {
            path: self.path(path),
            text: fs::read_to_string(self.path(path)).unwrap().into(),
            support: if support.path.exists() { vec![support] } else { Vec::new() },
        }
    }
}

fn with_prelude(song: &str) -> Files {
    Files::new(&[("songs/song.rs", song), ("prelude/mod.rs", PRELUDE), ("prelude/osc.rs", OSC)])
}

fn compile(source: &Source) -> Result<Compiled, Error> {
    Rustc::find().unwrap().compile(source, &Cancel::default())
}

fn messages(error: &Error) -> String {
    error.diagnostics().iter().map(|diagnostic| format!("{diagnostic}\n")).collect()
}

#[test]
fn a_song_gives_object_interface_and_files() {
    let files = with_prelude(SONG);
    let compiled = compile(&files.source("songs/song.rs")).unwrap();
    let process = &compiled.interface.functions[0];
    assert_eq!(process.path, "process");
    assert_eq!(process.line, 10);
    assert_eq!(process.signature(), "fn(&mut State, &mut Block)");
    assert_eq!(process.state.as_deref(), Some("State"));
    assert_eq!(compiled.interface.crate_name, "song");
    let paths = ["songs/song.rs", "prelude/mod.rs", "prelude/osc.rs"];
    assert_eq!(compiled.files, paths.map(|path| files.path(path)));
    assert!(compiled.warnings.is_empty(), "{:?}", compiled.warnings);
}

#[test]
fn what_the_host_shares_has_the_fingerprint_of_its_text() {
    let files = with_prelude(&format!("{SONG}\npub struct rate; pub struct Vec2(f32);"));
    let interface = compile(&files.source("songs/song.rs")).unwrap().interface;
    let of_text = crate::type_fingerprint(PRELUDE, "Block").unwrap();
    assert_eq!(interface.type_fingerprint("Block"), Some(of_text));
    assert_eq!(interface.type_fingerprint("State"), Some(interface.states[0].fingerprint));
    assert_eq!(interface.type_fingerprint("Absent"), None);
}

#[test]
fn the_text_alone_decides_the_bytes() {
    let files = with_prelude(SONG);
    let source = files.source("songs/song.rs");
    let first = compile(&source).unwrap().object;
    assert_eq!(first, compile(&source).unwrap().object);
    let text = String::from_utf8_lossy(&first);
    assert!(!text.contains("/segue-"), "the object names the directory it was compiled in");
    assert!(text.contains(files.path("songs/song.rs").to_str().unwrap()), "panics name the file");
}

#[test]
fn modules_and_includes_are_found_beside_the_users_file() {
    let files = Files::new(&[
        (
            "songs/song.rs",
            "mod voices;\n#[path = \"../shared/level.rs\"]\nmod level;\n\
             pub fn words() -> usize { include_str!(\"data/words.txt\").len() }\n\
             pub fn above() -> &'static str { include_str!(\"../above.txt\") }\n",
        ),
        (
            "songs/voices/mod.rs",
            "mod deep;\npub use deep::depth;\nuse super::level::LEVEL;\npub fn tick(x: f32) -> f32 { x * LEVEL }\n",
        ),
        ("songs/voices/deep.rs", "mod inner;\npub fn depth() -> u32 { inner::three() }\n"),
        ("songs/voices/deep/inner.rs", "pub fn three() -> u32 { 3 }\n"),
        ("shared/level.rs", "pub const LEVEL: f32 = 0.5;\n"),
        ("songs/data/words.txt", "some words"),
        ("above.txt", "above"),
    ]);
    let compiled = compile(&files.source("songs/song.rs")).unwrap();
    let paths: Vec<&str> =
        compiled.interface.functions.iter().map(|function| function.path.as_str()).collect();
    let expected =
        ["words", "above", "voices::tick", "voices::deep::depth", "voices::deep::inner::three"];
    assert_eq!(paths, expected);
    assert!(compiled.interface.functions.iter().all(|function| function.shim.is_some()));
    for path in ["songs/voices/deep/inner.rs", "shared/level.rs", "songs/data/words.txt"] {
        assert!(compiled.files.contains(&files.path(path)), "{:?}", compiled.files);
    }
}

#[test]
fn what_is_included_counts_for_the_types_it_may_define() {
    let song = "include!(\"types.rs\");\n\
                const SIZE: usize = include_str!(\"size.txt\").len();\n\
                #[derive(Default)] pub struct State { a: Defined, b: Option<[f32; SIZE]> }\n\
                pub fn process(state: &mut State) { state.a = Defined(1 as _); }\n";
    let files = Files::new(&[
        ("song.rs", song),
        ("types.rs", "#[derive(Default)] pub struct Defined(f32);"),
        ("size.txt", "xxx"),
    ]);
    let source = files.source("song.rs");
    let of = || {
        let interface = compile(&source).unwrap().interface;
        let fields = &interface.data[0].variants[0].fields;
        (interface.types, fields[0].part.fingerprint, fields[1].part.fingerprint)
    };
    let before = of();
    fs::write(files.path("size.txt"), "xxxx").unwrap();
    let resized = of();
    assert_eq!(before.1, resized.1);
    assert_ne!(before.2, resized.2);
    fs::write(files.path("types.rs"), "#[derive(Default)] pub struct Defined(f64);").unwrap();
    let redefined = of();
    assert_ne!(resized.0, redefined.0);
    assert_ne!(resized.1, redefined.1);
}

/// A line that rustc rejects costs a second compile at every save, so ordinary Rust must not have any.
#[test]
fn ordinary_rust_compiles_at_the_first_try() {
    let text = "
        use prelude::*;
        use std::{fmt, ops::Deref};
        mod voices;
        pub use voices::*;
        static mut COUNT: u32 = 0;
        static TABLE: [f32; 4] = [0.0; 4];
        thread_local! { static LOCAL: u32 = const { 1 }; }
        pub const fn constant(x: u32) -> u32 { x }
        pub fn unit() {}
        fn generic<T: Default>() -> T { T::default() }
        #[track_caller] fn tracked() {}
        extern \"C\" fn foreign(x: *mut f32) { unsafe { *x = TABLE[0]; COUNT += 1 } }
        pub struct Bits<'a, const N: usize>(&'a [u8; N]);
        impl<'a, const N: usize> Bits<'a, N> { pub fn first(&self) -> u8 { self.0[0] } }
        pub struct Guard<'a>(&'a mut u32);
        impl Drop for Guard<'_> { fn drop(&mut self) { *self.0 += LOCAL.with(|x| *x); } }
        impl<'a> Deref for Guard<'a> { type Target = u32; fn deref(&self) -> &u32 { self.0 } }
        impl fmt::Display for Guard<'_> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { write!(f, \"{}\", self.0) }
        }
        pub trait Sound { fn next(&mut self) -> f32; fn twice(&mut self) -> f32 { self.next() * 2.0 } }
        impl Sound for f32 { fn next(&mut self) -> f32 { tracked(); generic() } }
        impl<T: Sound + ?Sized> Sound for Box<T> { fn next(&mut self) -> f32 { (**self).next() } }
        impl From<u32> for Block { fn from(x: u32) -> Block { Block { rate: x as f32 } } }
        mod inner {
            use super::*;
            use std::collections::BTreeMap;
            #[derive(Default)] pub struct Deep { pub map: BTreeMap<u32, Voice> }
            impl Deep { fn hidden(&self) -> usize { self.map.len() } }
            pub(crate) fn deep(deep: &mut Deep, voice: Voice) -> usize {
                deep.map.insert(1, voice);
                deep.hidden()
            }
        }
        #[derive(Default)] pub struct State { voice: Voice, sounds: Vec<Box<dyn Sound + Send>> }
        pub fn process(state: &mut State, block: &mut Block) { block.rate = state.voice.phase; }
    ";
    let voices = "use super::*;\n#[derive(Default, Clone)] pub struct Voice { pub phase: f32 }\n\
                  fn own(x: &Voice) -> f32 { x.phase }\n\
                  pub fn tick(x: &mut Voice, b: &Block) -> f32 { own(x) + b.rate }\n";
    let files = with_prelude(text);
    fs::write(files.path("songs/voices.rs"), voices).unwrap();
    let source = files.source("songs/song.rs");
    let tree = Tree::read(&source).unwrap();
    let survey = Survey::of(&tree);
    let frame = Frame::write(&source, &tree, &survey, &Exclusions::new()).unwrap();
    let cancel = Cancel::default();
    let command = Rustc::find().unwrap().command(&frame);
    let ended = process::finish(process::start(command, &cancel).unwrap(), &cancel).unwrap();
    match report::read(&ended, &frame, &survey, &Exclusions::new()).unwrap() {
        Verdict::Accepted(_) => {}
        Verdict::WithoutShims(more) => panic!("{more:#?}"),
        Verdict::Rejected(diagnostics) => panic!("{diagnostics:#?}"),
        Verdict::WithoutSupport => panic!("{}", ended.stderr),
    }
    let functions = survey.functions.iter().filter(|function| function.refusal.is_none());
    let paths: Vec<&str> = functions.map(|function| function.path.as_str()).collect();
    let expected =
        ["constant", "unit", "tracked", "foreign", "inner::deep", "process", "voices::tick"];
    assert_eq!(paths, expected);
}

#[test]
fn deep_nesting_is_no_danger() {
    for depth in [300, 1_000, 100_000] {
        let text = format!("pub fn f() -> u32 {{ {}1{} }}\n", "(".repeat(depth), ")".repeat(depth));
        let files = Files::new(&[("song.rs", text.as_str())]);
        let result = Rustc::find().unwrap().compile(&files.source("song.rs"), &Cancel::default());
        assert_eq!(result.is_ok(), depth == 300, "{depth}");
    }
    let sum = format!("pub fn f(x: u32) -> u32 {{ x{} }}\n", " + 1".repeat(2_000));
    let files = Files::new(&[("song.rs", sum.as_str())]);
    assert!(compile(&files.source("song.rs")).is_ok());
}

#[test]
fn errors_point_into_the_file_they_are_in() {
    let files = Files::new(&[
        ("song.rs", "mod voices;\nmod missing;\npub fn process() {\n    prelude::sine(1)\n}\n"),
        ("voices.rs", "pub fn tick() -> f32 {\n    \"x\"\n}\n"),
        ("prelude/mod.rs", "pub fn sine(x: f32) {\n    x.sinus();\n}\n"),
    ]);
    let error = compile(&files.source("song.rs")).unwrap_err();
    let told = messages(&error);
    assert!(told.contains(&format!("{}:2:1: file not found", files.path("song.rs").display())));
    assert!(error.diagnostics().iter().all(|d| !d.rendered.contains("/segue-")), "{error:?}");

    let song = "mod voices;\npub fn process() {\n    prelude::sine(1)\n}\n";
    fs::write(files.path("song.rs"), song).unwrap();
    let told = messages(&compile(&files.source("song.rs")).unwrap_err());
    for (path, place) in [("song.rs", "3:19"), ("voices.rs", "2:5"), ("prelude/mod.rs", "2:7")] {
        let place = format!("{}:{place}: ", files.path(path).display());
        assert!(told.contains(&place), "{place} in\n{told}");
    }
}

#[test]
fn a_text_that_syn_alone_rejects_says_so() {
    // Nightly syntax that rustc strips before it looks closer.
    let files = Files::new(&[("song.rs", "#[cfg(any())]\nfn f() { become g(); }\n")]);
    match compile(&files.source("song.rs")) {
        Ok(compiled) => assert!(compiled.interface.functions.is_empty()),
        Err(error) => assert!(error.to_string().contains("song.rs"), "{error}"),
    }
}

#[test]
fn live_symbols_are_the_users_own() {
    let files = with_prelude(
        "static COUNT: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);\n\
         pub fn process(list: &mut Vec<String>) {\n\
             COUNT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);\n\
             list.sort_by(|a, b| b.cmp(a));\n\
             list.push(format!(\"{}\", twice(&list[0])));\n\
         }\n\
         #[inline(never)] fn twice<T: std::fmt::Debug>(x: &T) -> String { format!(\"{x:?}{x:?}\") }\n",
    );
    let Compiled { object, interface, .. } = compile(&files.source("songs/song.rs")).unwrap();
    let object = object::File::parse(&*object).unwrap();
    let mut live = Vec::new();
    for symbol in object.symbols().filter(|symbol| symbol.is_definition()) {
        let name = symbol.name().unwrap();
        if interface.is_live(name) {
            live.push(function_path(name));
        }
    }
    live.sort();
    live.dedup();
    assert_eq!(live, ["process", "twice::<alloc::string::String>"]);
    let count = object.symbols().find(|symbol| symbol.name().unwrap_or("").ends_with("5COUNT"));
    let count = interface.static_fingerprint(count.unwrap().name().unwrap());
    assert_eq!(interface.statics, [("COUNT".to_owned(), count)]);
    assert_eq!(interface.static_fingerprint("another"), interface.types);
}

/// Panics in live code say where the user's text is, and the shims do what they promise: shown by
/// linking the object into a program with the system's linker.
#[test]
fn the_object_runs() {
    let files = with_prelude(SONG);
    let compiled = compile(&files.source("songs/song.rs")).unwrap();
    fs::write(files.path("song.o"), &compiled.object).unwrap();
    let main = "
        unsafe extern \"C-unwind\" {
            #[link_name = \"__segue_layout_State\"] fn layout(out: *mut usize);
            #[link_name = \"__segue_type_State_0\"] fn describe(what: usize, place: usize, at: *mut u8, out: *mut usize) -> usize;
            #[link_name = \"__segue_default_State\"] fn default(at: *mut u8);
            #[link_name = \"__segue_drop_State\"] fn drop(at: *mut u8);
            #[link_name = \"__segue_fn_process\"] fn process(state: *mut u8, block: &mut f32);
            #[link_name = \"__segue_fn_boom\"] fn boom(list: &[f32]) -> f32;
        }
        fn main() {
            let mut out = [0; 3];
            let mut words = [0; 11];
            unsafe {
                layout(out.as_mut_ptr());
                assert_eq!(out, [32, 8, 256]);
                describe(0, 0, std::ptr::null_mut(), words.as_mut_ptr());
                let [size, align, is_drop, phase, _, _, f32, taps, taps_size, taps_align, empty] = words;
                assert_eq!((size, align, is_drop, f32), (32, 8, 0, 15));
                assert_eq!((taps_size, taps_align, empty), (24, 8, 128));
                let mut state = vec![0_u64; 4];
                let at = state.as_mut_ptr().cast::<u8>();
                default(at);
                process(at, &mut 0.25);
                process(at, &mut 0.25);
                assert_eq!(at.add(phase).cast::<f32>().read(), 0.5);
                assert_eq!((*at.add(taps).cast::<Vec<f64>>()).len(), 2);
                drop(at);
                boom(&[1.0]);
            }
        }";
    fs::write(files.path("main.rs"), main).unwrap();
    let rustc = Rustc::find().unwrap();
    let mut link = Command::new(&rustc.program);
    unit::clean_environment(&mut link);
    let mut object = std::ffi::OsString::from("-Clink-arg=");
    object.push(files.path("song.o"));
    link.args(["--edition=2024", "--cap-lints=allow"]).arg(object);
    link.arg("-o").arg(files.path("main")).arg(files.path("main.rs"));
    let linked = link.output().unwrap();
    assert!(linked.status.success(), "{}", String::from_utf8_lossy(&linked.stderr));
    let ran = Command::new(files.path("main")).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&ran.stdout), "0.25\n0.5\n");
    let said = String::from_utf8_lossy(&ran.stderr);
    let place = format!("panicked at {}:17:5:", files.path("songs/song.rs").display());
    assert!(said.contains(&place), "{place} in {said}");
}

/// What LLVM knows of a body must not reach its callers: they outlive it.
#[test]
fn callers_rely_on_nothing_but_the_signature() {
    let text = "
        #[inline(never)] pub fn index(x: &mut [f32; 4]) -> usize { x[0] *= 2.0; 3 }
        pub fn process(x: &mut [f32; 4]) -> f32 { let i = index(x); x[i] }
        #[inline(never)] pub fn same(x: &mut [f32; 4]) -> usize { x[0] *= 2.0; 3 }
    ";
    let files = Files::new(&[("song.rs", text)]);
    let compiled = compile(&files.source("song.rs")).unwrap();
    let object = object::File::parse(&*compiled.object).unwrap();
    let symbols: Vec<_> = object.symbols().collect();
    let named = |path: &str| {
        let mut found = symbols.iter().filter(|symbol| {
            let name = symbol.name().unwrap_or_default();
            name.starts_with("_R") && function_path(name) == path
        });
        found.next()
    };
    assert!(named("core::panicking::panic_bounds_check").is_some(), "the bounds check is gone");
    let section = |path| named(path).unwrap().section_index();
    assert_ne!(section("index"), section("same"), "equal functions share a body");
}

#[test]
fn file_names_become_crate_names() {
    for (file, name) in [
        ("song.rs", "song"),
        ("my-first song.rs", "my_first_song"),
        ("4beats.rs", "live_4beats"),
        ("std.rs", "live_std"),
        ("fn.rs", "live_fn"),
        ("prelude.rs", "live_prelude"),
        ("über.rs", "_ber"),
    ] {
        assert_eq!(crate_name(Path::new(file)), name);
        let files = Files::new(&[(file, "pub fn f(x: f32) -> f32 { x.tan() }\n")]);
        let interface = compile(&files.source(file)).unwrap().interface;
        assert_eq!(interface.crate_name, name);
        assert_eq!(interface.functions[0].path, "f");
    }
}

#[test]
fn paths_that_are_not_utf8() {
    let files = Files::new(&[("song.rs", "mod voices;\npub fn f() { let x = 1; }\n")]);
    let directory = files.path(OsStr::from_bytes(b"so\xffngs"));
    fs::create_dir(&directory).unwrap();
    fs::write(directory.join("voices.rs"), "pub fn g() -> u8 { 300 }\n").unwrap();
    let path = directory.join(OsStr::from_bytes(b"s\xf0ng.rs"));
    let source = Source { path: path.clone(), ..files.source("song.rs") };
    let error = compile(&source).unwrap_err();
    let places: Vec<_> =
        error.diagnostics().iter().map(|d| (d.file.clone(), d.line, d.level)).collect();
    let error_in_voices = (directory.join("voices.rs"), 1, crate::Level::Error);
    assert!(places.contains(&error_in_voices), "{places:?}");

    fs::write(directory.join("voices.rs"), "pub fn g() -> u8 { 30 }\n").unwrap();
    let prelude = directory.join("prelude.rs");
    fs::write(&prelude, "pub fn h() {}\n").unwrap();
    let support = vec![Support { name: "prelude".to_owned(), path: prelude.clone() }];
    let source = Source { support, ..source };
    let compiled = compile(&source).unwrap();
    assert_eq!(compiled.files, [path, directory.join("voices.rs"), prelude]);
}

#[test]
fn a_missing_support_module_is_named() {
    let files = with_prelude(SONG);
    let source = files.source("songs/song.rs");
    fs::remove_file(files.path("prelude/mod.rs")).unwrap();
    let error = compile(&source).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Io { .. }), "{error}");
    assert!(error.to_string().contains("prelude/mod.rs"), "{error}");
}

#[test]
fn a_missing_rustc_is_an_error_that_says_what_to_do() {
    let error = Rustc::at(Path::new("/nonexistent/rustc"), "SEGUE_RUSTC").unwrap_err();
    let told = error.to_string();
    assert!(told.contains("/nonexistent/rustc from SEGUE_RUSTC"), "{told}");
    assert!(told.contains("install Rust"), "{told}");
    let error = Rustc::at(Path::new("/bin/true"), "RUSTC").unwrap_err();
    assert!(error.to_string().contains("does not answer"), "{error}");
}

#[test]
fn the_standard_library_is_found() {
    let rustc = Rustc::find().unwrap();
    assert_eq!(rustc.commit_hash().len(), 40);
    assert!(rustc.version().starts_with("1."));
    let names: Vec<String> = rustc
        .archives()
        .iter()
        .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
        .collect();
    for name in ["libstd-", "libcore-", "liballoc-", "libcompiler_builtins-", "libhashbrown-"] {
        assert!(names.iter().any(|found| found.starts_with(name)), "{name} in {names:?}");
    }
}
