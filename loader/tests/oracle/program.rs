//! The large C libraries: SQLite, Lua and zlib. Where their sources come from and how they are compiled
//! is what the test target `programs` says; the objects are its own, too, by the cache.

use std::path::{Path, PathBuf};
use std::process::Command;

use segue_loader::Machine;

use crate::check::compare_all;
use crate::common::run;
use crate::compile::{self, Variant};
use crate::ours::Layout;
use crate::report::Class;
use crate::sources;
use crate::subject::Subject;

/// What `compile` has to know of a library.
pub(crate) struct Program {
    pub(crate) files: Vec<PathBuf>,
    pub(crate) include: PathBuf,
    pub(crate) defines: &'static [&'static str],
}

fn programs() -> [Program; 3] {
    let all = |include: &Path| {
        let entries = std::fs::read_dir(include).unwrap().map(|entry| entry.unwrap().path());
        let is_source = |path: &PathBuf| path.extension().is_some_and(|it| it == "c");
        let mut files: Vec<PathBuf> = entries.filter(is_source).collect();
        files.sort();
        files
    };
    let [sqlite, lua, zlib] = ["libsqlite3-sys", "lua-src", "libz-sys"].map(sources::of);
    [
        Program {
            files: vec![sqlite.join("sqlite3.c")],
            include: sqlite,
            defines: sources::SQLITE_DEFINES,
        },
        Program { files: all(&lua), include: lua, defines: &["LUA_USE_LINUX"] },
        Program { files: all(&zlib), include: zlib, defines: &["HAVE_UNISTD_H", "HAVE_STDARG_H"] },
    ]
}

/// The object of a file for aarch64, made once.
fn cross_compiled(program: &Program, file: &Path) -> Vec<u8> {
    let name = file.file_stem().unwrap().to_str().unwrap();
    let parent = program.include.parent().and_then(Path::file_name).unwrap_or_default();
    let folder = sources::cache().join("oracle-objects").join(parent);
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join(format!("{name}.o"));
    if !path.is_file() {
        let made = tempfile::NamedTempFile::new_in(&folder).unwrap();
        let flags = "-c -O1 -w -ffunction-sections -fdata-sections -I";
        let mut command = Command::new("aarch64-linux-gnu-gcc");
        command.args(flags.split(' ')).arg(&program.include);
        command.args(program.defines.iter().map(|define| format!("-D{define}")));
        run(command.arg(file).arg("-o").arg(made.path()));
        made.persist(&path).unwrap();
    }
    std::fs::read(path).unwrap()
}

#[test]
fn sqlite_lua_and_zlib_are_the_same_bytes() {
    let programs = programs();
    let files = programs.iter().flat_map(|it| it.files.iter().map(move |file| (it, file)));
    let machines = [Machine::X86_64, Machine::Aarch64];
    let all: Vec<_> =
        files.flat_map(|(it, file)| machines.map(|machine| (it, file, machine))).collect();
    let outcome = compare_all(all.len(), &|index| {
        let (program, file, machine) = all[index];
        let bytes = match machine {
            Machine::X86_64 => {
                std::fs::read(compile::object(file, program, Variant::Pic).path).unwrap()
            }
            Machine::Aarch64 => cross_compiled(program, file),
        };
        (
            Subject::read(
                &format!("{} for {machine:?}", file.file_name().unwrap().display()),
                bytes,
            ),
            Layout::LARGE,
        )
    });
    println!("{} links of {} objects\n{}", outcome.links, all.len(), outcome.counts.table());
    outcome.assert_equal();
    assert_eq!(outcome.refused, [""; 0], "every object links");
    let counts = &outcome.counts;
    assert!(counts.class(Class::Exact) >= 65_000, "{} fields", counts.class(Class::Exact));
    assert!(counts.by_content() >= 49_500, "{} fields by content", counts.by_content());
}
