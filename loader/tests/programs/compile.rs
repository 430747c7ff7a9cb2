//! From C sources to objects, and from the same objects to an ordinary program by the system's
//! linker, which says what the workload's output has to be.
//!
//! Objects are kept in the target folder by content: of the source, the flags, and the compiler.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use xxhash_rust::xxh3::xxh3_128;

use crate::common::run;
use crate::program::Program;
use crate::sources;

/// How objects are compiled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Variant {
    /// The system's compiler, position-independent as for a shared library.
    Pic,
    /// The system's compiler as it is without a word about position: for an executable.
    Default,
    /// clang, position-independent.
    Clang,
}

impl Variant {
    fn compiler(self) -> &'static str {
        match self {
            Variant::Pic | Variant::Default => "cc",
            Variant::Clang => "clang",
        }
    }

    fn flags(self) -> &'static [&'static str] {
        match self {
            Variant::Pic | Variant::Clang => &["-fPIC"],
            Variant::Default => &[],
        }
    }
}

/// One object and what it was made of.
pub(crate) struct Compiled {
    pub(crate) name: String,
    pub(crate) path: PathBuf,
}

/// Where the drivers are.
pub(crate) fn drivers() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/programs/drivers")
}

/// Compiles every file to an object, two at a time.
pub(crate) fn objects(program: &Program, variant: Variant) -> Vec<Compiled> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(file) = program.files.get(index) else { return done };
            done.push((index, object(file, program, variant)));
        }
    };
    let mut done = std::thread::scope(|scope| {
        let second = scope.spawn(work);
        let mut done = work();
        done.extend(second.join().unwrap());
        done
    });
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, object)| object).collect()
}

/// Compiles one file, unless its object is there already.
pub(crate) fn object(file: &Path, program: &Program, variant: Variant) -> Compiled {
    let compiler = variant.compiler();
    let mut flags = "-c -O2 -w -ffunction-sections -fdata-sections -fvisibility=hidden"
        .split(' ')
        .map(str::to_owned)
        .collect::<Vec<_>>();
    flags.extend(variant.flags().iter().map(|flag| (*flag).to_owned()));
    flags.extend(program.defines.iter().map(|define| format!("-D{define}")));
    let mut content = std::fs::read(file).unwrap();
    content.extend(std::fs::read(drivers().join("drive.h")).unwrap());
    // The folder's name holds the version of the headers in it.
    let made_of = format!("{}{flags:?}{}", version(compiler), program.include.display());
    content.extend_from_slice(made_of.as_bytes());
    let name = file.file_stem().unwrap().to_str().unwrap().to_owned();
    let folder = sources::cache().join("program-objects");
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join(format!("{name}-{:032x}.o", xxh3_128(&content)));
    if !path.is_file() {
        let made = tempfile::NamedTempFile::new_in(&folder).unwrap();
        let mut command = Command::new(compiler);
        command.args(&flags).arg("-I").arg(&program.include).arg("-I").arg(drivers());
        run(command.arg(file).arg("-o").arg(made.path()));
        made.persist(&path).unwrap();
    }
    Compiled { name, path }
}

/// The first line that the compiler says of itself.
fn version(compiler: &str) -> &'static str {
    static VERSIONS: [OnceLock<String>; 2] = [const { OnceLock::new() }; 2];
    VERSIONS[usize::from(compiler == "clang")].get_or_init(|| {
        let output = Command::new(compiler).arg("--version").output();
        let output = output.unwrap_or_else(|why| panic!("{compiler} does not run: {why}"));
        String::from_utf8_lossy(&output.stdout).lines().next().unwrap_or("").to_owned()
    })
}

/// What the same objects say when the system's linker made a program of them.
pub(crate) fn ordinary(objects: &[Compiled], folder: &Path, scale: u32) -> String {
    let program = folder.join("ordinary");
    let mut command = Command::new("cc");
    command.arg(drivers().join("main.c")).args(objects.iter().map(|object| &object.path));
    run(command.args(["-lm", "-lpthread", "-ldl", "-o"]).arg(&program));
    let output = Command::new(&program).arg(folder).arg(scale.to_string()).output().unwrap();
    let mut said = String::from_utf8(output.stdout).unwrap();
    if !output.status.success() {
        let _ = write!(said, "\n{}", String::from_utf8_lossy(&output.stderr));
        panic!("the ordinary program failed with {}:\n{said}", output.status);
    }
    said
}
