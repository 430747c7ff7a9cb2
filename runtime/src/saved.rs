//! What is saved, as far as the program knows: the files as they were last read, and what became of
//! the text in them.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use segue_compiler::Interface;

use crate::{
    error::Error,
    live::Basis,
    status::{Reason, Watching},
};

/// A file of a text with a digest of what was read of it; `None`: nothing that counts.
pub(crate) type FileDigest = (PathBuf, Option<u64>);

/// See the module.
pub(crate) struct Saved {
    /// Every file of the text.
    pub(crate) files: Vec<FileDigest>,
    pub(crate) text: Text,
    pub(crate) watching: Watching,
}

/// What became of the saved text.
#[derive(Clone)]
pub(crate) enum Text {
    /// Nothing was read yet, or a compiler is at it.
    Compiling,
    /// It was refused.
    Refused(Reason),
    /// It became this code, of the generation with this number.
    Compiled(Compiled),
}

/// The saved text as code.
#[derive(Clone)]
pub(crate) struct Compiled {
    pub(crate) generation: u64,
    pub(crate) interface: Arc<Interface>,
    /// The objects that it is in; nothing for a generation without code.
    pub(crate) basis: Option<Basis>,
}

impl Default for Saved {
    fn default() -> Saved {
        Saved { files: Vec::new(), text: Text::Compiling, watching: Watching::Off }
    }
}

impl Saved {
    /// Takes in what was read of the files of the text.
    pub(crate) fn read(&mut self, files: Vec<FileDigest>) {
        self.files = files;
    }

    /// The saved text was refused.
    pub(crate) fn refused(&mut self, error: &Error) {
        self.text = Text::Refused(refusal(error));
    }
}

/// The first of `files` that is not on disk what was read of it.
pub(crate) fn unread(files: &[FileDigest]) -> Option<Reason> {
    files.iter().find_map(|(path, known)| match digest_of(path) {
        Ok(now) => (Some(now) != *known).then(|| Reason::Unread { file: path.clone() }),
        // A module that was looked for and never there.
        Err(_) if known.is_none() => None,
        Err(error) => {
            let why = error.to_string();
            Some(Reason::Unreadable { file: path.clone(), why })
        }
    })
}

fn refusal(error: &Error) -> Reason {
    let place = error.diagnostics().iter().find(|each| each.is_error());
    Reason::Refused {
        kind: error.kind(),
        message: match place {
            Some(first) => first.message.clone(),
            None => error.to_string(),
        },
        place: place.map(|first| (first.file.clone(), first.line, first.column)),
    }
}

/// A digest of a file's content, to compare with what is read later.
pub(crate) fn digest(content: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    content.hash(&mut hasher);
    hasher.finish()
}

pub(crate) fn digest_of(path: &Path) -> io::Result<u64> {
    std::fs::read(path).map(|content| digest(&content))
}
