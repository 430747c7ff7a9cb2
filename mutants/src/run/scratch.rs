//! The private temporary folder of a server's tests: empty when a test begins, gone when the server is.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::{Error, ErrorKind};

/// One folder, used by one test at a time.
#[derive(Debug)]
pub(crate) struct Scratch {
    folder: TempDir,
}

impl Scratch {
    pub(crate) fn new() -> Result<Self, Error> {
        // A short name: sockets that tests make in it have room for 107 bytes.
        let folder = tempfile::Builder::new().prefix("segue-").tempdir().map_err(|error| {
            let place = std::env::temp_dir();
            let message = format!("cannot create a folder in {}: {error}", place.display());
            Error::new(ErrorKind::File, message)
        })?;
        Ok(Self { folder })
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Removes what a test left.
    pub(crate) fn clear(&self) {
        let Ok(entries) = fs::read_dir(self.folder()) else {
            // The test removed the folder itself, or closed it.
            let _ = fs::create_dir(self.folder());
            let _ = fs::set_permissions(self.folder(), fs::Permissions::from_mode(0o700));
            return;
        };
        for path in entries.flatten().map(|entry| entry.path()) {
            if remove(&path).is_err() {
                open_up(path.clone());
                let _ = remove(&path);
            }
        }
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        self.clear();
    }
}

fn remove(path: &Path) -> std::io::Result<()> {
    if fs::symlink_metadata(path)?.is_dir() {
        fs::remove_dir_all(path)
    } else {
        fs::remove_file(path)
    }
}

/// Folders that a test made unwritable become writable again.
fn open_up(path: PathBuf) {
    if fs::symlink_metadata(&path).is_ok_and(|it| it.is_dir()) {
        let _ = fs::set_permissions(&path, fs::Permissions::from_mode(0o700));
        for entry in fs::read_dir(&path).into_iter().flatten().flatten() {
            open_up(entry.path());
        }
    }
}
