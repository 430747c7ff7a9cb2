//! The private folder that a program of C is built and run in: changed texts, objects, tests, and a copy of the program's own
//! folder, which the tests run in, since they may write there.

use std::fs;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::Error;
use crate::build::is_part;

/// Marks a folder that backup programs leave out (<https://bford.info/cachedir/>), and we as well: so no copy has another in it,
/// wherever temporary files are.
const CACHE: &str = "CACHEDIR.TAG";
const SIGNATURE: &str = "Signature: 8a477f597d28d172789f06886806bc55\n";

/// The folders.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) root: PathBuf,
    /// Changed texts.
    pub(super) texts: PathBuf,
    pub(super) objects: PathBuf,
    pub(super) tests: PathBuf,
    /// The copy that tests run in.
    pub(super) tree: PathBuf,
}

impl Place {
    /// Makes the folders, and the copy; says which files that has.
    pub(super) fn make(root: &Path, program: &Path) -> Result<(Self, Vec<PathBuf>), Error> {
        let root = root.canonicalize().map_err(Error::file("find", root))?;
        let [texts, objects, tests, tree] =
            ["texts", "objects", "tests", "tree"].map(|it| root.join(it));
        for folder in [&texts, &objects, &tests, &tree] {
            fs::create_dir_all(folder).map_err(Error::file("make the folder", folder))?;
        }
        let mark = root.join(CACHE);
        fs::write(&mark, SIGNATURE).map_err(Error::file("write", &mark))?;
        let copied = copy(program, &tree)?;
        Ok((Self { root, texts, objects, tests, tree }, copied))
    }
}

/// Copies a folder, without caches and what is no part of a program. Links are followed: the copy must not share what tests
/// may write.
fn copy(from: &Path, to: &Path) -> Result<Vec<PathBuf>, Error> {
    let mut copied = Vec::new();
    for entry in WalkDir::new(from).follow_links(true).into_iter().filter_entry(is_part) {
        let entry = match entry {
            Ok(entry) => entry,
            // A link to nothing or to a folder around it.
            Err(error) if error.loop_ancestor().is_some() => continue,
            Err(error) if error.path().is_some_and(Path::is_symlink) => continue,
            Err(error) => {
                let path = error.path().unwrap_or(from).to_path_buf();
                return Err(Error::file("read", &path)(error.into()));
            }
        };
        let Ok(path) = entry.path().strip_prefix(from) else { continue };
        let target = to.join(path);
        if entry.file_type().is_dir() {
            fs::create_dir_all(&target).map_err(Error::file("make the folder", &target))?;
        } else if entry.file_type().is_file() {
            fs::copy(entry.path(), &target).map_err(Error::file("copy", entry.path()))?;
            copied.push(path.to_owned());
        }
    }
    Ok(copied)
}
