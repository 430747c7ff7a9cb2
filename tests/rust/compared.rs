//! Our compilers beside rustc: every program through each of them, and what differs.

use std::{
    collections::BTreeMap,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use crate::{
    answer::{Answer, Found},
    compilers::{Named, Way},
    ordinary::Expected,
    process,
    program::Program,
};

/// What stands between the place and the name of what a compiler does not support.
pub(crate) const UNSUPPORTED: &str = "not supported by the jit yet: ";

/// Programs in one process, and processes at a time.
const PROGRAMS: usize = 12;
const WORKERS: usize = 2;

/// What each compiler made of each program that it was given, in the order of the programs.
pub(crate) type All<'a> = Vec<(Named, Vec<(&'a Program, Found)>)>;

/// Compiles and calls the `programs` with each of `compilers`.
pub(crate) fn run<'a>(programs: &'a [Program], compilers: &[Named]) -> All<'a> {
    let mut jobs: Vec<(usize, Vec<&Program>)> = Vec::new();
    for (at, compiler) in compilers.iter().enumerate() {
        let given: Vec<&Program> = programs.iter().step_by(compiler.every).collect();
        jobs.extend(given.chunks(PROGRAMS).map(|chunk| (at, chunk.to_vec())));
    }
    let (next, done) = (AtomicUsize::new(0), Mutex::new(BTreeMap::new()));
    std::thread::scope(|scope| {
        for _ in 0..WORKERS.min(jobs.len()) {
            scope.spawn(|| {
                while let number = next.fetch_add(1, Ordering::Relaxed)
                    && let Some((at, given)) = jobs.get(number)
                {
                    let found = process::run(compilers[*at], given);
                    done.lock().expect("no worker panicked").insert(number, found);
                }
            });
        }
    });
    let mut all: All = compilers.iter().map(|named| (*named, Vec::new())).collect();
    for (number, found) in done.into_inner().expect("no worker panicked") {
        let (at, given) = &jobs[number];
        all[*at].1.extend(given.iter().copied().zip(found));
    }
    all
}

/// How one compiler did with one program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Agrees,
    /// With this message; as it was expected, or not.
    Refused(String),
    /// Each line is a difference.
    Differs(Vec<String>),
}

/// Compares what was found with what rustc's program gave.
pub(crate) fn verdict(expected: &BTreeMap<u64, Answer>, found: &Found) -> Verdict {
    let answers = match found {
        Found::Answers(answers) => answers,
        Found::Died(how) => return Verdict::Differs(vec![how.clone()]),
        Found::Refused { message, .. } => return Verdict::Refused(message.clone()),
    };
    let mut lines = Vec::new();
    for (input, expected) in expected {
        match answers.get(input) {
            Some(got) if got.is_as(expected) => {}
            Some(got) => lines.push(format!("input {input}: expected {expected}, got {got}")),
            None => lines.push(format!("input {input}: expected {expected}, got nothing")),
        }
    }
    if lines.is_empty() { Verdict::Agrees } else { Verdict::Differs(lines) }
}

/// Everything that is not as it should be, one a line.
pub(crate) fn problems(expected: &Expected, found: &All) -> Vec<String> {
    let mut problems = Vec::new();
    for (compiler, found) in found {
        for (program, found) in found {
            let Program { name, .. } = program;
            let mut say = |what: &str| problems.push(format!("{}: {name}: {what}", compiler.name));
            let expected = expected.get(name).unwrap_or_else(|| panic!("{name} was not run"));
            let mark = program.refusal(compiler.name);
            match (verdict(expected, found), mark) {
                (Verdict::Agrees, None) => {}
                (Verdict::Agrees, Some(mark)) => {
                    say(&format!("it agrees: take the mark `refuses: {mark}` away"));
                }
                (Verdict::Differs(lines), _) => lines.iter().for_each(|line| say(line)),
                (Verdict::Refused(message), None) => say(&format!("refused: {message}")),
                (Verdict::Refused(message), Some(mark)) => {
                    if !message.contains(mark) {
                        say(&format!("refused, and not with `{mark}`: {message}"));
                    }
                    if matches!(found, Found::Refused { place: None, .. }) {
                        say(&format!("refused without file, line and column: {message}"));
                    }
                }
            }
        }
    }
    problems
}

/// Writes into the files which programs were refused; differences stay differences.
pub(crate) fn update(found: &All) {
    for (compiler, found) in found {
        for (program, found) in found {
            let marked = format!("//# {} refuses: ", compiler.name);
            let text = std::fs::read_to_string(&program.path).expect("the program can be read");
            let mark = match found {
                Found::Refused { message, .. } => match program.refusal(compiler.name) {
                    Some(mark) if message.contains(mark) => continue,
                    _ => format!("{marked}{}\n", without_places(message)),
                },
                _ => String::new(),
            };
            let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
            lines.retain(|line| !line.starts_with(&marked));
            let about = lines.iter().take_while(|line| line.starts_with("//")).count();
            lines.insert(about, &mark);
            if lines.concat() != text {
                std::fs::write(&program.path, lines.concat()).expect("the program can be written");
            }
        }
    }
}

/// What cannot be done, without where: paths are this machine's own.
pub(crate) fn without_places(message: &str) -> &str {
    let what = message.split_once(UNSUPPORTED).map_or(message, |(_, what)| what);
    what.split(" (/").next().unwrap_or(what)
}

/// Takes those problems out that are refusals of what a compiler says it does not support yet; how many
/// they were.
pub(crate) fn take_unsupported(problems: &mut Vec<String>) -> usize {
    let before = problems.len();
    problems.retain(|problem| !(problem.contains(": refused: ") && problem.contains(UNSUPPORTED)));
    before - problems.len()
}

/// Made up findings, each of which must be a problem, and one that must not.
pub(crate) fn notices_what_it_should() {
    let compiler = Named { name: "mine", way: Way::Whole, every: 1 };
    let plain = Program {
        path: "a.rs".into(),
        name: "section/a".to_owned(),
        inputs: vec![0, 1],
        refusals: Vec::new(),
    };
    let marked =
        Program { refusals: vec![("mine".to_owned(), "no heap".to_owned())], ..plain.clone() };
    let panic = |column| Answer::Panic { line: 3, column, message: "no".to_owned() };
    let answers = |second| Found::Answers(BTreeMap::from([(0, Answer::Value(7)), (1, second)]));
    let Found::Answers(right) = answers(panic(5)) else { unreachable!("it is made so") };
    let expected = Expected::from([("section/a".to_owned(), right)]);
    let refused = |place, message: &str| Found::Refused {
        place,
        message: message.to_owned(),
        also: Vec::new(),
    };
    let cases = [
        (&plain, answers(panic(5)), 0),
        (&plain, answers(panic(6)), 1),
        (&plain, answers(Answer::Value(5)), 1),
        (&plain, Found::Answers(BTreeMap::new()), 2),
        (&plain, Found::Died("signal".to_owned()), 1),
        (&plain, refused(Some((1, 1)), "no heap here"), 1),
        (&marked, refused(Some((1, 1)), "no heap here"), 0),
        (&marked, refused(None, "no heap here"), 1),
        (&marked, refused(Some((1, 1)), "no floats"), 1),
        (&marked, answers(panic(5)), 1),
        (&marked, answers(panic(6)), 1),
    ];
    for (program, found, count) in cases {
        let told = format!("{found:?}");
        let problems = problems(&expected, &vec![(compiler, vec![(program, found)])]);
        assert_eq!(problems.len(), count, "{told}: {problems:?}");
    }
}
