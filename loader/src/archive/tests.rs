//! Archives made with `ar`, with and without an index.

use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::error::ErrorKind;
use crate::host::{Definition, Symbols, Want};
use crate::testing::{c, is_live};
use crate::{Config, Error, Linker, Memory, Object, Selection, SlotIndex, Targets, split};

/// An archive of C members in a directory of its own, in the folder `lib` there.
fn archive(flags: &str, members: &[(&str, &str)]) -> (TempDir, PathBuf) {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("lib/libtest.a");
    std::fs::create_dir(directory.path().join("lib")).unwrap();
    let mut command = Command::new("ar");
    command.current_dir(&directory).args(flags.split(" ")).arg("lib/libtest.a");
    for (name, source) in members {
        let object = if source.is_empty() { b"metadata".to_vec() } else { c(source, &[]) };
        std::fs::write(directory.path().join(name), object).unwrap();
        command.arg(name);
    }
    assert!(command.status().unwrap().success());
    (directory, path)
}

fn lookup(path: &Path, name: &str) -> Option<(u32, i64)> {
    let mut symbols = Symbols::of_process().unwrap();
    symbols.archive(path).unwrap();
    match symbols.lookup(name, Want::Address).unwrap() {
        Some(Definition::Member { member, at, .. }) => {
            assert!(!symbols.archives.units(member).blocks.blocks.is_empty());
            Some((member, at))
        }
        _ => None,
    }
}

const FIRST: &str = "int segue_test_a(void) { return 1; } static int hidden_in_a(void) { return 5; } \
    int segue_test_use(void) { return hidden_in_a(); }";
const SECOND: &str = "int segue_test_a(void) { return 2; } int segue_test_b[2] = {1, 2};";

const LONG: &str = "a_name_that_does_not_fit_the_header.o";

#[test]
fn members_are_found_with_and_without_an_index() {
    for flags in ["rcs", "rcS", "--thin -rcs", "--thin -rcS"] {
        let (_directory, path) =
            archive(flags, &[("lib.rmeta", ""), (LONG, FIRST), ("b.o", SECOND)]);
        assert_eq!(lookup(&path, "segue_test_a"), Some((0, 0)), "{flags}");
        assert_eq!(lookup(&path, "segue_test_b"), Some((0, 0)), "{flags}");
        assert_eq!(lookup(&path, "hidden_in_a"), None, "local names are the member's own");
        assert_eq!(lookup(&path, "nobody_has_this"), None);
    }
}

#[test]
fn a_member_is_parsed_once() {
    let (_directory, path) = archive("rcs", &[("a.o", FIRST)]);
    let mut symbols = Symbols::of_process().unwrap();
    symbols.archive(&path).unwrap();
    for name in ["segue_test_a", "segue_test_use", "segue_test_a"] {
        let found = symbols.lookup(name, Want::Address).unwrap();
        assert!(matches!(found, Some(Definition::Member { member: 0, .. })), "{name}");
    }
}

#[test]
fn files_that_are_no_archives_are_refused_by_name() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("not.a");
    let mut symbols = Symbols::of_process().unwrap();
    let missing = symbols.archive(&path).unwrap_err();
    std::fs::write(&path, "!<arsh>\nnothing").unwrap();
    let wrong = symbols.archive(&path).unwrap_err();
    for error in [missing, wrong] {
        assert_eq!(error.kind(), ErrorKind::File);
        assert!(error.to_string().contains("not.a"), "{error}");
    }
}

#[test]
fn missing_members_of_thin_archives_are_named_with_their_archive() {
    for flags in ["--thin -rcs", "--thin -rcS"] {
        let (directory, path) = archive(flags, &[("a.o", FIRST), (LONG, SECOND)]);
        std::fs::remove_file(directory.path().join(LONG)).unwrap();
        let mut symbols = Symbols::of_process().unwrap();
        symbols.archive(&path).unwrap();
        let error = symbols.lookup("segue_test_b", Want::Address).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::File);
        for part in ["libtest.a(../a_name", &format!("lib/../{LONG}:"), "No such file"] {
            assert!(error.to_string().contains(part), "{part} is missing in: {error}");
        }
        if flags.ends_with('s') {
            let found = symbols.lookup("segue_test_a", Want::Address).unwrap();
            assert!(found.is_some(), "a member that is there needs no other");
        }
    }
}

/// An archive as BSD's `ar` writes it: names before the contents, offsets by name.
fn bsd(name: &str, symbols: &[&str], object: &[u8]) -> Vec<u8> {
    let member = |name: &str, content: &[u8]| {
        let (mut name, size) = (name.as_bytes().to_vec(), content.len());
        name.resize(name.len().next_multiple_of(4), 0);
        let total = name.len() + size;
        let header =
            format!("#1/{:<13}{:<12}{:<6}{:<6}{:<8}{total:<10}`\n", name.len(), 0, 0, 0, 0);
        [header.as_bytes(), &name, content, &b"\n"[..total % 2]].concat()
    };
    let index = |offset: u32| {
        let mut names = Vec::new();
        let mut index = (symbols.len() as u32 * 8).to_le_bytes().to_vec();
        for symbol in symbols {
            index.extend((names.len() as u32).to_le_bytes());
            index.extend(offset.to_le_bytes());
            names.extend(symbol.bytes().chain([0]));
        }
        index.extend((names.len() as u32).to_le_bytes());
        member("__.SYMDEF", &[index, names].concat())
    };
    let start = b"!<arch>\n".len() + index(0).len();
    [b"!<arch>\n", &*index(start as u32), &*member(name, object)].concat()
}

#[test]
fn the_index_of_a_bsd_archive_is_used() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("libbsd.a");
    std::fs::write(&path, bsd(LONG, &["segue_test_a"], &c(FIRST, &[]))).unwrap();
    assert_eq!(lookup(&path, "segue_test_a"), Some((0, 0)));
    assert_eq!(lookup(&path, "segue_test_use"), None, "only the index is asked");
}

struct NoTargets;

impl Targets for NoTargets {
    fn slot(&mut self, _: &str) -> Result<SlotIndex, Error> {
        Ok(SlotIndex(0))
    }

    fn static_fingerprint(&mut self, _: &str) -> u128 {
        0
    }
}

/// Calls the only function of an object linked against an archive, a few times.
fn run(linker: &mut Linker, source: &str) -> [u32; 2] {
    let split = split(Object::parse("live.o", c(source, &[])).unwrap(), &is_live).unwrap();
    let batch = [Selection { split: &split, functions: &[0] }];
    let linked = linker.link(&batch, &mut NoTargets).unwrap();
    // SAFETY: the test's source declares it like this, and `linked` owns it.
    let function: extern "C" fn() -> u32 =
        unsafe { std::mem::transmute::<usize, _>(linked[0].entry()) };
    [function(), function()]
}

#[test]
fn what_is_linked_from_a_member_shares_the_hosts_variables_and_keeps_its_own() {
    // The host's tests define SEGUE_LOADER_TEST_STATIC with the value 0x5E60E.
    let member = "unsigned SEGUE_LOADER_TEST_STATIC = 1; static unsigned calls; \
        unsigned segue_test_other(void); \
        unsigned segue_test_read(void) { calls += 0x100000; return calls + SEGUE_LOADER_TEST_STATIC + segue_test_other(); }";
    let other = "__attribute__((noinline)) static unsigned deep(unsigned x) { return x * 2; } \
        volatile unsigned segue_test_one = 1; unsigned segue_test_other(void) { return deep(segue_test_one); }";
    let (_directory, path) = archive("rcs", &[("a.o", member), ("b.o", other)]);
    let mut symbols = Symbols::of_process().unwrap();
    symbols.archive(&path).unwrap();
    let mut linker = Linker::new(Memory::reserve(Config::default()).unwrap(), symbols);
    let source =
        "unsigned segue_test_read(void); unsigned live_f(void) { return segue_test_read(); }";
    assert_eq!(run(&mut linker, source), [0x15_E610, 0x25_E610]);
    let edited = source.replace("return", "return 1 +");
    assert_eq!(run(&mut linker, &edited), [0x35_E611, 0x45_E611], "linked once and kept");
}
