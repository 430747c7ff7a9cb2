//! A copy of the workspace, in which everything is changed and built: the user's own files are only read.
//!
//! It stays between runs, in a folder of cargo's target folder, which `cargo clean` removes and version control does not
//! see. A file is written only when its text differs, so that cargo finds nothing to do where nothing has changed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::manifest;
use crate::workspace::{resolved, without_lists};
use crate::{Error, Workspace};

/// The folders of one workspace's copy.
#[derive(Debug, Clone)]
pub(crate) struct Copy {
    /// What everything else is in: `target/segue-mutants`.
    pub(crate) root: PathBuf,
    /// The copied sources.
    pub(crate) tree: PathBuf,
    /// cargo's target folder for them.
    pub(crate) build: PathBuf,
    /// What it is a copy of.
    pub(crate) original: PathBuf,
    /// What the names of other folders below the root end with.
    pub(super) suffix: &'static str,
}

/// Folders that are no sources: version control's, and what mutation testing itself writes.
const LEFT_OUT: [&str; 8] =
    [".git", ".hg", ".jj", ".svn", "mutants.out", "mutants.out.old", "node_modules", "__pycache__"];

/// Whether a folder's entry is part of what stands in it: not version control's, not ours, no cache.
pub(crate) fn is_part(entry: &walkdir::DirEntry) -> bool {
    let is_left_out = LEFT_OUT.iter().any(|name| entry.file_name() == *name);
    let is_cache = || entry.file_type().is_dir() && entry.path().join("CACHEDIR.TAG").is_file();
    entry.depth() == 0 || !(is_left_out || is_cache())
}

impl Copy {
    /// The folders for a workspace; nothing is made yet.
    pub(crate) fn of(workspace: &Workspace) -> Copy {
        let root = workspace.target_directory().join("segue-mutants");
        Copy {
            tree: root.join("tree"),
            build: root.join("build"),
            root,
            original: workspace.root().to_path_buf(),
            suffix: "",
        }
    }

    /// The folders of a second copy, in which one mutant at a time is written. It is built in the same target folder, where
    /// what it depends on is there already; its own packages are others to cargo (`script::wrapper`).
    pub(crate) fn alone(workspace: &Workspace) -> Copy {
        let copy = Copy::of(workspace);
        Copy { tree: copy.root.join("alone"), suffix: "-alone", ..copy }
    }

    /// A folder beside it, which is no other copy's.
    pub(crate) fn beside(&self, name: &str) -> PathBuf {
        self.root.join(format!("{name}{}", self.suffix))
    }

    /// Takes over the versions of dependencies that cargo chose for another copy, where the workspace says none.
    pub(crate) fn lock_as(&self, other: &Copy) -> Result<(), Error> {
        let (from, to) = (other.tree.join("Cargo.lock"), self.tree.join("Cargo.lock"));
        if from.is_file() && !to.exists() {
            fs::copy(&from, &to).map_err(Error::file("copy", &from))?;
        }
        Ok(())
    }

    /// Makes the copy the same as the workspace, but for these texts.
    ///
    /// # Errors
    ///
    /// When a file cannot be read or written.
    pub(crate) fn renew(
        &self,
        workspace: &Workspace,
        texts: &BTreeMap<PathBuf, String>,
    ) -> Result<usize, Error> {
        fs::create_dir_all(&self.root).map_err(Error::file("make the folder", &self.root))?;
        mark_as_cache(&self.root)?;
        let mut kept = BTreeSet::new();
        let mut written = 0;
        for path in sources(workspace)? {
            let from = workspace.root().join(&path);
            let is_manifest = path.file_name().is_some_and(|name| name == "Cargo.toml");
            let is_settings = self.reads_twice(&path);
            written += usize::from(if let Some(text) = texts.get(&path) {
                self.write(&path, text.as_bytes())?
            } else if is_manifest {
                let text = fs::read(&from).map_err(Error::file("read", &from))?;
                match std::str::from_utf8(&text) {
                    Ok(text) => self
                        .write(&path, manifest::moved(text, &from, workspace.root()).as_bytes())?,
                    // Something of a test's: cargo does not read it.
                    Err(_) => self.write(&path, &text)?,
                }
            } else if is_settings {
                let text = fs::read_to_string(&from).map_err(Error::file("read", &from))?;
                self.write(&path, without_lists(&text).as_bytes())?
            } else {
                self.copy(&from, &path)?
            });
            kept.insert(path);
        }
        // What cargo wrote where the workspace has none.
        kept.insert(PathBuf::from("Cargo.lock"));
        self.remove_others(&kept)?;
        Ok(written)
    }

    /// Whether cargo reads this file, which holds its settings, in the copy and in the workspace around that.
    fn reads_twice(&self, path: &Path) -> bool {
        let is_settings =
            [".cargo/config.toml", ".cargo/config"].iter().any(|it| path == Path::new(it));
        is_settings && self.tree.starts_with(&self.original)
    }

    /// Writes these texts, where they differ.
    pub(crate) fn write_all(&self, texts: &BTreeMap<PathBuf, String>) -> Result<(), Error> {
        for (path, text) in texts {
            self.write(path, text.as_bytes())?;
        }
        Ok(())
    }

    pub(super) fn write(&self, path: &Path, text: &[u8]) -> Result<bool, Error> {
        let to = self.tree.join(path);
        if fs::read(&to).is_ok_and(|old| old == text) {
            return Ok(false);
        }
        make_parent(&to)?;
        fs::write(&to, text).map_err(Error::file("write", &to))?;
        Ok(true)
    }

    fn copy(&self, from: &Path, path: &Path) -> Result<bool, Error> {
        let to = self.tree.join(path);
        let read = fs::metadata(from).map_err(Error::file("read", from))?;
        let same_size = fs::metadata(&to)
            .is_ok_and(|old| old.len() == read.len() && old.permissions() == read.permissions());
        if same_size
            && fs::read(&to).map_err(Error::file("read", &to))?
                == fs::read(from).map_err(Error::file("read", from))?
        {
            return Ok(false);
        }
        make_parent(&to)?;
        let _ = fs::remove_file(&to);
        fs::copy(from, &to).map_err(Error::file("copy", from))?;
        Ok(true)
    }

    /// Removes what the workspace does not have: deleted files, and what tests wrote into the copy.
    fn remove_others(&self, kept: &BTreeSet<PathBuf>) -> Result<(), Error> {
        for entry in WalkDir::new(&self.tree).contents_first(true).into_iter().flatten() {
            let Ok(path) = entry.path().strip_prefix(&self.tree) else { continue };
            if entry.file_type().is_dir() {
                // Only an empty one goes.
                let _ = fs::remove_dir(entry.path());
            } else if !kept.contains(path) {
                fs::remove_file(entry.path()).map_err(Error::file("remove", entry.path()))?;
            }
        }
        Ok(())
    }
}

/// The workspace's files, relative to it. Links are followed, since the copy must not share what tests may write.
fn sources(workspace: &Workspace) -> Result<Vec<PathBuf>, Error> {
    let root = workspace.root();
    let target = workspace.target_directory();
    let is_link_to_target =
        |entry: &walkdir::DirEntry| entry.path_is_symlink() && resolved(entry.path()) == target;
    let is_target = |entry: &walkdir::DirEntry| {
        entry.file_type().is_dir() && (entry.path() == target || is_link_to_target(entry))
    };
    let is_source =
        |entry: &walkdir::DirEntry| is_part(entry) && (entry.depth() == 0 || !is_target(entry));
    let mut files = Vec::new();
    for entry in WalkDir::new(root).follow_links(true).into_iter().filter_entry(is_source) {
        let entry = match entry {
            Ok(entry) => entry,
            // A link to nothing or to a folder around it: cargo does not need it either, or says so.
            Err(error) if error.loop_ancestor().is_some() => continue,
            Err(error) if error.path().is_some_and(Path::is_symlink) => continue,
            Err(error) => {
                let path = error.path().unwrap_or(root).to_path_buf();
                return Err(Error::file("read", &path)(error.into()));
            }
        };
        if entry.file_type().is_file()
            && let Ok(path) = entry.path().strip_prefix(root)
        {
            files.push(path.to_path_buf());
        }
    }
    Ok(files)
}

fn make_parent(path: &Path) -> Result<(), Error> {
    let Some(parent) = path.parent() else { return Ok(()) };
    fs::create_dir_all(parent).map_err(Error::file("make the folder", parent))
}

/// Backup programs and others like us leave such a folder out (<https://bford.info/cachedir/>).
fn mark_as_cache(root: &Path) -> Result<(), Error> {
    let path = root.join("CACHEDIR.TAG");
    if path.exists() {
        return Ok(());
    }
    let text = "Signature: 8a477f597d28d172789f06886806bc55\n# What `segue mutants` builds; it may be deleted at any time.\n";
    fs::write(&path, text).map_err(Error::file("write", &path))
}
