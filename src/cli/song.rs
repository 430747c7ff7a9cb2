//! From the path of a song to a program and its `process`, with a sentence for each way it can
//! fail.

use std::path::{Path, PathBuf};

use segue_audio_demo::{Block, prelude};
use segue_runtime::{Closure, Program};

use super::Song;
use super::failure::{Exit, Failure};

/// The function that makes the sound.
pub(crate) const PROCESS: &str = "process";

/// Whether a program follows its files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Watch {
    /// Every save is compiled.
    Saves,
    /// Only what the command applies is.
    Nothing,
}

/// A song that is compiled and ready to be called.
pub(crate) struct Opened {
    pub(crate) program: Program,
    pub(crate) process: Closure<Block>,
}

/// Compiles a song and takes its `process`.
pub(crate) fn open(song: &Song, watch: Watch) -> Result<Opened, Failure> {
    let program = compile(song, watch)?;
    let process = program.closure::<Block>(PROCESS)?;
    Ok(Opened { program, process })
}

/// Compiles a song.
pub(crate) fn compile(song: &Song, watch: Watch) -> Result<Program, Failure> {
    must_be_song(&song.song)?;
    let prelude: PathBuf = prelude::locate(&song.song, song.prelude.as_deref())?;
    let builder =
        Program::builder(&song.song).support("prelude", prelude).watch(watch == Watch::Saves);
    Ok(builder.open()?)
}

/// Refuses what cannot be a song, before a compiler is asked.
pub(crate) fn must_be_song(path: &Path) -> Result<(), Failure> {
    let refuse = |message: String| Err(Failure::new(Exit::Usage, message));
    let shown = path.display();
    match std::fs::metadata(path) {
        Ok(found) if found.is_dir() => {
            refuse(format!("{shown} is a directory: give the song's `.rs` file"))
        }
        Ok(found) if !found.is_file() => {
            refuse(format!("{shown} is not a file: give a `.rs` file"))
        }
        Ok(_) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let name = path.with_extension("");
            let name = name.display();
            refuse(format!("there is no file {shown}: `segue new {name}` writes one to begin with"))
        }
        Err(error) => refuse(format!("cannot read {shown}: {error}")),
    }
}

/// How lines name the song: its file name.
pub(crate) fn name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests;
