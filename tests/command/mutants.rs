//! `segue mutants`: what it finds, what it says, what it leaves behind.

mod c;
mod live;
mod package;
mod settings;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;
use std::time::Instant;

use package::{Package, lists, processes_below};
use rustix::process::Signal;

use crate::running::{Ended, PATIENCE, Running, run};

/// What the mutants of the package come to.
const MISSED: &str = "\
src/lib.rs:5:7: replace + with * in add
src/lib.rs:10:5: replace is_even -> bool with true
src/lib.rs:10:5: replace is_even -> bool with false
";

#[test]
fn a_run_shards_and_an_archive_come_to_the_same() {
    let package = Package::new();
    let ended = run(package.mutants("--annotations github")).with_code(3).plainly();
    says_what_is_missed(&ended);
    let whole = lists(&package.root());
    assert_eq!(whole[0].1, MISSED);
    let counts: Vec<_> = whole.iter().map(|(_, text)| text.lines().count()).collect();
    assert_eq!(counts, [3, 8, 2, 1, 0, 0]);
    for file in [
        "mutation.html",
        "mutation.json",
        "mutants.sarif",
        "junit.xml",
        "outcomes.json",
        "mutants.json",
    ] {
        assert!(package.root().join("mutants.out").join(file).is_file(), "{file}");
    }
    // The user's tree is as it was, but for the report and what is built.
    let source = include_str!("../cases/mutants/command/src/lib.rs");
    assert_eq!(fs::read_to_string(package.root().join("src/lib.rs")).expect("a text"), source);

    // Nothing has changed: what can be remembered is, and comes to the same. It waits as long as another works there.
    let lock = fs::File::open(package.root().join("target/segue-mutants/lock")).expect("a lock");
    lock.lock().expect("the other run");
    // What is compared is read before the folder is moved.
    let mut waiting = Running::start(package.mutants("--compare ."));
    waiting.wait_for("waiting: another run works in this workspace");
    drop(lock);
    let again = waiting.end().with_code(3);
    assert!(again.stdout().iter().any(|it| it.contains(" remembered; build")), "{again:#?}");
    assert!(
        again.stdout().iter().any(|it| it.ends_with("of cargo-mutants (100.00%)")),
        "{again:#?}"
    );
    assert_eq!(lists(&package.root()), whole);

    let codes: Vec<_> = (0..2).map(|k| shard(&package, "", k)).collect();
    assert_eq!(codes, [2, 3], "missed mutants are in the first half, timeouts in the second");
    merged(&package, "m", 2);
    assert_eq!(lists(&package.beside("m")), whole);

    // What was packed runs with the tree gone.
    run(package.mutants("--archive ../image.tar.gz")).with_code(0);
    fs::rename(package.root(), package.beside("gone")).expect("moved");
    fs::create_dir(package.root()).expect("a folder");
    let codes: Vec<_> = (0..3).map(|k| shard(&package, "run ../image.tar.gz", k)).collect();
    assert_eq!(codes.len(), 3);
    merged(&package, "archived", 3);
    assert_eq!(lists(&package.beside("archived")), whole);
}

fn says_what_is_missed(ended: &Ended) {
    let lines = ended.stdout();
    let at = |text: &str| {
        lines
            .iter()
            .position(|it| it.contains(text))
            .unwrap_or_else(|| panic!("{text}: {lines:#?}"))
    };
    let first = at("missed   src/lib.rs:5:7: replace + with * in add");
    assert_eq!(lines[first + 2].trim(), "-    a + b");
    assert_eq!(lines[first + 3].trim(), "+    a * b");
    assert_eq!(lines[first + 5].trim(), "reached by sample::tests::two_and_two");
    assert!(at("no test reaches it") < at("timeout  src/lib.rs:17:11"));
    at(
        "::warning file=src/lib.rs,line=5,col=7,endLine=5,endColumn=8,title=Missed mutant::replace + with * in add",
    );
    at("14 mutants tested in ");
    assert!(
        lines[at("tested in")].ends_with(": 3 missed, 8 caught, 1 unviable, 2 timeouts"),
        "{lines:#?}"
    );
    assert!(lines[at("by slot; build")].starts_with("13 by slot"), "{lines:#?}");
}

/// Runs a shard; gives its exit code.
fn shard(package: &Package, of: &str, k: usize) -> i32 {
    let count = if of.is_empty() { 2 } else { 3 };
    let output = format!("../{}{k}", if of.is_empty() { "m" } else { "archived" });
    let fresh = if of.is_empty() { "--fresh" } else { "" };
    let line = format!("{of} {fresh} --shard {k}/{count} --output {output} --quiet");
    run(package.mutants(&line)).code()
}

fn merged(package: &Package, name: &str, count: usize) {
    let folders: Vec<_> = (0..count).map(|k| format!("../{name}{k}")).collect();
    let ended = run(package.mutants(&format!("merge {} --output ../{name}", folders.join(" "))));
    ended.with_code(3).plainly();
}

#[test]
fn the_list_is_that_of_cargo_mutants() {
    let package = Package::new();
    let ended = run(package.mutants("--list --file lib.rs --re is_even")).with_code(0);
    let expected = [
        "src/lib.rs:10:5: replace is_even -> bool with true",
        "src/lib.rs:10:5: replace is_even -> bool with false",
    ];
    assert_eq!(ended.stdout(), expected);
    let ended = run(package.mutants("--list --json --re is_even")).with_code(0);
    let text = ended.stdout().join("\n");
    assert!(
        text.starts_with('[')
            && text.contains("\"genre\": \"FnValue\"")
            && text.contains("+    true"),
        "{text}"
    );
    let ended = run(package.mutants("--list-files")).with_code(0);
    assert_eq!(ended.stdout(), ["src/lib.rs"]);
    assert_eq!(
        package.names(),
        ["Cargo.toml", "src", "steps.txt", "tests"].map(str::to_owned).into()
    );
}

#[test]
fn wrong_arguments_are_refused_and_leave_nothing() {
    let package = Package::new();
    let before = package.names();
    for (arguments, text) in [
        ("--shard 4/4", "shard"),
        ("--shard x", "K/N"),
        ("--sharding here", "round-robin"),
        ("--operators none", "standard"),
        ("--jobs 0", "--jobs"),
        ("--jobs many", "--jobs"),
        ("--timeout-multiplier 0", "multiplier"),
        ("--minimum-test-timeout=-1", "--minimum-test-timeout"),
        ("--baseline maybe", "--baseline"),
        ("--re (", "("),
        ("--file [", "["),
        ("--package nobody", "nobody"),
        ("--dir nowhere", "there is no nowhere: name the folder of a cargo package"),
        ("--dir /dev/full", "/dev/full is no folder: name the folder of a cargo package"),
        ("--unheard-of", "--unheard-of"),
        ("--list --list-files", "--list-files"),
        ("run nowhere.tar.gz", "there is no nowhere.tar.gz: `segue mutants --archive"),
        ("run steps.txt", "steps.txt"),
        ("merge", "DIR"),
        ("merge src", "src"),
        ("--output steps.txt/inside", "steps.txt/inside"),
        ("--output a/b", "a/b"),
        ("--compare src", "no outcomes.json in src"),
        ("--archive nowhere/image.tar.gz", "nowhere/image.tar.gz"),
        ("run steps.txt --fresh", "--fresh"),
        ("merge src --jobs 2", "--jobs"),
    ] {
        let ended = run(package.mutants(arguments));
        assert_eq!(ended.code(), 1, "{arguments}: {ended:#?}");
        assert!(ended.stderr().iter().any(|it| it.contains(text)), "{arguments}: {ended:#?}");
        assert_eq!(package.names(), before, "{arguments}");
        assert!(ended.stdout().is_empty(), "{arguments}: something was begun: {ended:#?}");
    }
    run(package.mutants("--in-diff nowhere.diff")).with_code(6).says(&["nowhere.diff"]);
    run(package.mutants("--help")).with_code(0);
    let mut command = package.mutants("");
    command.env("CARGO_MUTANTS_JOBS", "many");
    run(command).with_code(1).says(&["the variable CARGO_MUTANTS_JOBS is `many`"]);
    let full = fs::File::options().write(true).open("/dev/full").expect("a device");
    let list = package.mutants("--list").stdout(full).output().expect("it runs");
    assert_eq!(list.status.code(), Some(1), "{list:?}");
    assert_eq!(package.names(), before);
}

#[test]
fn no_mutants_are_a_result_as_well() {
    let package = Package::new();
    for k in 0..2 {
        let line = format!("--re nothing_is_called_so --shard {k}/2 --output ../empty{k}");
        run(package.mutants(&line)).with_code(0).plainly();
    }
    run(package.mutants("merge ../empty0 ../empty1 --output ../all")).with_code(0);
    assert_eq!(lists(&package.beside("all")).len(), 6);
    run(package.mutants("merge ../empty0")).with_code(1).says(&["shard 1/2 is missing"]);
    run(package.mutants("--re nothing_is_called_so --archive ../image.tar.gz")).with_code(0);
    let mut command = package.mutants("run ../image.tar.gz");
    command.env("CARGO_MUTANTS_OUTPUT", "../run");
    run(command).with_code(0);
    assert!(package.beside("run/mutants.out/segue.json").is_file());
}

#[test]
fn iterate_leaves_out_what_any_run_before_has_caught() {
    let package = Package::new();
    let caught = "src/lib.rs:10:5: replace is_even -> bool with false\n\
                  src/lib.rs:10:5: replace is_even -> bool with true\n";
    package.write("mutants.out/caught.txt", caught);
    for _ in 0..3 {
        let ended = run(package.mutants("--iterate --re is_even")).with_code(0);
        assert!(ended.stdout().iter().any(|it| it.contains("no mutants")), "{ended:#?}");
        let list = package.root().join("mutants.out/previously_caught.txt");
        assert_eq!(fs::read_to_string(list).expect("a list"), caught);
    }
}

#[test]
fn a_tree_that_fails_without_mutants_is_said_with_its_output() {
    let package = Package::new();
    let before = package.names();
    package.edit("src/lib.rs", "add(2, 2), 4", "add(2, 2), 5");
    let ended = run(package.mutants("")).with_code(4);
    ended.says(&["tests::two_and_two", "assertion `left == right` failed"]);
    package.edit("src/lib.rs", "a + b", "a + c");
    let ended = run(package.mutants("")).with_code(4);
    ended.says(&["cannot find value `c`"]);
    assert_eq!(package.names(), before);
    run(package.mutants("--output ../made")).with_code(4);
    assert!(!package.beside("made").exists());
}

#[test]
fn ctrl_c_leaves_a_partial_report_and_no_process() {
    let package = Package::new();
    // The endless mutants would go on for long.
    let mut running = Running::start(package.mutants("--jobs 1 --minimum-test-timeout 1000"));
    running.wait_for("ok: 2 tests pass");
    let timeout = package.root().join("mutants.out/caught.txt");
    let deadline = Instant::now() + PATIENCE;
    while fs::read_to_string(&timeout).is_ok_and(|it| !it.contains("16:13")) {
        assert!(Instant::now() < deadline, "no mutant before the endless ones was judged");
        std::thread::yield_now();
    }
    let ended = running.interrupt().with_code(130);
    assert!(ended.stdout().iter().any(|it| it.starts_with("interrupted: ")), "{ended:#?}");
    let lists = lists(&package.root());
    assert!(lists[1].1.contains("replace add -> u32 with 0"), "{lists:?}");
    let report = package.root().join("mutants.out/mutation.json");
    assert!(fs::read_to_string(report).expect("a report").contains("\"status\": \"Pending\""));
    while !processes_below(&package.root()).is_empty() {
        assert!(Instant::now() < deadline, "{:?}", processes_below(&package.root()));
        std::thread::yield_now();
    }
}

#[test]
fn ctrl_c_while_building_leaves_no_report() {
    let package = Package::new();
    let before = package.names();
    let mut running = Running::start(package.mutants(""));
    running.wait_for("building");
    running.signal(Signal::INT);
    running.end().with_code(130).says(&["interrupted"]);
    assert_eq!(package.names(), before);
}

#[test]
fn ctrl_c_twice_ends_the_build_as_well() {
    let package = Package::new();
    // A build that does not end by itself, in place of cargo's.
    let (cargo, mark) = (package.beside("cargo"), package.beside("mark"));
    let script = "#!/bin/sh\ncase \"$1\" in\nbuild) echo $$ > \"$MARK.new\"; mv \"$MARK.new\" \"$MARK\"; exec sleep 86398;;\n*) exec cargo \"$@\";;\nesac\n";
    fs::write(&cargo, script).expect("a script");
    fs::set_permissions(&cargo, fs::Permissions::from_mode(0o755)).expect("it can be run");
    let mut command = package.mutants("");
    command.env("CARGO", &cargo).env("MARK", &mark);
    let running = Running::start(command);
    let deadline = Instant::now() + PATIENCE;
    while !mark.exists() {
        assert!(Instant::now() < deadline, "no build was begun");
        std::thread::yield_now();
    }
    running.signal(Signal::INT);
    running.signal(Signal::INT);
    running.end().with_code(130);
    let build = fs::read_to_string(&mark).expect("its number");
    let arguments = format!("/proc/{}/cmdline", build.trim());
    while fs::read_to_string(&arguments).is_ok_and(|it| it.contains("86398")) {
        assert!(Instant::now() < deadline, "the build goes on");
        std::thread::yield_now();
    }
}

#[test]
fn a_full_disk_is_said_below_the_verdicts() {
    let package = Package::new();
    let out = package.beside("small");
    fs::create_dir(&out).expect("a folder");
    // A file system that has room for the folder, and not for the page; only this process sees it.
    let mut command = Command::new("unshare");
    let script = "mount -t tmpfs -o size=200k none \"$1\" && \"$2\" mutants --file lib.rs --re add --output \"$1\"; code=$?; ls -A \"$1\"; exit $code";
    command.args(["--user", "--map-root-user", "--mount", "sh", "-c", script, "sh"]);
    command.arg(&out).arg(env!("CARGO_BIN_EXE_segue"));
    package.at_home(&mut command);
    let ended = run(command).with_code(1);
    let lines = ended.stdout();
    assert!(lines.iter().any(|it| it.contains("replace + with * in add")), "{ended:#?}");
    assert!(lines.last().is_some_and(|it| it.contains("by slot")), "something is left: {ended:#?}");
    ended.says(&["No space left on device", "small/mutants.out"]);
}
