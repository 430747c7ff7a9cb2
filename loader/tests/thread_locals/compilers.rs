//! The compilers and their settings that the tests of thread-locals go over.

use std::process::Command;

/// Who compiles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Compiler {
    Rustc,
    Gcc,
    Gxx,
    Clang,
    /// C++ with everything C++ about it, unlike `Gxx`, which compiles the C sources.
    Cxx,
}

/// A compiler and what decides its model of thread-local access.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Setting {
    pub(crate) compiler: Compiler,
    pub(crate) flag: &'static str,
}

const fn with(compiler: Compiler, flag: &'static str) -> Setting {
    Setting { compiler, flag }
}

/// One that C is compiled with where the model does not matter.
pub(crate) const C: Setting = with(Compiler::Gcc, "-fPIC");

/// All of them.
pub(crate) const ALL: [Setting; 13] = [
    with(Compiler::Rustc, ""),
    with(Compiler::Rustc, "-Crelocation-model=pie"),
    with(Compiler::Gcc, "-fPIC"),
    with(Compiler::Gcc, "-fPIE"),
    with(Compiler::Gcc, "-fno-pic"),
    with(Compiler::Gcc, "-mtls-dialect=gnu2"),
    with(Compiler::Gcc, "-ftls-model=initial-exec"),
    with(Compiler::Gcc, "-fcf-protection"),
    with(Compiler::Clang, "-fPIC"),
    with(Compiler::Clang, "-fPIE"),
    with(Compiler::Clang, "-fno-pic"),
    with(Compiler::Gxx, "-fPIC"),
    with(Compiler::Gxx, "-fPIE"),
];

const RUSTC: &str = "--edition 2024 --crate-type lib --crate-name live --emit=obj -A warnings \
                     -C opt-level=3 -C codegen-units=1 -C symbol-mangling-version=v0 -C metadata=segue";
const CC: &str = "-c -O2 -fPIC -ffunction-sections -fdata-sections";

/// Compiles `source` into an object.
pub(crate) fn compile(setting: Setting, source: &str) -> Vec<u8> {
    let (program, extension, flags) = match setting.compiler {
        Compiler::Rustc => ("rustc", "rs", RUSTC),
        Compiler::Gcc => ("gcc", "c", CC),
        Compiler::Gxx | Compiler::Cxx => ("g++", "cc", CC),
        Compiler::Clang => ("clang", "c", CC),
    };
    let source = match setting.compiler {
        // Functions are found by their plain names, and variables are the C ones.
        Compiler::Gxx => format!("extern \"C\" {{\n{source}\n}}\n"),
        _ => source.to_owned(),
    };
    let directory = tempfile::tempdir().unwrap();
    let input = directory.path().join(format!("live.{extension}"));
    let output = directory.path().join("live.o");
    std::fs::write(&input, source).unwrap();
    let mut command = Command::new(program);
    command.args(flags.split_whitespace()).args(setting.flag.split_whitespace());
    crate::common::run(command.arg(&input).arg("-o").arg(&output));
    std::fs::read(output).unwrap()
}

/// The names of the object's relocation kinds, as readelf prints them.
pub(crate) fn relocation_kinds(object: &[u8]) -> Vec<String> {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), object).unwrap();
    let output = Command::new("readelf").arg("-rW").arg(file.path()).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    text.split_whitespace().filter(|word| word.starts_with("R_X86_64_")).map(Into::into).collect()
}
