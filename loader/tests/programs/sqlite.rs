//! SQLite: one object of two thousand functions, its own workload in SQL.

use crate::compile::{self, Variant};
use crate::program::{Program, size};
use crate::sources;

fn sqlite() -> Program {
    let include = sources::of("libsqlite3-sys");
    Program {
        name: "SQLite",
        files: vec![include.join("sqlite3.c"), compile::drivers().join("sqlite.c")],
        include,
        defines: sources::SQLITE_DEFINES,
        inputs: &[],
        // Twenty thousand rows.
        scale: 20,
        rounds: 6,
    }
}

#[test]
fn sqlite_runs_while_its_functions_are_swapped() {
    sqlite().check(Variant::Pic);
}

/// It takes a compiler half a minute to make SQLite's object, so only larger runs do it again.
#[test]
fn sqlite_by_other_compilers_runs_while_its_functions_are_swapped() {
    if size() > 1 {
        sqlite().check(Variant::Default);
        sqlite().check(Variant::Clang);
    }
}
