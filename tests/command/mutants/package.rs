//! A copy of `tests/cases/mutants/command/`, for the command to find mutants in.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// A package in a folder of its own.
pub(crate) struct Package {
    folder: TempDir,
}

impl Package {
    pub(crate) fn new() -> Package {
        let package = Package { folder: tempfile::tempdir().expect("a folder") };
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/mutants/command");
        for file in ["Cargo.toml", "src/lib.rs", "tests/walk.rs", "steps.txt"] {
            package.write(file, &fs::read_to_string(from.join(file)).expect("a text"));
        }
        package
    }

    /// A package of these files instead, which can be run.
    pub(crate) fn of(files: &[(&str, &str)]) -> Package {
        let package = Package { folder: tempfile::tempdir().expect("a folder") };
        for (file, text) in files {
            package.write(file, text);
            let mode = fs::Permissions::from_mode(0o755);
            fs::set_permissions(package.root().join(file), mode).expect("permissions");
        }
        package
    }

    /// A program of C instead: `tests/cases/mutants/c/ways/`.
    pub(crate) fn of_c() -> Package {
        let package = Package { folder: tempfile::tempdir().expect("a folder") };
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/mutants/c/ways");
        for file in ["src/ways.c", "src/more.c", "include/ways.h", "test.c"] {
            package.write(file, &fs::read_to_string(from.join(file)).expect("a text"));
        }
        package
    }

    /// Its root, a folder in the temporary one: what the command writes beside it can be told apart.
    pub(crate) fn root(&self) -> PathBuf {
        self.folder.path().join("package")
    }

    /// A path beside the root.
    pub(crate) fn beside(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn write(&self, file: &str, text: &str) {
        let path = self.root().join(file);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    /// Replaces a text of a file that has it.
    pub(crate) fn edit(&self, file: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.root().join(file)).expect("a text");
        assert!(text.contains(from), "{from} in {text}");
        self.write(file, &text.replace(from, to));
    }

    /// `segue mutants` with arguments, in the package.
    pub(crate) fn mutants(&self, arguments: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_segue"));
        command.arg("mutants").args(arguments.split_whitespace());
        self.at_home(&mut command);
        command
    }

    /// Has a command run in the package, without what this process inherited.
    pub(crate) fn at_home(&self, command: &mut Command) {
        command.current_dir(self.root()).stdin(Stdio::null());
        let variables = [
            "NO_COLOR",
            "CLICOLOR",
            "CLICOLOR_FORCE",
            "GITHUB_ACTION",
            "CC",
            "CARGO_TARGET_DIR",
            "CARGO_MUTANTS_JOBS",
            "CARGO_MUTANTS_OUTPUT",
            "CARGO_MUTANTS_MINIMUM_TEST_TIMEOUT",
            "RUSTFLAGS",
        ];
        variables.iter().for_each(|variable| _ = command.env_remove(variable));
    }

    /// What is in the root, but for cargo's own.
    pub(crate) fn names(&self) -> BTreeSet<String> {
        let entries = fs::read_dir(self.root()).expect("a folder").flatten();
        let names = entries.map(|it| it.file_name().to_string_lossy().into_owned());
        names.filter(|name| name != "target" && name != "Cargo.lock").collect()
    }
}

/// The verdicts in a `mutants.out/`: each list with its lines.
pub(crate) fn lists(parent: &Path) -> Vec<(&'static str, String)> {
    let lists = [
        "missed.txt",
        "caught.txt",
        "timeout.txt",
        "unviable.txt",
        "not_judged.txt",
        "not_compiled.txt",
    ];
    let read = |it| fs::read_to_string(parent.join("mutants.out").join(it)).expect("a list");
    lists.into_iter().map(|it| (it, read(it))).collect()
}

/// Processes whose program is below a folder.
pub(crate) fn processes_below(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir("/proc").expect("the kernel's list").flatten();
    let programs = entries.filter_map(|it| fs::read_link(it.path().join("exe")).ok());
    programs.filter(|it| it.starts_with(folder)).collect()
}
