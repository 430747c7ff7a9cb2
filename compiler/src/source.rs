//! What a compile is given: the user's text, the support modules beside it, and a way to stop it.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

/// One live file: the user's text, and the modules that are put beside it.
#[derive(Clone, Debug)]
pub struct Source {
    /// The user's file. It need not exist on disk: `text` is what is compiled, the path is what
    /// diagnostics, panics and relative `mod` and `include` paths refer to.
    pub path: PathBuf,
    /// What the file contains.
    pub text: Arc<str>,
    /// Modules that the crate root receives beside the user's own items.
    pub support: Vec<Support>,
}

/// `text` as compilers take it: without a byte order mark, which rustc takes off too, so that the first line has no
/// column for it.
pub(crate) fn unmarked(text: Arc<str>) -> Arc<str> {
    match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.into(),
        None => text,
    }
}

/// A module that is put into the crate root, such as the prelude: live code like the user's own.
///
/// Fingerprints of its types do not depend on the user's files, so it must not name items of theirs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Support {
    /// The module's name, as the user's text refers to it.
    pub name: String,
    /// The module's file.
    pub path: PathBuf,
}

/// Stops a compile from another thread. Clones stop the same compile.
#[derive(Clone, Debug, Default)]
pub struct Cancel(Arc<Mutex<CancelState>>);

#[derive(Debug, Default)]
struct CancelState {
    cancelled: bool,
    /// Process groups of compilers that run now. A group stands here only while its leader has not
    /// been waited for, so that its number cannot have been given to another process.
    running: Vec<libc::pid_t>,
}

impl Cancel {
    /// Kills the compiler that runs now, and refuses those that would start later.
    pub fn cancel(&self) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.cancelled = true;
        for &group in &state.running {
            kill_group(group);
        }
    }

    /// Whether [`Cancel::cancel`] has been called.
    pub fn is_cancelled(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).cancelled
    }

    /// From now on `cancel` kills the process group `group`; at once when it was cancelled before.
    pub(crate) fn started(&self, group: libc::pid_t) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.running.push(group);
        if state.cancelled {
            kill_group(group);
        }
    }

    /// To be called after the leader of `group` has ended and before it is waited for.
    pub(crate) fn ended(&self, group: libc::pid_t) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.running.retain(|&running| running != group);
    }
}

fn kill_group(group: libc::pid_t) {
    // SAFETY: kill(2) reads two integers. `group` is the process group of a child of ours that has
    // not been waited for (see `CancelState::running`), so the number still belongs to it.
    unsafe { libc::kill(-group, libc::SIGKILL) };
}
