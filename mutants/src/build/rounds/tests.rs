//! What a build that failed says.

use super::*;
use crate::build::cargo::Said;

fn said(stderr: &str) -> Said {
    Said { stderr: stderr.to_owned(), ..Said::default() }
}

#[test]
fn a_killed_compiler_says_nothing_about_a_mutant() {
    let killed = "error: could not compile `a` (lib)\n\nCaused by:\n  process didn't exit successfully: `rustc --crate-name a` (signal: 9, SIGKILL: kill)\n";
    let error = refuse_killed(&said(killed)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Machine);
    assert!(error.to_string().contains("signal: 9, SIGKILL"), "{error}");
}

#[test]
fn a_compiler_that_rejects_or_crashes_was_not_killed() {
    for stderr in [
        "error: could not compile `a` (lib) due to 1 previous error",
        "process didn't exit successfully: `rustc` (signal: 11, SIGSEGV: invalid memory reference)",
        "process didn't exit successfully: `rustc` (signal: 25, SIGXFSZ)",
        "process didn't exit successfully: `rustc` (exit status: 101)",
    ] {
        assert!(refuse_killed(&said(stderr)).is_ok(), "{stderr}");
    }
}

#[test]
fn an_error_without_a_place_is_said() {
    let message = |level: &str, text: &str| -> Diagnostic {
        let json = format!(
            r#"{{"message":"{text}","code":null,"level":"{level}","spans":[],"children":[],"rendered":"{level}: {text}"}}"#
        );
        serde_json::from_str(&json).unwrap()
    };
    let diagnostics = vec![
        message("warning", "unused"),
        message("error", "failed to write a.o: No space left on device"),
        message("error", "aborting due to 1 previous error"),
    ];
    let said = Said { diagnostics, ..said("error: could not compile `a`\n") };
    let expected =
        "error: failed to write a.o: No space left on device\nerror: could not compile `a`";
    assert_eq!(reasons(&said), expected);
}
