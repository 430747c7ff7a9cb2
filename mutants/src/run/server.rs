//! The server's object: what is linked into every test binary.
//!
//! Its text (`server/inside/`) is part of this program; the user's rustc compiles it once into an object that
//! needs nothing but the C library. `crate::build` adds it to the linker's arguments, after everything else, so
//! that its piece of the section `segue_slots` comes last. Without its environment variables it does nothing.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{Error, ErrorKind};

mod options;

use options::OPTIONS;

#[cfg(test)]
mod tests;

/// The texts by their file names; the first is the root.
const TEXTS: [(&str, &str); 7] = [
    ("main.rs", include_str!("server/inside/main.rs")),
    ("filter.rs", include_str!("server/inside/filter.rs")),
    ("harness.rs", include_str!("server/inside/harness.rs")),
    ("imports.rs", include_str!("server/inside/imports.rs")),
    ("prefix.rs", include_str!("server/inside/prefix.rs")),
    ("slots.rs", include_str!("server/inside/slots.rs")),
    ("system.rs", include_str!("server/inside/system.rs")),
];

/// The object with the server, in `folder`: compiled with the user's rustc (`RUSTC`, or the one that is found in
/// that folder) unless it is there already. Its name depends on its text only, so it causes no build again.
///
/// # Errors
/// The folder cannot be written, or there is no rustc, or it refuses the text.
pub fn object(folder: &Path) -> Result<PathBuf, Error> {
    fs::create_dir_all(folder).map_err(Error::file("create", folder))?;
    let folder = &fs::canonicalize(folder).map_err(Error::file("find", folder))?;
    let object = folder.join(format!("segue-server-{:016x}.o", digest()));
    if object.exists() {
        return Ok(object);
    }
    let sources = folder.join("segue-server");
    fs::create_dir_all(&sources).map_err(Error::file("create", &sources))?;
    for (name, text) in TEXTS {
        let path = sources.join(name);
        fs::write(&path, text).map_err(Error::file("write", &path))?;
    }
    // Under another name first: two runs at a time never see half of it.
    let unfinished = folder.join(format!("segue-server-{}.o", std::process::id()));
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let mut command = Command::new(&rustc);
    command.args(OPTIONS).arg("-o").arg(&unfinished).arg(sources.join(TEXTS[0].0));
    let output = command.current_dir(folder).output().map_err(|error| {
        let rustc = Path::new(&rustc).display();
        Error::new(ErrorKind::Machine, format!("cannot run {rustc}: {error}; install Rust"))
    })?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        let message = format!("rustc refuses the fork server ({}):\n{said}", output.status);
        return Err(Error::new(ErrorKind::Machine, message));
    }
    fs::rename(&unfinished, &object).map_err(Error::file("write", &object))?;
    Ok(object)
}

/// The same object as it was compiled together with this program, written to `folder`: for programs of C, whose users may
/// have no rustc. It serves the C library that this program was compiled for.
///
/// # Errors
/// It cannot be written.
pub fn built_in(folder: &Path) -> Result<PathBuf, Error> {
    let object = folder.join("segue-server.o");
    let bytes = include_bytes!(concat!(env!("OUT_DIR"), "/segue-server.o"));
    fs::write(&object, bytes).map_err(Error::file("write", &object))?;
    Ok(object)
}

/// FNV-1a of the texts and options.
fn digest() -> u64 {
    let texts = TEXTS.iter().map(|(_, text)| *text).chain(OPTIONS);
    texts.flat_map(str::bytes).fold(0xcbf2_9ce4_8422_2325, |digest, byte| {
        (digest ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
