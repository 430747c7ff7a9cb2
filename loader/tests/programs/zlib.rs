//! zlib: fifteen objects, its own workload over buffers, streams and files.

use crate::compile::{self, Variant};
use crate::program::{Program, c_files};
use crate::sources;

fn zlib() -> Program {
    let include = sources::of("libz-sys");
    let mut files = c_files(&include);
    files.push(compile::drivers().join("zlib.c"));
    Program {
        name: "zlib",
        files,
        include,
        defines: &["HAVE_UNISTD_H", "HAVE_STDARG_H"],
        inputs: &[],
        // Buffers of 512 KiB, some two hundred times.
        scale: 16,
        rounds: 30,
    }
}

#[test]
fn zlib_runs_while_its_functions_are_swapped() {
    zlib().check(Variant::Pic);
}

#[test]
fn zlib_for_an_executable_runs_while_its_functions_are_swapped() {
    zlib().check(Variant::Default);
}

#[test]
fn zlib_by_clang_runs_while_its_functions_are_swapped() {
    zlib().check(Variant::Clang);
}
