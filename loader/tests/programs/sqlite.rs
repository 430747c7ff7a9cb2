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
        defines: &[
            "SQLITE_ENABLE_FTS5",
            "SQLITE_ENABLE_FTS4",
            "SQLITE_ENABLE_RTREE",
            "SQLITE_ENABLE_MATH_FUNCTIONS",
            "SQLITE_ENABLE_STAT4",
            "SQLITE_SOUNDEX",
            "SQLITE_THREADSAFE=1",
        ],
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
