//! Processes that compile and call programs: this program once more as a child, which says before each program
//! which one it is.

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::mpsc,
    time::Duration,
};

use segue::{Live, Participant};

use crate::{
    answer::{Answer, Found, Printed, one_line},
    compilers::{self, Named, Opened, Refused},
    program::Program,
};

/// What the child is told: the compiler, and a file with one program a line.
const COMPILER: &str = "SEGUE_RUST_COMPILER";
const LIST: &str = "SEGUE_RUST_LIST";

/// What the child says, each at the start of a line and followed by fields with tabs between them.
const BEGINS: &str = "@begins";
const ANSWERS: &str = "@answers";
const REFUSED: &str = "@refused";
const ENDS: &str = "@ends";

/// How long a child may say nothing before it hangs: far beyond what any program takes on any machine, also on one that
/// twenty others build on.
const PATIENCE: Duration = Duration::from_secs(600);

/// What `compiler` makes of each of `programs`.
pub(crate) fn run(compiler: Named, programs: &[&Program]) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let folder = tempfile::tempdir().expect("a temporary folder");
    while found.len() < programs.len() {
        let list = folder.path().join("list");
        let lines = programs[found.len()..].iter().map(|program| line_of(program));
        std::fs::write(&list, lines.collect::<String>()).expect("the folder can be written");
        let begun = found.len();
        let death = follow(start(compiler, &list), &mut found);
        if let Some(death) = death {
            assert!(found.len() > begun, "no program began: {death}");
            *found.last_mut().expect("one began") = Found::Died(death);
        }
    }
    found
}

fn line_of(program: &Program) -> String {
    let inputs: Vec<String> = program.inputs.iter().map(u64::to_string).collect();
    format!("{}\t{}\n", program.path.display(), inputs.join(" "))
}

fn start(compiler: Named, list: &Path) -> Child {
    Command::new("/proc/self/exe")
        .args(["--exact", "in_a_process_of_its_own", "--nocapture", "--test-threads=1"])
        .env(COMPILER, compiler.name)
        .env(LIST, list)
        // The tests are what waits for these compilers.
        .env("SEGUE_NICE", "0")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("this program can be started")
}

/// Reads what the child says until its end. Gives how it ended, unless it did so by itself and said so.
fn follow(mut child: Child, found: &mut Vec<Found>) -> Option<String> {
    let (send, lines) = mpsc::channel();
    let output = BufReader::new(child.stdout.take().expect("it is piped"));
    let errors = BufReader::new(child.stderr.take().expect("it is piped"));
    let mut has_ended = false;
    let mut has_hung = false;
    let mut last = String::new();
    let mut printed = Printed::default();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            output.lines().map_while(Result::ok).try_for_each(|line| send.send(line))
        });
        let errors = scope.spawn(move || errors.lines().map_while(Result::ok).last());
        loop {
            match lines.recv_timeout(PATIENCE) {
                Ok(line) => has_ended |= take(&line, found, &mut printed),
                Err(mpsc::RecvTimeoutError::Disconnected) => break,
                Err(mpsc::RecvTimeoutError::Timeout) => {
                    has_hung = true;
                    child.kill().expect("the child is ours");
                }
            }
        }
        last = errors.join().ok().flatten().unwrap_or_default();
    });
    let status = child.wait().expect("the child is ours");
    let why =
        if has_hung { "it hung".to_owned() } else { format!("{status}: {}", one_line(&last)) };
    (!has_ended).then_some(why)
}

/// Takes one line in; whether it was the last.
fn take(line: &str, found: &mut Vec<Found>, printed: &mut Printed) -> bool {
    if printed.take(line) {
        return false;
    }
    let fields: Vec<&str> = line.split('\t').collect();
    match fields[..] {
        [BEGINS] => found.push(Found::Answers(BTreeMap::new())),
        [ANSWERS, input, answer] => {
            let (input, answer) = (input.parse().ok(), Answer::read(answer));
            let (Some(Found::Answers(answers)), Some(input), Some(answer)) =
                (found.last_mut(), input, answer)
            else {
                panic!("`{line}` is no answer");
            };
            answers.insert(input, printed.before(answer));
        }
        [REFUSED, line, column, message] => {
            let place = line.parse().ok().zip(column.parse().ok()).filter(|(line, _)| *line != 0);
            let message = message.to_owned();
            match found.last_mut().expect("one began") {
                Found::Refused { also, .. } => also.push((place, message)),
                first => *first = Found::Refused { place, message, also: Vec::new() },
            }
        }
        [ENDS] => return true,
        _ => {}
    }
    false
}

/// The line and column where `message` begins with a place in the file at `path`; 0 where it does not.
fn named_in(message: &str, path: &Path) -> (u32, u32) {
    let after = message.strip_prefix(&format!("{}:", path.display()));
    let mut numbers = after.into_iter().flat_map(|after| after.splitn(3, ':')).map(str::parse);
    match (numbers.next(), numbers.next()) {
        (Some(Ok(line)), Some(Ok(column))) => (line, column),
        _ => (0, 0),
    }
}

/// The other side: does nothing unless [`run`] started it.
pub(crate) fn child() {
    let Ok(compiler) = std::env::var(COMPILER) else { return };
    let compiler = compilers::named(&compiler);
    let list = std::env::var_os(LIST).expect("the parent gives a list");
    let list = std::fs::read_to_string(list).expect("the parent wrote the list");
    println!();
    for line in list.lines() {
        let (path, inputs) = line.split_once('\t').expect("the parent wrote the list");
        let inputs = inputs.split_whitespace().map(|it| it.parse().expect("a number"));
        println!("{BEGINS}");
        compile_and_call(compiler, &PathBuf::from(path), inputs);
    }
    println!("{ENDS}");
}

fn compile_and_call(compiler: Named, path: &Path, inputs: impl Iterator<Item = u64>) {
    let opened = match compilers::open(compiler, path) {
        Ok(opened) => opened,
        Err(Refused::Whole { line }) => {
            println!("{REFUSED}\t{line}\t1\tcompiled with the whole file");
            return;
        }
        Err(Refused::Error(error)) => {
            let first = error.diagnostics().iter().find(|told| told.is_error());
            let is_here = first.is_some_and(|told| told.file.file_name() == path.file_name());
            let place = first.filter(|_| is_here).map_or((0, 0), |told| (told.line, told.column));
            let message = first.map_or_else(|| error.to_string(), |told| told.message.clone());
            let place = if first.is_none() { named_in(&message, path) } else { place };
            println!("{REFUSED}\t{}\t{}\t{}", place.0, place.1, one_line(&message));
            let others = error.diagnostics().iter().filter(|told| told.is_error()).skip(1);
            for told in others.filter(|told| told.file.file_name() == path.file_name()) {
                println!("{REFUSED}\t{}\t{}\t{}", told.line, told.column, one_line(&told.message));
            }
            return;
        }
    };
    let me = opened.program.participant();
    match opened.program.bind::<fn(u64) -> u64>("run") {
        Ok(run) => {
            for input in inputs {
                let answer = answer(&opened, &run, &me, path, input);
                // What the program printed may have no end of a line.
                println!("\n{ANSWERS}\t{input}\t{answer}");
            }
        }
        Err(error) => println!("{REFUSED}\t0\t0\t{}", one_line(&error.to_string())),
    }
}

fn answer(
    opened: &Opened,
    run: &Live<fn(u64) -> u64>,
    me: &Participant,
    path: &Path,
    input: u64,
) -> Answer {
    match run.pin(me).try_call(input) {
        Ok(value) => Answer::Value(value),
        Err(fault) => {
            if opened.program.generation() != opened.generation {
                // A fault goes back to the program before it was edited.
                opened.program.go_to(opened.generation).expect("the history has it");
            }
            let is_here = fault.file.file_name() == path.file_name();
            let (line, column) = if is_here { (fault.line, fault.column) } else { (0, 0) };
            Answer::Panic { line, column, message: one_line(&fault.message) }
        }
    }
}
