//! The call path as users get it: compiled with optimisation against the runtime, and read.
//!
//! `instructions` watches what is executed, calls of small functions included, since tests are built
//! without optimisation; here those are gone, and what is left can be counted.

use std::{path::PathBuf, process::Command};

const PROBE: &str = "
use segue_runtime::{Live, Participant, Pinned};
#[unsafe(no_mangle)]
pub fn probe_each(handle: &Live<fn(u64) -> u64>, me: &Participant, x: u64) -> u64 {
    handle.pin(me).call(x)
}
#[unsafe(no_mangle)]
pub fn probe_many(pinned: &Pinned<'_, fn(u64) -> u64>, x: u64) -> u64 {
    pinned.call(x)
}
#[unsafe(no_mangle)]
pub fn probe_pin(me: &Participant) {
    drop(me.pin());
}
#[unsafe(no_mangle)]
pub fn probe_exchange(word: &std::sync::atomic::AtomicUsize) -> usize {
    word.swap(0, std::sync::atomic::Ordering::Relaxed)
}
#[unsafe(no_mangle)]
pub fn probe_lock(mutex: &std::sync::Mutex<u64>) -> bool {
    mutex.try_lock().is_ok()
}
";

/// The runtime as this binary was linked with it.
fn runtime() -> PathBuf {
    let binary = std::env::current_exe().expect("a test knows its binary");
    let folder = binary.parent().expect("it lies in a folder");
    let entries = std::fs::read_dir(folder).expect("cargo's folder of dependencies");
    let libraries = entries.map(|entry| entry.expect("an entry").path()).filter(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with("libsegue_runtime-") && name.ends_with(".rlib")
    });
    let saved = |path: &PathBuf| std::fs::metadata(path).and_then(|it| it.modified()).ok();
    libraries.max_by_key(saved).expect("the runtime was compiled for this test")
}

/// The instructions of the probe `name`, one a line, without labels and directives.
fn instructions(assembly: &str, name: &str) -> Vec<String> {
    let label = format!("{name}:");
    let body = assembly.lines().skip_while(|line| **line != label).skip(1);
    let body = body.take_while(|line| !line.starts_with(".Lfunc_end"));
    let code = body.filter_map(|line| line.strip_prefix('\t'));
    let code = code.filter(|line| !line.starts_with(['.', '#']));
    let code: Vec<String> = code.map(|line| line.replace('\t', " ")).collect();
    assert!(!code.is_empty(), "{name} is not in the assembly");
    code
}

/// Those that lock, wait for the store buffer, or enter the kernel.
fn locked(code: &[String]) -> Vec<&String> {
    let words = ["lock", "xchg", "mfence", "serialize", "cpuid", "syscall", "int"];
    let first = |line: &str| line.split_whitespace().next().unwrap_or_default().to_owned();
    code.iter().filter(|line| words.iter().any(|word| first(line).starts_with(word))).collect()
}

/// Calls and jumps to an address that was loaded from memory that is not the linker's.
fn indirect(code: &[String]) -> usize {
    let goes = |line: &String| line.starts_with("callq *") || line.starts_with("jmpq *");
    code.iter().filter(|line| goes(line) && !line.contains("(%rip)")).count()
}

/// Calls of named functions.
fn calls(code: &[String]) -> Vec<&String> {
    code.iter().filter(|line| line.starts_with("call") && !line.starts_with("callq *%")).collect()
}

#[test]
fn an_optimised_call_is_loads_plain_stores_and_one_indirect_call() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (source, assembly) = (folder.path().join("probe.rs"), folder.path().join("probe.s"));
    std::fs::write(&source, PROBE).expect("the probe can be written");
    let runtime = runtime();
    let mut rustc = Command::new(std::env::var_os("RUSTC").unwrap_or("rustc".into()));
    rustc.args(["--edition", "2024", "-O", "--crate-type=lib", "--emit=asm", "-o"]).arg(&assembly);
    rustc.arg("-L").arg(runtime.parent().expect("it lies in a folder"));
    rustc.arg("--extern").arg(format!("segue_runtime={}", runtime.display())).arg(&source);
    let output = rustc.output().expect("rustc is on the machine");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let assembly = std::fs::read_to_string(assembly).expect("rustc wrote the assembly");
    let probe = |name: &str| instructions(&assembly, name);

    let (each, many, pin) = (probe("probe_each"), probe("probe_many"), probe("probe_pin"));
    for code in [&each, &many, &pin] {
        assert_eq!(locked(code), Vec::<&String>::new(), "{code:#?}");
    }
    assert_eq!((indirect(&each), indirect(&many), indirect(&pin)), (1, 1, 0));
    // A participant of another program, a root that is missing, a panic of live code that passes through.
    let cold_calls = ["panic", "expect_failed", "_Unwind_Resume"];
    let cold = |line: &&&String| cold_calls.iter().any(|name| line.contains(name));
    assert_eq!(calls(&each).iter().filter(|line| !cold(line)).count(), 0, "{each:#?}");
    assert_eq!((calls(&many).len(), calls(&pin).len()), (0, 0), "{many:#?}{pin:#?}");
    assert!(each.len() <= 110 && many.len() <= 8 && pin.len() <= 40, "{each:#?}{many:#?}{pin:#?}");

    // What the words above look for is found where it is.
    assert!(!locked(&probe("probe_exchange")).is_empty());
    assert!(!locked(&probe("probe_lock")).is_empty());
}
