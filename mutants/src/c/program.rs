//! What is to be tested, as the user of a C compiler would say it: sources, flags, libraries, and tests.

use std::path::PathBuf;

/// A program or library of C, with its tests.
#[derive(Debug, Clone, Default)]
pub struct Program {
    /// The folder that everything else is relative to, and that the compiler runs in: absolute.
    pub folder: PathBuf,
    /// The compiler, and what stands before all its arguments: `gcc`, or `ccache`, `gcc`.
    pub compiler: Vec<String>,
    /// Flags of every call: `-I include`, `-O1`, `-std=c99`.
    pub flags: Vec<String>,
    /// What stands last when a test is linked: `-lm`, objects, archives.
    pub libraries: Vec<String>,
    /// The sources that may be changed.
    pub sources: Vec<PathBuf>,
    /// Sources that belong to every test, and are not changed.
    pub others: Vec<PathBuf>,
    /// A source with a `main` each: a test that passes when it ends with 0.
    pub tests: Vec<PathBuf>,
    /// Where the sources, which have a `main` then, are linked to as a program for commands to test.
    pub output: Option<PathBuf>,
    /// Commands of the shell: tests that pass when they end with 0.
    pub commands: Vec<String>,
}
