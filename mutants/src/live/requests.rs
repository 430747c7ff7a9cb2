//! What the runner asks for, as a thread of its own reads it: the order to end a test comes while the test runs.

use std::io::Read;
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::system::{end_all, end_group, leave};
use crate::run::protocol::{self, Asked, TAG_KILL};

/// What a test runs in, while one runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Running {
    Nothing,
    /// In this process.
    Here,
    /// In this child, which leads a group.
    Child(i32),
    /// The runner is gone: nothing is to begin any more.
    Over,
}

/// What runs, for the thread that may have to end it.
#[derive(Debug, Clone)]
pub(super) struct Current(Arc<Mutex<Running>>);

impl Current {
    pub(super) fn new() -> Current {
        Current(Arc::new(Mutex::new(Running::Nothing)))
    }

    /// The same, for a test that is about to begin: where the runner is gone this process ends here.
    pub(super) fn begin(&self) -> MutexGuard<'_, Running> {
        let running = self.lock();
        if *running == Running::Over {
            leave(0);
        }
        running
    }

    /// As long as the guard lives nothing is ended.
    pub(super) fn lock(&self) -> MutexGuard<'_, Running> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Reads requests until the runner is gone; then the test that runs is ended, or the last edit is the last thing that
/// this process does.
///
/// # Errors
///
/// The machine gives no thread.
pub(super) fn receive(
    mut socket: UnixStream,
    current: Current,
) -> std::io::Result<Receiver<Asked>> {
    let (sender, receiver) = channel();
    std::thread::Builder::new().name("requests".into()).spawn(move || {
        loop {
            let mut tag = [0];
            let is_there = socket.read_exact(&mut tag).is_ok();
            if is_there && tag[0] == TAG_KILL {
                // Where nothing runs it came too late: what was meant had ended.
                end(*current.lock());
                continue;
            }
            let request =
                is_there.then(|| protocol::read_request(tag[0], &mut socket).ok()).flatten();
            if request.is_none_or(|it| sender.send(it).is_err()) {
                remove_scratch();
                let mut running = current.lock();
                let was = std::mem::replace(&mut *running, Running::Over);
                return end(was);
            }
        }
    })?;
    Ok(receiver)
}

/// The runner removes the tests' temporary folder, unless it was killed.
pub(super) fn remove_scratch() {
    let folder = std::env::var_os("TMPDIR").map(PathBuf::from).unwrap_or_default();
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    if name.starts_with("segue-") {
        let _ = std::fs::remove_dir_all(&folder);
    }
}

/// Ends what runs, and this process, where a test runs in it.
fn end(running: Running) {
    match running {
        Running::Here => end_all(),
        Running::Child(child) => end_group(child),
        Running::Nothing | Running::Over => {}
    }
}
