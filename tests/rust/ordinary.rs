//! What rustc makes of the programs as ordinary ones: all of them are modules of one crate, compiled and run once.

use std::{
    collections::{BTreeMap, HashMap},
    fmt::Write,
    path::Path,
    process::{Command, Stdio},
};

use crate::{
    answer::{Answer, Printed},
    program::Program,
};

/// Calls every program with its inputs, and notes what a panic says.
const MAIN: &str = r#"
thread_local! {
    static FILE: std::cell::Cell<&'static str> = const { std::cell::Cell::new("") };
    static NOTED: std::cell::RefCell<String> = const { std::cell::RefCell::new(String::new()) };
}

fn called(name: &str, file: &'static str, run: fn(u64) -> u64, inputs: &[u64]) {
    FILE.set(file);
    for input in inputs {
        match std::panic::catch_unwind(|| run(*input)) {
            Ok(value) => println!("{name}\t{input}\t{value}"),
            Err(_) => println!("{name}\t{input}\t{}", NOTED.take()),
        }
    }
}

fn main() {
    std::panic::set_hook(Box::new(|info| {
        let place = info.location().expect("a panic has a place");
        let message = info.payload_as_str().unwrap_or("no text").replace('\n', "\\n").replace('\t', "\\t");
        let is_here = place.file() == FILE.get();
        let (line, column) = if is_here { (place.line(), place.column()) } else { (0, 0) };
        NOTED.set(format!("panic {line}:{column} {message}"));
    }));
"#;

/// By name, then by input.
pub(crate) type Expected = HashMap<String, BTreeMap<u64, Answer>>;

/// Compiles all `programs` in one call, runs them, and gives every answer.
pub(crate) fn run(programs: &[Program]) -> Expected {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (source, executable) = (folder.path().join("main.rs"), folder.path().join("main"));
    std::fs::write(&source, main_of(programs)).expect("the folder can be written");
    compile(&source, &executable);
    let mut command = Command::new(&executable);
    let output = command.stdin(Stdio::null()).output().expect("the program can be started");
    let told = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    let last = told.lines().next_back().unwrap_or_default();
    assert!(output.status.success(), "{} after `{last}`\n{errors}", output.status);
    let mut expected = Expected::new();
    let mut printed = Printed::default();
    for line in told.lines() {
        if printed.take(line) {
            continue;
        }
        let mut parts = line.splitn(3, '\t');
        let mut part = || parts.next().unwrap_or_default();
        let (name, input, answer) = (part(), part(), part());
        let input = input.parse().unwrap_or_else(|_| panic!("`{line}` is no answer"));
        let answer = Answer::read(answer).unwrap_or_else(|| panic!("`{line}` is no answer"));
        let answer = printed.before(answer);
        expected.entry(name.to_owned()).or_default().insert(input, answer);
    }
    expected
}

fn main_of(programs: &[Program]) -> String {
    let mut text = String::from("#![allow(warnings)]\n");
    for (number, program) in programs.iter().enumerate() {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "#[path = {:?}] mod p{number};", program.path);
    }
    text.push_str(MAIN);
    for (number, program) in programs.iter().enumerate() {
        let Program { name, path, inputs, .. } = program;
        let _ = writeln!(text, "    called({name:?}, {path:?}, p{number}::run, &{inputs:?});");
    }
    text.push_str("}\n");
    text
}

/// With the semantics that our compilers are asked for: overflow is checked, and nothing else of debug.
fn compile(source: &Path, executable: &Path) {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc)
        .args(["--edition=2024", "-Copt-level=0", "-Cdebuginfo=0"])
        .args(["-Coverflow-checks=on", "-Cdebug-assertions=off"])
        .arg("-o")
        .arg(executable)
        .arg(source)
        .stdin(Stdio::null())
        .output()
        .expect("rustc is on the machine");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "rustc does not accept the programs:\n{errors}");
}
