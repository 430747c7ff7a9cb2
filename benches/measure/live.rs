//! Live files in temporary folders, and programs on them.

use std::{
    collections::HashMap,
    fs, io,
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};

use segue::{
    Program,
    runtime::{
        Builder,
        compiler::{Cancel, Compiled, Compiler, Error, Rustc, Source},
    },
};
use tempfile::TempDir;

/// A live file in a folder of its own, removed on drop.
pub(crate) struct LiveFile {
    folder: TempDir,
}

impl LiveFile {
    /// A file that holds `text`.
    pub(crate) fn new(text: &str) -> io::Result<LiveFile> {
        let file = LiveFile { folder: tempfile::tempdir()? };
        fs::write(file.path(), text)?;
        Ok(file)
    }

    /// Where it is.
    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("live.rs")
    }

    /// Saves as careful editors do: writes another file and renames it over.
    pub(crate) fn save(&self, text: &str) -> io::Result<()> {
        let other = self.folder.path().join(".live.rs.new");
        fs::write(&other, text)?;
        fs::rename(other, self.path())
    }

    /// A program on it that does not watch it, with a compiler that remembers every text, so that
    /// swaps do not wait for rustc.
    pub(crate) fn remembering(&self) -> Result<Builder, Error> {
        Ok(self.with(self.compiler()?))
    }

    /// A compiler that remembers, for several programs on this file.
    pub(crate) fn compiler(&self) -> Result<Remembering, Error> {
        Ok(Remembering { rustc: Arc::new(Rustc::find()?), known: Arc::default() })
    }

    /// A program on it that does not watch it.
    pub(crate) fn with(&self, compiler: Remembering) -> Builder {
        Program::builder(self.path()).compiler(compiler).watch(false)
    }
}

/// rustc, asked once for each text.
#[derive(Clone)]
pub(crate) struct Remembering {
    rustc: Arc<Rustc>,
    known: Arc<Mutex<HashMap<Arc<str>, Compiled>>>,
}

impl Compiler for Remembering {
    fn compile(&self, source: &Source, cancel: &Cancel) -> Result<Compiled, Error> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(compiled) = known.get(&source.text) {
            return Ok(compiled.clone());
        }
        let compiled = self.rustc.compile(source, cancel)?;
        known.insert(source.text.clone(), compiled.clone());
        Ok(compiled)
    }
}
