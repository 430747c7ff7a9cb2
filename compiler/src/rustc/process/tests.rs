//! Compilers that hang, die or talk too much: scripts that answer as rustc does.

use std::fs;

use super::*;
use crate::Compiler;
use crate::rustc::Rustc;
use crate::rustc::tests::Files;

/// A program that answers as rustc does, and runs `script` when asked to compile.
fn fake(files: &Files, script: &str) -> Rustc {
    let answers = "case \"$1\" in\n-vV) echo host: x; echo release: 1.95.0; exit;;\n--print) echo /nowhere; exit;;\nesac\n";
    let path = files.script("rustc.sh", &format!("{answers}{script}"));
    Rustc::at(&path, "SEGUE_RUSTC").unwrap()
}

#[test]
fn cancelling_kills_the_compiler_and_what_it_started() {
    let files = Files::new(&[("song.rs", "pub fn f() {}\n")]);
    let fifo = files.path("started");
    let made = Command::new("mkfifo").arg(&fifo).status().unwrap();
    assert!(made.success());
    let script = format!("sleep 1000 &\necho $! > {}\nwait", fifo.display());
    let rustc = fake(&files, &script);
    let source = files.source("song.rs");
    let cancel = Cancel::default();
    let error = std::thread::scope(|scope| {
        let compile = scope.spawn(|| rustc.compile(&source, &cancel).unwrap_err());
        // Blocks until the script has started its child.
        let child = fs::read_to_string(&fifo).unwrap();
        cancel.cancel();
        let error = compile.join().unwrap();
        // Gone, or a zombie nobody has collected: killed either way. The pipe's end says that the
        // child is dead, because it held it too.
        let status = fs::read_to_string(format!("/proc/{}/stat", child.trim()));
        assert!(status.is_err() || status.is_ok_and(|status| status.contains(") Z")));
        error
    });
    assert!(matches!(error.kind(), ErrorKind::Cancelled), "{error}");
    assert!(cancel.is_cancelled());
    let again = rustc.compile(&source, &cancel).unwrap_err();
    assert!(matches!(again.kind(), ErrorKind::Cancelled), "{again}");
}

#[test]
fn a_compiler_that_dies_is_reported_with_what_it_said() {
    let files = Files::new(&[("song.rs", "pub fn f() {}\n")]);
    let source = files.source("song.rs");
    // More than a pipe holds, on both outputs.
    let noise = "i=0; while [ $i -lt 3000 ]; do echo \"line $i of a long complaint, quite long indeed, longer than that\" >&2; echo x; i=$((i+1)); done; exit 7";
    let error = fake(&files, noise).compile(&source, &Cancel::default()).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Crashed { .. }), "{error}");
    assert!(error.to_string().contains("exit status: 7"), "{error}");
    assert!(error.to_string().contains("line 0 of a long complaint"), "{error}");
    let error = fake(&files, "kill -9 $$").compile(&source, &Cancel::default()).unwrap_err();
    assert!(error.to_string().contains("signal: 9"), "{error}");
    let error = fake(&files, "exit 0").compile(&source, &Cancel::default()).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Io { .. }), "{error}");
}

#[test]
fn compiling_lowers_the_priority_of_its_thread() {
    let lowered = std::thread::spawn(|| {
        crate::lower_priority_of_this_thread();
        // SAFETY: getpriority(2) reads two integers; 0 is the calling thread.
        unsafe { libc::getpriority(libc::PRIO_PROCESS, 0) }
    });
    let named = std::env::var("SEGUE_NICE").ok();
    assert_eq!(lowered.join().unwrap(), crate::priority::niceness(named.as_deref()));
    for (named, niceness) in [(None, 19), (Some("5"), 5), (Some("-5"), 19), (Some("fast"), 19)] {
        assert_eq!(crate::priority::niceness(named), niceness, "{named:?}");
    }
}

/// The niceness of the thread that a compile runs on.
fn niceness_of_compile() -> i32 {
    let files = Files::new(&[("song.rs", "")]);
    let compile = || {
        // SAFETY: getpriority(2) reads two integers; 0 is the calling thread.
        Ok(unsafe { libc::getpriority(libc::PRIO_PROCESS, 0) })
    };
    crate::rustc::with_stack(&files.source("song.rs"), compile).unwrap()
}

#[test]
fn a_first_compile_keeps_the_priority_of_who_waits_for_it() {
    // SAFETY: as above.
    let own = unsafe { libc::getpriority(libc::PRIO_PROCESS, 0) };
    let lowered = crate::priority::niceness(std::env::var("SEGUE_NICE").ok().as_deref());
    assert_eq!(crate::keep_priority(niceness_of_compile), own);
    assert_eq!(niceness_of_compile(), lowered.max(own), "and only that one");
}

#[test]
fn a_compiler_that_was_replaced_by_another_one_is_not_asked() {
    let files = Files::new(&[("song.rs", "pub fn f() {}\n")]);
    let source = files.source("song.rs");
    let rustc = fake(&files, "exit 0");
    let path = rustc.program.clone();
    let alone = crate::RustcFunction::new(rustc.clone());
    let told = |compiler: &dyn Compiler| {
        compiler.compile(&source, &Cancel::default()).unwrap_err().to_string()
    };
    // The same compiler in another file: it is asked.
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace("exit 0", "exit  7")).unwrap();
    for compiler in [&rustc as &dyn Compiler, &alone] {
        assert!(told(compiler).contains("exit status: 7"), "{}", told(compiler));
    }
    fs::write(&path, text.replace("1.95.0", "1.105.0")).unwrap();
    for compiler in [&rustc as &dyn Compiler, &alone] {
        let told = told(compiler);
        assert!(told.contains("is rustc 1.105.0 now") && told.contains("by 1.95.0"), "{told}");
    }
    fs::remove_file(&path).unwrap();
    for compiler in [&rustc as &dyn Compiler, &alone] {
        let told = told(compiler);
        assert!(told.contains("no rustc found") && told.contains("SEGUE_RUSTC"), "{told}");
    }
}
