//! A built image packed into one file, so that other machines run its mutants without building: a CI system's matrix
//! builds once and gives each machine a shard.
//!
//! The form is a `tar` packed by gzip: `segue-archive.json` (the image), `sources/` (the user's text of files with
//! mutants, for reports), `image/` (the binaries, the packages' folders that tests run in, what their environment
//! names). A program of C is packed in the same way. Paths into the image are written with `{segue-image}` and stand for wherever it is unpacked.
//!
//! A test that has its package's folder compiled in, with `env!("CARGO_MANIFEST_DIR")`, looks for it where the image was
//! built; `std::env::var` finds the unpacked one.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use serde::{Deserialize, Serialize};

use crate::workspace::resolved;
use crate::{Error, ErrorKind, Image};

#[cfg(test)]
mod tests;

const LIST: &str = "segue-archive.json";
const SOURCES: &str = "sources";
const IMAGE: &str = "image";

/// Stands for the image's folder in the environment of packed binaries.
const PLACE: &str = "{segue-image}";

/// The form; another number is refused.
const FORM: u32 = 1;

#[derive(Serialize, Deserialize)]
struct List {
    form: u32,
    /// Binaries run where they were built for.
    architecture: String,
    image: Image,
}

/// An image that was unpacked.
#[derive(Debug)]
pub struct Unpacked {
    /// The image, in its new place.
    pub image: Image,
    /// The folder that the files of its mutants are below, for [`crate::report::Results::new`].
    pub sources: PathBuf,
}

/// Whether a file can be written there: known before something is built for it.
///
/// # Errors
///
/// Why not.
pub fn must_be_writable(to: &Path) -> Result<(), Error> {
    let part = part(to);
    let made = File::create(&part).map_err(Error::file("write", to));
    made.and_then(|_| fs::remove_file(&part).map_err(Error::file("remove", &part)))
}

/// Where it is written first.
fn part(to: &Path) -> PathBuf {
    let mut part = to.as_os_str().to_owned();
    part.push(".part");
    PathBuf::from(part)
}

/// Packs an image into a file, which is whole or not there.
///
/// # Errors
///
/// Something cannot be read or written.
pub fn pack(image: &Image, to: &Path) -> Result<(), Error> {
    let part = part(to);
    let packed = pack_into(image, &part, to);
    let named = packed.and_then(|()| fs::rename(&part, to).map_err(Error::file("write", to)));
    named.inspect_err(|_| {
        // It may not be there, and what is in the way of writing may be in the way of this.
        let _ = fs::remove_file(&part);
    })
}

/// Writes to `to` what is to be `in_the_end`.
fn pack_into(image: &Image, to: &Path, in_the_end: &Path) -> Result<(), Error> {
    let failed = |error| Error::file("write", to)(error);
    let file = File::create(to).map_err(failed)?;
    // Binaries with debug information are large, and other machines wait for this.
    let mut archive = tar::Builder::new(GzEncoder::new(file, Compression::fast()));
    archive.follow_symlinks(false);
    let list =
        List { form: FORM, architecture: std::env::consts::ARCH.to_owned(), image: movable(image) };
    let list = serde_json::to_vec(&list).map_err(|error| {
        Error::new(ErrorKind::File, format!("the image cannot be written as JSON: {error}"))
    })?;
    let mut header = tar::Header::new_gnu();
    header.set_size(list.len() as u64);
    header.set_mode(0o644);
    archive.append_data(&mut header, LIST, list.as_slice()).map_err(failed)?;
    let files: BTreeSet<_> = image.mutants.iter().map(|it| &it.mutant.file).collect();
    for file in files {
        // A link would lead nowhere on another machine.
        let from = resolved(&image.workspace.join(file));
        let name = Path::new(SOURCES).join(file);
        archive.append_path_with_name(&from, name).map_err(Error::file("pack", &from))?;
    }
    let end = in_the_end.canonicalize().ok();
    for path in needed(image)? {
        // An older archive in the workspace would be in each that follows, with those before it.
        if end.is_some() && original(image, &path) == end {
            continue;
        }
        let from = image.root.join(&path);
        let name = Path::new(IMAGE).join(&path);
        archive.append_path_with_name(&from, name).map_err(Error::file("pack", &from))?;
    }
    let gzip = archive.into_inner().map_err(failed)?;
    gzip.finish().and_then(|file| file.sync_all()).map_err(failed)
}

/// What a file of the image is a copy of, where it is one: below the folder of the copy all is as in the workspace.
fn original(image: &Image, path: &Path) -> Option<PathBuf> {
    let mut below = path.components();
    below.next();
    image.workspace.join(below).canonicalize().ok()
}

/// The image without the place it is in.
fn movable(image: &Image) -> Image {
    let mut image = image.clone();
    let root = image.root.to_string_lossy().into_owned();
    for value in image.binaries.iter_mut().flat_map(|it| it.environment.values_mut()) {
        *value = value.replace(&root, PLACE);
    }
    image.root = PathBuf::from(PLACE);
    image
}

/// What the binaries need, relative to the image's folder, without what cargo built on the way.
fn needed(image: &Image) -> Result<BTreeSet<PathBuf>, Error> {
    let mut files = BTreeSet::new();
    let mut folders = BTreeSet::new();
    for binary in &image.binaries {
        files.insert(binary.path.clone());
        // The whole workspace: tests read files of their neighbours.
        folders
            .extend(binary.directory.components().next().map(|it| PathBuf::from(it.as_os_str())));
        let inside =
            |value: &str| Path::new(value).strip_prefix(&image.root).ok().map(Path::to_owned);
        for (name, value) in &binary.environment {
            for path in value.split(':').filter_map(inside) {
                let full = image.root.join(&path);
                if full.is_file() {
                    files.insert(path);
                } else if name == "OUT_DIR" {
                    folders.insert(path);
                } else if name.ends_with("LIBRARY_PATH") {
                    files.extend(libraries(&full, &path)?);
                }
            }
        }
    }
    for folder in folders {
        walk(&image.root, &folder, &mut files)?;
    }
    Ok(files)
}

/// Shared libraries of a folder that the dynamic linker searches.
fn libraries(full: &Path, path: &Path) -> Result<Vec<PathBuf>, Error> {
    if !full.is_dir() {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for entry in fs::read_dir(full).map_err(Error::file("read", full))? {
        let name = entry.map_err(Error::file("read", full))?.file_name();
        if Path::new(&name).extension().is_some_and(|it| it == "so") {
            found.push(path.join(name));
        }
    }
    Ok(found)
}

/// All files below a folder, but for caches, which cargo marks; and folders without any, since a test may write there.
fn walk(root: &Path, folder: &Path, files: &mut BTreeSet<PathBuf>) -> Result<(), Error> {
    let full = root.join(folder);
    let mut is_empty = true;
    for entry in fs::read_dir(&full).map_err(Error::file("read", &full))? {
        let entry = entry.map_err(Error::file("read", &full))?;
        let kind = entry.file_type().map_err(Error::file("read", &full))?;
        let path = folder.join(entry.file_name());
        if kind.is_dir() && entry.path().join("CACHEDIR.TAG").exists() {
            continue;
        }
        is_empty = false;
        if kind.is_dir() {
            walk(root, &path, files)?;
        } else {
            files.insert(path);
        }
    }
    if is_empty {
        files.insert(folder.to_owned());
    }
    Ok(())
}

/// Unpacks an archive below a folder, which is the caller's to remove.
///
/// # Errors
///
/// It is no archive of ours, one for other machines, or something cannot be read or written.
pub fn unpack(from: &Path, into: &Path) -> Result<Unpacked, Error> {
    let file = File::open(from).map_err(Error::named(
        "open",
        from,
        "`segue mutants --archive FILE` packs one",
    ))?;
    let mut archive = tar::Archive::new(GzDecoder::new(file));
    archive.unpack(into).map_err(|error| {
        let message = format!(
            "cannot unpack {} to {}: {error}; make it with `segue mutants --archive FILE`",
            from.display(),
            into.display()
        );
        Error::new(ErrorKind::File, message)
    })?;
    let wrong = |why: String| {
        let message =
            format!("{}: {why}; pack it again with `segue mutants --archive FILE`", from.display());
        Error::new(ErrorKind::Usage, message)
    };
    let text = fs::read(into.join(LIST)).map_err(|error| wrong(format!("no {LIST}: {error}")))?;
    let list: List = serde_json::from_slice(&text).map_err(|error| wrong(error.to_string()))?;
    if list.form != FORM {
        return Err(wrong(format!("form {} of archives, not {FORM}", list.form)));
    }
    if list.architecture != std::env::consts::ARCH {
        let (its, ours) = (list.architecture, std::env::consts::ARCH);
        return Err(wrong(format!("it is for {its} machines, this is {ours}")));
    }
    let mut image = list.image;
    image.root = into.join(IMAGE);
    let root = image.root.to_string_lossy().into_owned();
    for value in image.binaries.iter_mut().flat_map(|it| it.environment.values_mut()) {
        *value = value.replace(PLACE, &root);
    }
    Ok(Unpacked { image, sources: into.join(SOURCES) })
}
