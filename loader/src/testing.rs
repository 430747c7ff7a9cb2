//! For tests of the phases: small objects from the system's assembler and compilers.

use std::process::Command;

/// Assembles GNU syntax into an object.
pub(crate) fn assemble(source: &str) -> Vec<u8> {
    compile("live.s", source, &["cc", "-c"])
}

/// Compiles C the way the loader likes it, with more flags.
pub(crate) fn c(source: &str, flags: &[&str]) -> Vec<u8> {
    let usual = ["cc", "-c", "-O2", "-fPIC", "-ffunction-sections", "-fdata-sections"];
    compile("live.c", source, &[&usual, flags].concat())
}

/// Compiles Rust into one object with a section per function.
pub(crate) fn rust(source: &str) -> Vec<u8> {
    let command = "rustc --edition 2024 --crate-type lib --crate-name live --emit=obj -A warnings \
                   -C opt-level=3 -C codegen-units=1 -C symbol-mangling-version=v0 \
                   -C metadata=segue -C panic=unwind";
    compile("live.rs", source, &command.split_whitespace().collect::<Vec<_>>())
}

fn compile(name: &str, source: &str, command: &[&str]) -> Vec<u8> {
    let directory = tempfile::tempdir().unwrap();
    std::fs::write(directory.path().join(name), source).unwrap();
    // Relative names: panic messages hold the path, and it must not differ from test to test.
    let mut run = Command::new(command[0]);
    run.current_dir(&directory).args(&command[1..]).args([name, "-o", "live.o"]);
    let result = run.output().unwrap();
    assert!(result.status.success(), "{}", String::from_utf8_lossy(&result.stderr));
    std::fs::read(directory.path().join("live.o")).unwrap()
}

/// `bytes` with some of them replaced.
pub(crate) fn patched(bytes: &[u8], at: usize, new: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    bytes[at..at + new.len()].copy_from_slice(new);
    bytes
}

/// Live in tests: the names with this prefix; `live_f.cold` is a part of one.
pub(crate) fn is_live(name: &str) -> bool {
    name.starts_with("live_") && !name.contains('.')
}
