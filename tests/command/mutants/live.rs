//! `segue mutants song.rs`: a live file's own tests judge its mutants, in the process that has it open and in forks.

use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use tempfile::TempDir;

use super::package::lists;
use crate::running::{Ended, PATIENCE, Running, run};

const SONG: &str = include_str!("../../cases/mutants/live/song.rs");

/// What becomes of each mutant, by list.
const VERDICTS: &str = include_str!("../../cases/mutants/live/verdicts.txt");

/// A live file in a folder of its own.
struct Song {
    folder: TempDir,
}

impl Song {
    fn new(text: &str) -> Song {
        let song = Song { folder: tempfile::tempdir().expect("a folder") };
        fs::write(song.root().join("song.rs"), text).expect("a file");
        song
    }

    fn root(&self) -> &Path {
        self.folder.path()
    }

    /// `segue mutants` with arguments, in the folder.
    fn mutants(&self, arguments: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_segue"));
        command.arg("mutants").args(arguments.split_whitespace());
        command.current_dir(self.root()).stdin(Stdio::null());
        ["NO_COLOR", "CLICOLOR_FORCE", "GITHUB_ACTION"]
            .iter()
            .for_each(|variable| _ = command.env_remove(variable));
        command
    }

    /// What is in the folder.
    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.root()).expect("a folder").flatten();
        let mut names: Vec<_> =
            entries.map(|it| it.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    /// The lists of a run, one below the other.
    fn verdicts(&self) -> String {
        let lists = lists(self.root()).into_iter().filter(|(_, text)| !text.is_empty());
        lists.map(|(name, text)| format!("{name}\n{text}")).collect()
    }
}

#[test]
fn every_kind_of_mutant_and_every_kind_of_test() {
    let song = Song::new(SONG);
    let ended = run(song.mutants("song.rs")).with_code(3).plainly();
    assert_eq!(song.verdicts(), VERDICTS, "{ended:#?}");
    let says = |text: &str| ended.stdout().iter().any(|it| it.contains(text));
    assert!(says("ok: 5 tests pass without mutants"), "{ended:#?}");
    assert!(says("reached by song::two_and_two"), "{ended:#?}");
    assert!(says("4 mutants need builds of their own"), "{ended:#?}");
    let all = fs::read_to_string(song.root().join("mutants.out/segue.json")).expect("a report");
    assert!(all.contains("attempt to compute `250_u8 * 5_u8`"), "{all}");
    assert_eq!(fs::read_to_string(song.root().join("song.rs")).expect("a text"), SONG);
    assert_eq!(song.names(), ["mutants.out", "song.rs"]);
    for file in ["mutation.html", "mutants.sarif", "junit.xml", "outcomes.json", "segue.json"] {
        assert!(song.root().join("mutants.out").join(file).is_file(), "{file}");
    }
}

#[test]
fn a_fork_comes_to_the_same_and_parts_make_the_whole() {
    let song = Song::new(SONG);
    let chosen = ["in steps", "in stay", "pass with", "open with"];
    let expected: String = VERDICTS
        .lines()
        .filter(|line| !line.contains(' ') || chosen.iter().any(|it| line.contains(it)))
        .filter(|line| *line != "unviable.txt")
        .map(|line| format!("{line}\n"))
        .collect();
    for part in 0..2 {
        let re = chosen.map(|it| format!("--re {}", it.replace(' ', "."))).join(" ");
        run(song.mutants(&format!("song.rs --fork {re} --shard {part}/2 --output part{part}")));
    }
    let ended = run(song.mutants("merge part0 part1")).with_code(3);
    assert_eq!(song.verdicts(), expected, "{ended:#?}");
}

#[test]
fn only_what_an_edit_concerns_is_judged_again() {
    let text = "pub fn one(n: u32) -> u32 { n + 1 }\npub fn two(n: u32) -> u32 { n + 2 }\n\
        #[test] fn ones() { assert_eq!(one(5), 6); }\n#[test] fn twos() { assert_eq!(two(5), 7); }\n";
    let song = Song::new(text);
    let judged = |arguments: &str| {
        run(song.mutants(&format!("song.rs{arguments}"))).with_code(0);
        let report = fs::read_to_string(song.root().join("mutants.out/segue.json"));
        let report = report.expect("a report");
        (
            report.matches("\"verdict\":\"Caught\"").count(),
            report.matches("\"remembered\":true").count(),
        )
    };
    assert_eq!(judged(""), (8, 0));
    assert_eq!(judged(""), (8, 8));
    let edit = |from: &str, to: &str| {
        let text = fs::read_to_string(song.root().join("song.rs")).expect("a text");
        assert!(text.contains(from), "{from} in {text}");
        fs::write(song.root().join("song.rs"), text.replace(from, to)).expect("a file");
    };
    edit("n + 2", "2 + n");
    assert_eq!(judged(""), (8, 4));
    edit("two(5), 7", "two(6), 8");
    assert_eq!(judged(""), (8, 4));
    edit("pub fn one", "// Something else.\npub fn one");
    assert_eq!(judged(""), (8, 0));
    assert_eq!(judged(" --fork"), (8, 0));
}

#[test]
fn the_list_has_the_names_of_packages() {
    let song = Song::new(SONG);
    let ended = run(song.mutants("song.rs --list --re is_even")).with_code(0);
    let expected = [
        "song.rs:20:5: replace is_even -> bool with true",
        "song.rs:20:5: replace is_even -> bool with false",
    ];
    assert_eq!(ended.stdout(), expected);
    assert_eq!(run(song.mutants("song.rs --list-files")).stdout(), ["song.rs"]);
    let from_elsewhere = format!("{} --list --re is_even", song.root().join("song.rs").display());
    let mut command = song.mutants(&from_elsewhere);
    command.current_dir("/");
    let listed = run(command).with_code(0);
    assert!(listed.stdout().iter().all(|it| it.contains("/song.rs:20:5: ")), "{listed:#?}");
    let diff = "--- a/song.rs\n+++ b/song.rs\n@@ -15,1 +15,1 @@\n-    a - b\n+    a + b\n";
    fs::write(song.root().join("x.diff"), diff).expect("a file");
    let ended = run(song.mutants("song.rs --list --in-diff x.diff --re with.-")).with_code(0);
    assert_eq!(ended.stdout(), ["song.rs:15:7: replace + with - in add"]);
}

#[test]
fn what_cannot_be_judged_is_refused_and_leaves_nothing() {
    let song = Song::new(SONG);
    fs::write(song.root().join("notes.txt"), "").expect("a file");
    fs::create_dir(song.root().join("folder.rs")).expect("a folder");
    let before = song.names();
    let refuses = |arguments: &str, code: i32, texts: &[&str]| {
        let ended = run(song.mutants(arguments)).with_code(code).says(texts);
        assert_eq!(song.names(), before, "{arguments}: {ended:#?}");
    };
    refuses("song.rs --file song.rs", 1, &["--file"]);
    refuses("song.rs --package song", 1, &["--package"]);
    refuses("song.rs --archive x.tar.gz", 1, &["compiled while they are judged", "--shard"]);
    refuses("--fork", 1, &["SONG.rs"]);
    refuses("notes.txt", 1, &["notes.txt", "no live file"]);
    refuses("nowhere.rs", 1, &["there is no nowhere.rs: name a live file"]);
    refuses("folder.rs", 1, &["folder.rs", "not a file"]);
    refuses("serve-live", 1, &["give it the file"]);
    refuses("song.rs --prelude nowhere", 1, &["nowhere"]);
    refuses("song.rs --doctests false", 1, &["--doctests"]);
    run(song.mutants("song.rs --re nothing_is_called_so")).with_code(0);
    assert!(song.root().join("mutants.out/segue.json").is_file());
}

#[test]
fn a_file_that_fails_without_mutants_is_said_with_its_place() {
    let fails = |text: &str, texts: &[&str]| -> Ended {
        let song = Song::new(text);
        let ended = run(song.mutants("song.rs")).with_code(4).says(texts);
        assert_eq!(song.names(), ["song.rs"], "{ended:#?}");
        ended
    };
    fails("pub fn one() -> u32 { 1 }", &["it has no tests"]);
    fails("pub fn one() -> u32 { 1 }\n#[test] #[ignore] fn it() {}", &["tests that are ignored"]);
    fails("pub fn one() -> u32 { 1 ", &["song.rs:1:"]);
    let text = "pub fn one() -> u32 { 1 }\n#[test]\nfn it() {\n    assert_eq!(one(), two());\n}";
    fails(text, &["song.rs:4:23", "cannot find function `two`"]);
    let text = "pub fn one() -> u32 { 1 }\n#[test]\nfn it() {\n    assert_eq!(one(), 2);\n}";
    fails(text, &["the test song::it fails", "song.rs:4:5", "left: 1"]);
    let text = "static WAS_HERE: std::sync::atomic::AtomicBool = std::sync::atomic::AtomicBool::new(false);
pub fn once() -> bool { !WAS_HERE.swap(true, std::sync::atomic::Ordering::Relaxed) }
#[test] fn it() { assert!(once()); }";
    // It passes once in a process: --fork gives it one for each time.
    let song = Song::new(text);
    let ended = run(song.mutants("song.rs --jobs 1"));
    assert!(ended.stdout().iter().any(|it| it.contains("--fork")), "{ended:#?}");
    let ended = run(song.mutants("song.rs --fork --re once.->")).with_code(2);
    assert!(ended.stdout().iter().any(|it| it.contains("with true")), "{ended:#?}");
}

#[test]
fn ctrl_c_leaves_a_partial_report() {
    let song = Song::new(SONG);
    let mut running =
        Running::start(song.mutants("song.rs --jobs 1 --re in.steps --minimum-test-timeout 1000"));
    running.wait_for("ok: 5 tests pass");
    let caught = song.root().join("mutants.out/caught.txt");
    let deadline = Instant::now() + PATIENCE;
    while fs::read_to_string(&caught).is_ok_and(|it| it.is_empty()) {
        assert!(Instant::now() < deadline, "no mutant before the endless ones was judged");
        std::thread::yield_now();
    }
    let ended = running.interrupt().with_code(130);
    assert!(ended.stdout().iter().any(|it| it.starts_with("interrupted: ")), "{ended:#?}");
    let report = song.root().join("mutants.out/mutation.json");
    assert!(fs::read_to_string(report).expect("a report").contains("\"status\": \"Pending\""));
}

/// The runner is killed by the compiler that the server of tests has started: it cannot tidy up any more.
#[test]
fn a_server_that_opens_the_file_when_the_runner_is_killed_leaves_nothing() {
    let song = Song::new(SONG);
    let text = "#!/bin/sh
if [ -n \"$SEGUE_HITS\" ]; then
  read -r _ _ _ runner _ < /proc/$PPID/stat
  kill -9 \"$runner\"
fi
exec rustc \"$@\"
";
    let (written, wrapper) = (song.root().join("text"), song.root().join("rustc"));
    fs::write(&written, text).expect("a file");
    // By a child: what is open for writing here another test's child would inherit, and it could not be run.
    let installed = Command::new("install").args(["-m", "755"]).args([&written, &wrapper]).status();
    assert!(installed.expect("it runs").success());
    let temporary = song.root().join("temporary");
    fs::create_dir(&temporary).expect("a folder");
    let mut command = song.mutants("song.rs");
    command.env("SEGUE_RUSTC", &wrapper).env("TMPDIR", &temporary);
    let ended = command.output().expect("it runs");
    assert_eq!(ended.status.signal(), Some(9), "{ended:?}");
    let since = Instant::now();
    while fs::read_dir(&temporary).expect("a folder").next().is_some() {
        assert!(since.elapsed() < PATIENCE, "the tests' folder stays");
        std::thread::yield_now();
    }
}
