//! What rustc is given: a private directory in which the user's files stand where they stand.
//!
//! The directory mirrors absolute paths: `/music/song.rs` is written to `FRAME/music/song.rs`,
//! with the user's text verbatim and the generated region below it. Taking `FRAME` off a path (which
//! `--remap-path-prefix` does) therefore gives the user's own path back. Files that were
//! parsed are written as they were read; others that an `include!` may name are linked.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::error::Error;
use crate::shim::{Exclusions, Origin, Region, region};
use crate::source::Source;
use crate::states::Survey;
use crate::tree::{self, Origin as FileOrigin, Syntax, Tree};

/// The directory and what was written to it.
pub(super) struct Frame {
    directory: TempDir,
    user_path: PathBuf,
    pub(super) files: Vec<Written>,
}

/// One file of the frame.
pub(super) struct Written {
    /// The user's path, normalised.
    pub path: PathBuf,
    /// The path as the user gave it.
    pub spelled: PathBuf,
    /// The file's own text.
    pub text: String,
    /// How many lines it has, at least 1.
    pub lines: u32,
    /// The line the region starts at, and what its lines are for.
    pub region_start: u32,
    pub region: Region,
}

impl Written {
    /// What `line` is for, if it lies below the user's text.
    pub(super) fn generated(&self, line: u32) -> Option<Option<Origin>> {
        let below = line.checked_sub(self.region_start)?;
        Some(self.region.lines.get(below as usize).copied().flatten())
    }
}

impl Frame {
    /// Writes all files with their regions. A text whose brackets do not match gets none.
    pub(super) fn write(
        source: &Source,
        tree: &Tree,
        survey: &Survey<'_>,
        excluded: &Exclusions,
    ) -> Result<Frame, Error> {
        let regions = |index| region(tree, survey, excluded, index);
        Frame::write_texts(source, tree, &|index| &tree.files[index].text, &regions)
    }

    /// Writes other texts in the places of the files.
    pub(super) fn write_texts<'a>(
        source: &Source,
        tree: &Tree,
        texts: &dyn Fn(usize) -> &'a str,
        regions: &dyn Fn(usize) -> Region,
    ) -> Result<Frame, Error> {
        let mut frame = Frame::empty(source)?;
        let parsed = tree.files.iter().all(|file| matches!(file.syntax, Syntax::Parsed(_)));
        for (index, file) in tree.files.iter().enumerate() {
            let mut below = Region::default();
            if index == 0 && !matches!(file.syntax, Syntax::Broken) {
                frame.support(source, tree, &mut below)?;
            }
            if parsed {
                let generated = regions(index);
                below.text.push_str(&generated.text);
                below.lines.extend(generated.lines);
            }
            frame.add(source, tree, index, texts(index), below)?;
        }
        frame.link_neighbours(tree)?;
        Ok(frame)
    }

    /// Writes the user's files and nothing below them.
    pub(super) fn write_bare(source: &Source, tree: &Tree) -> Result<Frame, Error> {
        let mut frame = Frame::empty(source)?;
        for index in 0..tree.files.len() {
            frame.add(source, tree, index, &tree.files[index].text, Region::default())?;
        }
        frame.link_neighbours(tree)?;
        Ok(frame)
    }

    fn empty(source: &Source) -> Result<Frame, Error> {
        let directory = temporary_directory()?;
        Ok(Frame { directory, user_path: tree::normal(&source.path)?, files: Vec::new() })
    }

    pub(super) fn directory(&self) -> &Path {
        self.directory.path()
    }

    pub(super) fn user_path(&self) -> &Path {
        &self.user_path
    }

    /// The file rustc is called with.
    pub(super) fn root(&self) -> PathBuf {
        self.place(&self.user_path)
    }

    pub(super) fn object(&self) -> PathBuf {
        self.directory().join(".segue.o")
    }

    pub(super) fn dep_info(&self) -> PathBuf {
        self.directory().join(".segue.d")
    }

    /// Where the user's `path` stands in the frame. rustc takes no name that is not UTF-8, so
    /// it is given one with replacement characters; `user_file` knows the way back.
    fn place(&self, path: &Path) -> PathBuf {
        let path = path.to_string_lossy();
        self.directory().join(path.trim_start_matches('/'))
    }

    /// The `mod` lines of the support modules. One the user has written takes precedence.
    fn support(&self, source: &Source, tree: &Tree, below: &mut Region) -> Result<(), Error> {
        for support in &source.support {
            let is_own = |item: &syn::Item| matches!(item, syn::Item::Mod(module) if module.ident == support.name.as_str());
            if tree.files[0].items().iter().any(is_own) {
                continue;
            }
            let place = self.place(&tree::normal(&support.path)?);
            // Lints the user denies for the own file are no demands on a support module.
            let allow = "#[allow(missing_docs, dead_code, unreachable_pub)]";
            below.line(None, &format!("{allow} #[path = {place:?}] pub mod {};", support.name));
        }
        Ok(())
    }

    fn add(
        &mut self,
        source: &Source,
        tree: &Tree,
        index: usize,
        text: &str,
        region: Region,
    ) -> Result<(), Error> {
        let file = &tree.files[index];
        let place = self.place(&file.path);
        // Nothing below, not even a line break: the end of the text is where the user sees it.
        let below = if region.text.is_empty() { "" } else { "\n" };
        let full = format!("{text}{below}{}", region.text);
        let directory = place.parent().unwrap_or(self.directory());
        fs::create_dir_all(directory).map_err(|error| Error::io("create", directory, error))?;
        fs::write(&place, full).map_err(|error| Error::io("write", &place, error))?;
        let breaks = u32::try_from(text.matches('\n').count()).unwrap_or(u32::MAX);
        let spelled = match file.origin {
            _ if index == 0 => source.path.clone(),
            FileOrigin::Support(number) if file.module.len() == 1 => {
                source.support[number].path.clone()
            }
            _ => file.path.clone(),
        };
        self.files.push(Written {
            path: file.path.clone(),
            spelled,
            text: text.to_owned(),
            lines: u32::try_from(text.lines().count()).unwrap_or(u32::MAX).max(1),
            region_start: breaks.saturating_add(2),
            region,
        });
        Ok(())
    }

    /// Links what stands beside files that include others, so that relative paths lead there.
    fn link_neighbours(&self, tree: &Tree) -> Result<(), Error> {
        for file in tree.files.iter().filter(|file| file.text.contains("include")) {
            let levels = 1 + file.text.matches("../").count().min(8);
            for directory in file.path.ancestors().skip(1).take(levels) {
                self.link_entries(directory)?;
            }
        }
        Ok(())
    }

    fn link_entries(&self, directory: &Path) -> Result<(), Error> {
        // A directory that cannot be listed has nothing rustc could read either.
        let entries = fs::read_dir(directory).into_iter().flatten().flatten();
        for entry in entries {
            let place = self.place(&entry.path());
            if place.symlink_metadata().is_err() {
                symlink(entry.path(), &place).map_err(|error| Error::io("link", &place, error))?;
            }
        }
        Ok(())
    }

    /// Every file rustc read, in the user's own paths.
    pub(super) fn files_read(&self) -> Vec<PathBuf> {
        let mut files: Vec<PathBuf> = self.files.iter().map(|file| file.spelled.clone()).collect();
        let listed = fs::read_to_string(self.dep_info()).unwrap_or_default();
        // After the rules, one line `path:` for each file.
        for line in listed.lines().filter(|line| !line.starts_with('#')) {
            let Some(path) = line.strip_suffix(':') else { continue };
            let path = self.user_file(&path.replace("\\ ", " ").replace("\\#", "#"));
            if !files.contains(&path) {
                files.push(path);
            }
        }
        files
    }

    /// The user's own path for a file name that rustc printed.
    pub(super) fn user_file(&self, printed: &str) -> PathBuf {
        let inside = self.directory().to_string_lossy();
        let path = printed.strip_prefix(&*inside).unwrap_or(printed);
        match self.files.iter().find(|file| file.path.to_string_lossy() == path) {
            Some(file) => file.spelled.clone(),
            None => PathBuf::from(path),
        }
    }

    /// The written file with this user's path.
    pub(super) fn written(&self, path: &Path) -> Option<&Written> {
        self.files.iter().find(|file| file.spelled == path)
    }
}

/// A fresh directory, in memory where there is a place for that.
fn temporary_directory() -> Result<TempDir, Error> {
    let runtime = std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from);
    let in_memory = runtime.into_iter().chain([PathBuf::from("/dev/shm")]);
    let mut builder = tempfile::Builder::new();
    builder.prefix("segue-");
    for place in in_memory.filter(|place| place.is_absolute() && place.to_str().is_some()) {
        if let Ok(directory) = builder.tempdir_in(place) {
            return Ok(directory);
        }
    }
    let place = std::env::temp_dir();
    builder.tempdir_in(&place).map_err(|error| Error::io("create a directory in", &place, error))
}
