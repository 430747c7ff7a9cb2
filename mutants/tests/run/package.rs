//! The package that the tests run: `tests/cases/mutants/run/hard.rs`, built once as a test binary, as a program
//! that a test starts, and as a binary with a harness of its own; and an image that says what is in them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use segue_mutants::run::{RunEvent, RunOptions, run, server};
use segue_mutants::{
    Error, Image, ImageMutant, LineColumn, LiveFunction, MadeOf, Mutant, MutantId, Operator,
    Outcome, Span, TestBinary, TestKind, Tier, Verdict,
};

/// First mutant of each function; the last number ends the last.
const FIRST: [u32; 17] = [0, 2, 3, 5, 14, 16, 17, 18, 19, 20, 21, 23, 24, 26, 27, 30, 31];

static ROOT: LazyLock<PathBuf> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("run");
    if std::env::var_os("FOR_EVER").is_some() {
        // A process of a test of ours, which has built them.
        return folder;
    }
    let server = server::object(&folder).expect("rustc compiles the server");
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/cases/mutants/run");
    for (name, source, option) in [
        ("hard", "hard.rs", "--test"),
        ("program", "hard.rs", "-Cdebug-assertions=on"),
        ("prefix", "prefix.rs", "--test"),
    ] {
        let mut rustc = Command::new("rustc");
        rustc.args(["--edition=2021", "--cap-lints=allow", option, "-o"]).arg(folder.join(name));
        rustc.arg(format!("-Clink-arg={}", server.display())).arg(sources.join(source));
        let output = rustc.output().expect("rustc runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    folder
});

/// Where the binaries are.
pub(crate) fn root() -> &'static Path {
    &ROOT
}

/// One of the two binaries.
pub(crate) fn binary(name: &str, kind: TestKind) -> TestBinary {
    TestBinary {
        package: "hard".to_owned(),
        target: name.to_owned(),
        kind,
        path: name.into(),
        directory: ".".into(),
        environment: BTreeMap::new(),
    }
}

/// An image with these binaries and all mutants.
pub(crate) fn image(binaries: Vec<TestBinary>) -> Image {
    let mutants = FIRST.windows(2).zip(0..).flat_map(|(ends, function)| {
        (ends[0]..ends[1]).map(move |number| mutant(number, Some(function)))
    });
    image_of(binaries, FIRST.len() as u32 - 1, mutants.collect())
}

/// An image with these binaries, so many functions and these mutants.
pub(crate) fn image_of(
    binaries: Vec<TestBinary>,
    functions: u32,
    mutants: Vec<ImageMutant>,
) -> Image {
    let functions = (0..functions).map(|number| LiveFunction {
        number,
        package: "hard".to_owned(),
        name: format!("function {number}"),
        file: "src/hard.rs".into(),
        tier: Tier::Slot,
        digest: u64::from(number),
    });
    Image {
        workspace: root().to_owned(),
        root: root().to_owned(),
        binaries,
        functions: functions.collect(),
        mutants,
        made_of: MadeOf::Workspace,
    }
}

/// The image of the test binary.
pub(crate) fn hard() -> Image {
    image(vec![binary("hard", TestKind::Unit)])
}

/// A mutant of a function.
pub(crate) fn mutant(number: u32, function: Option<u32>) -> ImageMutant {
    let place = LineColumn { line: 1, column: 1 };
    ImageMutant {
        mutant: Mutant {
            id: MutantId(number),
            package: "hard".to_owned(),
            file: "src/hard.rs".into(),
            function: None,
            span: Span { start: place, end: place },
            bytes: 0..0,
            operator: Operator::FnValue,
            replacement: String::new(),
            name: format!("mutant {number}"),
        },
        tier: Some(Tier::Slot),
        function,
        rejected: None,
        left_out: None,
    }
}

/// Options under which hanging tests end soon, for these mutants.
pub(crate) fn options(only: &[u32]) -> RunOptions {
    RunOptions {
        jobs: 2,
        minimum_timeout: Some(std::time::Duration::from_millis(300)),
        minimum_waiting: std::time::Duration::from_millis(500),
        memory: Some(512 << 20),
        only: Some(only.iter().copied().map(MutantId).collect()),
        ..RunOptions::default()
    }
}

/// What a run gives, and its events in one line each.
pub(crate) fn run_with(
    image: &Image,
    options: &RunOptions,
) -> (Result<Vec<Outcome>, Error>, Vec<String>) {
    let mut events = Vec::new();
    let result = run(image, options, &mut |event| {
        events.push(match event {
            RunEvent::BaselineBegins { tests, ignored } => {
                format!("{tests} tests, {ignored} ignored")
            }
            RunEvent::LeftOut { test, why, .. } => format!("left out {test}: {why:?}"),
            RunEvent::Unsteady { test } => format!("unsteady {test}"),
            RunEvent::BaselineEnds { tests, .. } => format!("{tests} judge"),
            RunEvent::Judged { outcome, done, total } => {
                format!("{done} of {total}: {} {:?}", outcome.mutant.0, outcome.verdict)
            }
            other => format!("{other:?}"),
        });
    });
    (result, events)
}

/// The outcomes of some mutants of the test binary.
#[track_caller]
pub(crate) fn outcomes(only: &[u32]) -> Vec<Outcome> {
    let outcomes = run_with(&hard(), &options(only)).0.expect("the baseline passes");
    let judged: Vec<u32> = outcomes.iter().map(|it| it.mutant.0).collect();
    assert_eq!(judged, only);
    outcomes
}

/// The outcome of one mutant.
#[track_caller]
pub(crate) fn outcome(number: u32) -> Outcome {
    outcomes(&[number]).remove(0)
}

/// Verdicts, by mutant.
pub(crate) fn verdicts(outcomes: &[Outcome]) -> Vec<(u32, Verdict)> {
    outcomes.iter().map(|it| (it.mutant.0, it.verdict)).collect()
}
