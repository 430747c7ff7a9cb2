//! What the verdicts on a program of C depend on, for those who remember them: the text of each function, the files of the folder, and
//! what comes from elsewhere: the compiler, what it is told, and the headers that it finds.
//!
//! The system's libraries are taken to be the same; so is what a command of the tests finds outside of the folder.

use std::ffi::OsStr;
use std::path::{Component, Path, PathBuf};

use xxhash_rust::xxh3::{Xxh3, xxh3_64};

use super::Program;
use super::discover::Unit;
use super::function::Site;
use super::preprocess::{marker, words};
use crate::MadeOf;

/// Words of a body that reach beyond it.
const FAR: [&str; 5] = ["asm", "__asm", "__asm__", "_Pragma", "__COUNTER__"];

/// A digest of a function's body; 0 where others may depend on what stands in it.
pub(super) fn digest(unit: &Unit, site: &Site) -> u64 {
    let body = unit.source.text.get(site.body.clone()).unwrap_or_default();
    // A directive goes on behind the body that it stands in, and assembler may declare anything.
    let may_hold = ["#", "%:", "??="].iter().any(|it| body.contains(it));
    if may_hold || words(body).any(|it| FAR.contains(&it)) {
        return 0;
    }
    xxh3_64(body.as_bytes())
}

/// What a program was made of; `files` are those of its folder.
pub(super) fn made_of(program: &Program, mut files: Vec<PathBuf>) -> MadeOf {
    files.sort();
    let is_there = |path: &&PathBuf| {
        let path: PathBuf = path.components().filter(|it| *it != Component::CurDir).collect();
        files.contains(&path)
    };
    let mut sources = program.sources.iter().chain(&program.others).chain(&program.tests);
    if !sources.all(|path| is_there(&path)) || !program.libraries.iter().all(|it| is_known(it)) {
        return MadeOf::Unknown;
    }
    match others(program) {
        Some(others) => MadeOf::Files { files, others },
        None => MadeOf::Unknown,
    }
}

/// Whether what is linked is the system's, or stands below the folder.
fn is_known(library: &str) -> bool {
    let path = Path::new(library.strip_prefix("-L").unwrap_or(library));
    !path.is_absolute() && !path.components().any(|it| it == Component::ParentDir)
}

/// A digest of the compiler, of all that it is told, and of the headers as it reads them, wherever they are.
fn others(program: &Program) -> Option<u64> {
    let mut digest = Xxh3::new();
    digest.update(program.compile(["--version"]).ok()?.stdout.as_bytes());
    // All of it counts.
    digest.update(format!("{program:?}").as_bytes());
    for source in program.sources.iter().chain(&program.others).chain(&program.tests) {
        let options = ["-E", "-dD", "-w"].map(OsStr::new);
        let said = program.compile(options.into_iter().chain([source.as_os_str()])).ok()?;
        let mut is_source = false;
        for line in said.stdout.lines() {
            if let Some((_, file)) = marker(line) {
                is_source = Path::new(&file) == source;
            } else if !is_source {
                digest.update(line.as_bytes());
                digest.update(b"\n");
            }
        }
    }
    Some(digest.digest())
}
