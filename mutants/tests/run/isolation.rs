//! What a mutant's test leaves: nothing, neither files nor processes, however the run ends.

use std::sync::atomic::Ordering;
use std::time::Duration;

use segue_mutants::run::{Prefix, RunEvent, run};
use segue_mutants::{TestKind, Verdict};

use crate::package::{binary, hard, image, options, outcome, run_with, verdicts};
use crate::prefix::is_possible;

/// Processes of this user with a word among their arguments.
fn processes_with(word: &str) -> Vec<u32> {
    let has_word = |pid: &u32| {
        let arguments = std::fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
        arguments.split(|byte| *byte == 0).any(|it| it == word.as_bytes())
    };
    let entries = std::fs::read_dir("/proc").expect("/proc is there").flatten();
    entries.filter_map(|it| it.file_name().to_str()?.parse().ok()).filter(has_word).collect()
}

#[test]
fn files_in_the_temporary_folder_are_gone_before_the_next_test() {
    // The test itself fails unless its folder is empty when it begins.
    assert_eq!(outcome(16).verdict, Verdict::Missed);
}

#[test]
fn a_test_sees_the_name_of_the_terminal() {
    // The harness does not; the test fails without a mutant if it does not either.
    let mut binary = binary("hard", TestKind::Unit);
    for name in ["TERM", "EXPECTED_TERM"] {
        binary.environment.insert(name.to_owned(), "xterm".to_owned());
    }
    let outcomes = run_with(&image(vec![binary]), &options(&[0])).0.unwrap();
    assert_eq!(verdicts(&outcomes), [(0, Verdict::Caught)]);
}

#[test]
fn threads_that_are_left_running_do_not_keep_a_test_from_passing() {
    assert_eq!(outcome(17).verdict, Verdict::Missed);
}

#[test]
fn processes_that_are_left_running_are_ended() {
    assert_eq!(outcome(18).verdict, Verdict::Missed);
    assert!(processes_with("86399").is_empty());
}

#[test]
fn a_mutant_that_kills_the_server_is_not_judged_and_the_others_are() {
    let mut options = options(&[0, 1, 24, 25]);
    options.jobs = 1;
    let outcomes = run_with(&hard(), &options).0.unwrap();
    let expected = [Verdict::Caught, Verdict::Missed, Verdict::NotJudged, Verdict::Caught];
    assert_eq!(outcomes.iter().map(|it| it.verdict).collect::<Vec<_>>(), expected);
    assert!(outcomes[2].detail.contains("the server of hard"), "{}", outcomes[2].detail);
}

#[test]
fn a_stopped_run_gives_what_it_has_and_leaves_no_process() {
    // A mark that the servers of this run alone carry.
    let mut binary = binary("hard", TestKind::Unit);
    binary.path = "./hard".into();
    let image = image(vec![binary]);
    let mut options = options(&[0, 1, 8]);
    options.jobs = 1;
    options.minimum_waiting = Duration::from_secs(600);
    let stop = options.stop.clone();
    let mut judged = 0;
    let outcomes = run(&image, &options, &mut |event| {
        if matches!(event, RunEvent::Judged { .. }) {
            judged += 1;
            stop.store(judged == 2, Ordering::Relaxed);
        }
    });
    let expected = [(0, Verdict::Caught), (1, Verdict::Missed)];
    assert_eq!(verdicts(&outcomes.unwrap()), expected);
    let path = crate::package::root().join("./hard").display().to_string();
    assert!(processes_with(&path).is_empty());
}

/// Not a test by itself: the next one runs it in a process of its own, and kills that.
#[test]
fn runs_for_ever_when_it_is_asked_to() {
    if std::env::var_os("FOR_EVER").is_none() {
        return;
    }
    let mut binary = binary("hard", TestKind::Unit);
    binary.path = "././hard".into();
    let mut options = options(&[8]);
    options.minimum_waiting = Duration::from_secs(600);
    options.prefix = Prefix::Always;
    let outcomes = run(&image(vec![binary]), &options, &mut |event| match event {
        RunEvent::BaselineEnds { .. } => eprintln!("the baseline is done"),
        RunEvent::PrefixOnce { .. } => eprintln!("a test is stopped"),
        _ => {}
    });
    panic!("it came to an end: {outcomes:?}");
}

#[test]
fn a_runner_that_is_killed_leaves_neither_process_nor_folder() {
    let path = crate::package::root().join("././hard").display().to_string();
    let mut command = std::process::Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "isolation::runs_for_ever_when_it_is_asked_to", "--nocapture"]);
    let temporary = tempfile::tempdir().unwrap();
    command
        .env("TMPDIR", temporary.path())
        .env("FOR_EVER", "1")
        .stdout(std::process::Stdio::null());
    let mut runner = command.stderr(std::process::Stdio::piped()).spawn().unwrap();
    let lines = std::io::BufRead::lines(std::io::BufReader::new(runner.stderr.take().unwrap()));
    let said = if is_possible() { "a test is stopped" } else { "the baseline is done" };
    assert!(lines.map_while(Result::ok).any(|it| it.contains(said)));
    // Servers, one of them stopped in the test, or that and the test of the mutant: something is there to be left.
    assert!(!processes_with(&path).is_empty());
    assert!(std::fs::read_dir(temporary.path()).unwrap().count() > 0);
    runner.kill().unwrap();
    runner.wait().unwrap();
    let left = || {
        let folders = std::fs::read_dir(temporary.path()).unwrap().count();
        (folders, processes_with(&path))
    };
    let began = std::time::Instant::now();
    while left() != (0, Vec::new()) {
        assert!(began.elapsed() < Duration::from_secs(60), "{:?}", left());
        std::thread::yield_now();
    }
}

#[test]
fn load_on_the_machine_changes_no_verdict() {
    let is_over = std::sync::atomic::AtomicBool::new(false);
    let busy = || {
        while !is_over.load(Ordering::Relaxed) {
            std::hint::spin_loop()
        }
    };
    let all: Vec<u32> = (0..24).collect();
    let calm = run_with(&hard(), &options(&all)).0.unwrap();
    let loaded = std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(busy);
        }
        let outcomes = run_with(&hard(), &options(&all)).0;
        is_over.store(true, Ordering::Relaxed);
        outcomes.unwrap()
    });
    assert_eq!(calm.len(), loaded.len());
    for (calm, loaded) in calm.iter().zip(&loaded) {
        assert_eq!(calm.verdict, loaded.verdict, "calm: {calm:?}\nloaded: {loaded:?}");
    }
}
