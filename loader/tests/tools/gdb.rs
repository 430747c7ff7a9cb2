//! GDB looks at live code: attached, or with the program under it from the start.

use std::process::Command;

use crate::child::{self, Script};

/// What GDB prints for these commands.
fn gdb(arguments: &[&str], commands: &[&str]) -> String {
    let mut gdb = Command::new("gdb");
    gdb.args(["-q", "-nx", "-batch", "-ex", "set debuginfod enabled off", "-ex", "set width 0"]);
    for command in commands {
        gdb.args(["-ex", command]);
    }
    let output = gdb.args(arguments).output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text + &String::from_utf8_lossy(&output.stderr)
}

/// The lines of a backtrace in which these words stand, in this order.
fn assert_frames(backtrace: &str, frames: &[&str]) {
    let lines: Vec<&str> = backtrace.lines().filter(|line| line.starts_with('#')).collect();
    let found = lines
        .windows(frames.len())
        .any(|lines| lines.iter().zip(frames).all(|(line, frame)| line.contains(frame)));
    assert!(found, "{frames:?} is missing in:\n{backtrace}");
}

#[test]
fn gdb_shows_names_with_generations_and_lines() {
    let program = std::env::current_exe().unwrap();
    let environment = child::environment("gdb-stops");
    let mut commands = vec!["set breakpoint pending on", &environment, "break segue_stop_here"];
    commands.extend(["run", "bt", "up", "info frame", "print room", "continue", "bt", "continue"]);
    commands.extend(["bt", "info symbol live_g", "continue"]);
    let [test, exact, capture, threads] = child::arguments();
    let program = program.to_str().unwrap();
    let text = gdb(&["--args", program, test, exact, capture, threads], &commands);
    let stops: Vec<&str> = text.split("Breakpoint 1, ").collect();
    assert_eq!(stops.len(), 4, "three stops in:\n{text}");
    // Frames behind live code are found too: its unwind information was understood.
    let host = " in tools::child::stops ";
    assert_frames(stops[1], &[" in inner#1 (", " in live_f#1 (", host]);
    assert_frames(stops[1], &["/live.c:5", "/live.c:7"]);
    assert!(stops[1].contains("source language c."), "{}", stops[1]);
    assert!(stops[1].contains("$1 = {"), "the object's own variables are known: {}", stops[1]);
    // The next generation, ten lines further down. What did not change is still the first's.
    assert_frames(stops[2], &[" in inner#1 (", " in live_f#2 (", host]);
    assert_frames(stops[2], &["/live.c:5", "/live.c:17"]);
    // At the address of the first generation is another function now, and the first is gone.
    assert_frames(stops[3], &[" in inner#1 (", " in live_g#1 (", host]);
    assert!(!stops[3].contains("live_f#1"), "{}", stops[3]);
    assert!(stops[3].contains("exited normally"), "{}", stops[3]);
}

#[test]
fn gdb_can_be_attached_to_a_program_that_runs() {
    for (script, frames) in [
        ("gdb-waits", [" in inner#1 (", " in live_f#2 (", " in tools::child::waits "]),
        // Nothing is told unless asked for.
        ("no-tools", [" in ?? ()", " in ?? ()", " in "]),
    ] {
        let mut script = Script::start(child::command(script));
        let said = script.wait();
        let process = script.child.id().to_string();
        let text = gdb(&["-p", &process], &["thread apply all bt", "info symbol 0x10"]);
        script.go_on();
        script.end();
        assert_frames(&text, &frames);
        assert!(said.contains("0x"), "{said}");
    }
}

#[test]
fn hardware_breakpoints_stop_in_live_code() {
    let program = std::env::current_exe().unwrap();
    let environment = child::environment("gdb-stops");
    let commands = [
        &*environment,
        "break segue_stop_here",
        "run",
        "hbreak inner#1",
        "continue",
        "bt 3",
        "kill",
    ];
    let [test, exact, capture, threads] = child::arguments();
    let program = program.to_str().unwrap();
    let text = gdb(&["--args", program, test, exact, capture, threads], &commands);
    // In the second generation, which calls the first one's private code.
    assert!(text.contains("Breakpoint 2, inner#1 (count=3)"), "{text}");
    assert_frames(&text, &["inner#1 (count=3)", " in live_f#2 ("]);
}
