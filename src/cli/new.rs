//! `segue new`: a commented song to begin with.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use super::failure::{Exit, Failure};
use super::screen::{GOOD, Screen};

/// Runs `segue new`.
pub(crate) fn run(arguments: &super::New, screen: &mut Screen) -> Result<(), Failure> {
    let path = write(&arguments.name)?;
    let shown = path.display();
    screen.line(&format!(
        "{GOOD}wrote{GOOD:#} {shown}: `segue play {shown}` plays it, edit it while it does"
    ));
    Ok(())
}

/// Writes the song as `name` with `.rs`, which must not exist.
fn write(name: &Path) -> Result<PathBuf, Failure> {
    let Some(path) = file_for(name) else {
        let name = name.display();
        let message = format!("{name} is a folder: give the song a name, as in `segue new tune`");
        return Err(Failure::new(Exit::Usage, message));
    };
    let shown = path.display();
    let failed = |error: std::io::Error| match error.kind() {
        ErrorKind::AlreadyExists => {
            Failure::new(Exit::Usage, format!("{shown} exists already: choose another name"))
        }
        ErrorKind::NotFound => {
            let folder = path.parent().unwrap_or(Path::new(".")).display();
            Failure::new(Exit::Usage, format!("cannot write {shown}: there is no folder {folder}"))
        }
        _ => Failure::new(Exit::Machine, format!("cannot write {shown}: {error}")),
    };
    let mut file = OpenOptions::new().write(true).create_new(true).open(&path).map_err(failed)?;
    file.write_all(segue_audio_demo::TEMPLATE.as_bytes()).map_err(failed)?;
    Ok(path)
}

/// `name` with the extension of a Rust file, once; nothing for `.` and its like.
fn file_for(name: &Path) -> Option<PathBuf> {
    let mut file = name.file_name()?.to_owned();
    if name.extension().is_none_or(|extension| extension != "rs") {
        file.push(".rs");
    }
    Some(name.with_file_name(file))
}

#[cfg(test)]
mod tests;
