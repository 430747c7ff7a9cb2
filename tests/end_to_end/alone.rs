//! Tests that need a process of their own: one that measures its memory, one that is traced, and those
//! that would die by a signal if they failed.
//!
//! The test starts its own binary again, for itself alone, and judges how that ends.

use std::process::{Command, Output};

const ALONE: &str = "SEGUE_TEST_ALONE";

/// Whether this process was started by [`run`] for the test `name`.
pub(crate) fn is_alone(name: &str) -> bool {
    std::env::var(ALONE).is_ok_and(|alone| alone == name)
}

/// Runs `test`, the whole of a test that calls it, in a process of its own: should it die, that is
/// told as this test's failure, and the others go on.
pub(crate) fn survives<F: FnOnce()>(test: F) {
    // As `end_to_end::module::test::{{closure}}`. Were it ever otherwise, no test would bear the
    // name, and `run` would say so.
    let path = std::any::type_name::<F>();
    let name = path.split_once("::").map_or(path, |(_, name)| name);
    let name = name.strip_suffix("::{{closure}}").unwrap_or(name);
    if is_alone(name) { test() } else { drop(run(name, &[])) }
}

/// Runs the test `name` of this binary in a process of its own, under `wrapper` if there is one.
pub(crate) fn run(name: &str, wrapper: &[&str]) -> Output {
    let output = start(name, wrapper);
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && told.contains("1 passed"),
        "{name} failed in a process of its own ({}):\n{told}\n{}",
        output.status,
        String::from_utf8_lossy(&output.stderr)
    );
    output
}

/// The same, however that process ends.
pub(crate) fn start(name: &str, wrapper: &[&str]) -> Output {
    let binary = std::env::current_exe().expect("a test knows its binary");
    let mut words = wrapper.iter().map(std::ffi::OsString::from).collect::<Vec<_>>();
    words.push(binary.into_os_string());
    words.extend(["--exact", name, "--nocapture"].map(Into::into));
    Command::new(&words[0])
        .args(&words[1..])
        .env(ALONE, name)
        // One arena: a thread that meets contention would open another, which is noise to a test
        // that measures memory.
        .env("MALLOC_ARENA_MAX", "1")
        .output()
        .unwrap_or_else(|error| panic!("cannot run {:?}: {error}", words[0]))
}
