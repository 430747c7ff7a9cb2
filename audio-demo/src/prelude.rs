//! Where a song's `prelude` module comes from.
//!
//! The prelude is ordinary source that is compiled, watched and swapped with the song, so it must
//! be a file. Looked for, in this order: what was asked for; beside the song (`prelude/mod.rs`,
//! `prelude.rs`); beside the song's folder (`../prelude/mod.rs`, as in this repository); else the
//! copy that this program carries is written to the user's data folder, under a name made of its
//! content, and used from there. A copy that exists is used as it is: it is the user's to edit.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::error::{Error, ErrorKind};

#[cfg(test)]
mod tests;

/// One file of the prelude that this program carries, relative to its folder.
macro_rules! files {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../prelude/", $name)))),*]
    };
}

/// The prelude that this program carries: names and texts.
pub const FILES: &[(&str, &str)] = files![
    "mod.rs",
    "block.rs",
    "clock.rs",
    "delay.rs",
    "envelope.rs",
    "filter.rs",
    "level.rs",
    "noise.rs",
    "oscillator.rs",
    "pitch.rs",
    "reverb.rs",
];

/// The module file of the prelude for `song`.
///
/// # Errors
///
/// [`ErrorKind::Prelude`] when `wanted` holds no prelude, or when the carried copy cannot be
/// written.
pub fn locate(song: &Path, wanted: Option<&Path>) -> Result<PathBuf, Error> {
    if let Some(wanted) = wanted {
        return asked_for(wanted);
    }
    let folder = match song.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    for candidate in ["prelude/mod.rs", "prelude.rs", "../prelude/mod.rs"] {
        let candidate = folder.join(candidate);
        if candidate.is_file() {
            return absolute(&candidate);
        }
    }
    install(&data_folder(|name| std::env::var_os(name))?)
}

/// `--prelude`: a folder with a `mod.rs`, or the file itself.
fn asked_for(wanted: &Path) -> Result<PathBuf, Error> {
    let file = if wanted.is_dir() { wanted.join("mod.rs") } else { wanted.to_owned() };
    if file.is_file() {
        return absolute(&file);
    }
    let wanted = wanted.display();
    Err(Error::new(
        ErrorKind::Prelude,
        format!("no prelude in {wanted}: give a folder that has a `mod.rs`, or a `.rs` file"),
    ))
}

/// Without `..` and links, so that the compiler's messages show the path people know.
fn absolute(file: &Path) -> Result<PathBuf, Error> {
    file.canonicalize().map_err(|error| {
        Error::new(ErrorKind::Prelude, format!("cannot use {}: {error}", file.display()))
    })
}

/// The user's own data folder for this program. Never a shared one: what lies there becomes code.
fn data_folder(variable: impl Fn(&str) -> Option<OsString>) -> Result<PathBuf, Error> {
    let set = |name: &str| variable(name).map(PathBuf::from).filter(|path| path.is_absolute());
    set("XDG_DATA_HOME")
        .or_else(|| set("HOME").map(|home| home.join(".local/share")))
        .map(|folder| folder.join("segue"))
        .ok_or_else(|| {
            Error::new(
                ErrorKind::Prelude,
                "no prelude beside the song, and neither HOME nor XDG_DATA_HOME is set to write \
                 one to: give --prelude DIR",
            )
        })
}

/// Writes the carried prelude below `folder` unless it is there, all files or none; its module
/// file.
fn install(folder: &Path) -> Result<PathBuf, Error> {
    let target = folder.join(format!("prelude-{:016x}", digest(FILES)));
    let module = target.join("mod.rs");
    if module.is_file() {
        return Ok(module);
    }
    let failed = |error: io::Error| {
        let folder = folder.display();
        let message = format!("cannot write the prelude to {folder}: {error}; give --prelude DIR");
        Error::new(ErrorKind::Prelude, message)
    };
    let unfinished = folder.join(format!("unfinished-{}", std::process::id()));
    fs::create_dir_all(&unfinished).map_err(failed)?;
    for (name, text) in FILES {
        fs::write(unfinished.join(name), text).map_err(failed)?;
    }
    if let Err(error) = fs::rename(&unfinished, &target) {
        let _ = fs::remove_dir_all(&unfinished);
        // Another process may have been first.
        if !module.is_file() {
            return Err(failed(error));
        }
    }
    Ok(module)
}

/// FNV-1a over names and texts: tells one prelude from the next, and guards nothing.
fn digest(files: &[(&str, &str)]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in
        files.iter().flat_map(|(name, text)| [*name, "\0", *text, "\0"]).flat_map(str::bytes)
    {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    hash
}
