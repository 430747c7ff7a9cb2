//! Watching the files of a program: directories are watched, contents decide.
//!
//! Editors write in place, or write another file and rename it over. Either way an event names one
//! of our files and the file is complete: those are looked at at once. An event that may come in
//! the middle of writing (data written, file created) only asks for a look soon after, in case no
//! closing event follows. There is no debounce: a look that finds the same bytes as before does
//! nothing.

use std::{
    collections::{HashMap, HashSet},
    path::{Path, PathBuf},
    time::{Duration, Instant, SystemTime},
};

use crossbeam_channel::{Receiver, unbounded};
use notify::{
    EventKind, RecommendedWatcher, RecursiveMode, Watcher,
    event::{AccessKind, AccessMode, ModifyKind},
};

use crate::saved::digest;

/// How long to wait for the closing event of a file that is being written.
const SETTLE: Duration = Duration::from_millis(60);

/// The files of one program, and the directories that they are in.
pub(crate) struct Watch {
    watcher: RecommendedWatcher,
    events: Receiver<notify::Result<notify::Event>>,
    files: HashSet<PathBuf>,
    directories: HashSet<PathBuf>,
    /// What was seen last; `None` before the first time.
    contents: HashMap<PathBuf, Option<Seen>>,
    look_at: Option<Instant>,
}

/// What a file held.
struct Seen {
    bytes: Vec<u8>,
    /// Made once: it is asked for more often than files are edited.
    digest: u64,
}

impl Seen {
    fn new(bytes: Vec<u8>) -> Seen {
        Seen { digest: digest(&bytes), bytes }
    }
}

impl Watch {
    pub(crate) fn new() -> notify::Result<Watch> {
        let (sender, events) = unbounded();
        let watcher = notify::recommended_watcher(move |event| {
            // The program is gone: then nobody wants to know.
            let _ = sender.send(event);
        })?;
        Ok(Watch {
            watcher,
            events,
            files: HashSet::new(),
            directories: HashSet::new(),
            contents: HashMap::new(),
            look_at: None,
        })
    }

    /// Events of the file system, to wait on.
    pub(crate) fn events(&self) -> &Receiver<notify::Result<notify::Event>> {
        &self.events
    }

    /// Watches `files` from now on. What was in a new one at `read_at`, when it was compiled, counts
    /// as seen; one that was written since does not. Problems are returned as text, one for each
    /// directory that cannot be watched.
    pub(crate) fn set_files(&mut self, files: &[PathBuf], read_at: SystemTime) -> Vec<String> {
        let mut problems = Vec::new();
        self.files.clear();
        for file in files {
            // A link is watched where it stands and where it points to.
            for path in [Some(file.clone()), file.canonicalize().ok()].into_iter().flatten() {
                let directory = existing_parent(&path).to_owned();
                if !self.directories.contains(&directory) {
                    match self.watcher.watch(&directory, RecursiveMode::NonRecursive) {
                        Ok(()) => drop(self.directories.insert(directory)),
                        Err(error) => {
                            problems.push(format!("cannot watch {}: {error}", directory.display()));
                        }
                    }
                }
                self.files.insert(path);
            }
            if !self.contents.contains_key(file) {
                let saved = std::fs::metadata(file).and_then(|meta| meta.modified());
                let is_older = saved.is_ok_and(|saved| saved < read_at);
                let seen = if is_older { std::fs::read(file).ok() } else { None };
                self.contents.insert(file.clone(), seen.map(Seen::new));
            }
        }
        self.contents.retain(|path, _| files.contains(path));
        problems
    }

    /// Takes `bytes` as what was seen of `file` last.
    pub(crate) fn saw(&mut self, file: &Path, bytes: &[u8]) {
        let known = self.contents.get(file).and_then(Option::as_ref);
        if known.is_none_or(|known| known.bytes != bytes) {
            self.contents.insert(file.to_owned(), Some(Seen::new(bytes.to_owned())));
        }
    }

    /// The files, with digests of what was seen of them last.
    pub(crate) fn seen(&self) -> Vec<(PathBuf, Option<u64>)> {
        let digest = |seen: &Option<Seen>| seen.as_ref().map(|seen| seen.digest);
        self.contents.iter().map(|(path, seen)| (path.clone(), digest(seen))).collect()
    }

    /// Takes in an event; says whether to look at the files now.
    pub(crate) fn concerns(&mut self, event: &notify::Event) -> bool {
        let lost = event.need_rescan();
        if !lost && !event.paths.iter().any(|path| self.files.contains(path)) {
            return false;
        }
        match event.kind {
            EventKind::Access(AccessKind::Close(AccessMode::Write))
            | EventKind::Modify(ModifyKind::Name(_)) => true,
            EventKind::Modify(_) | EventKind::Create(_) => {
                self.look_at = Some(Instant::now() + SETTLE);
                false
            }
            _ => lost,
        }
    }

    /// Whether a look that was put off is due.
    pub(crate) fn is_due(&self) -> bool {
        self.look_at.is_some_and(|at| at <= Instant::now())
    }

    /// Reads the files; if any differs from what was seen last, the time of the newest save.
    pub(crate) fn look(&mut self) -> Option<SystemTime> {
        self.look_at = None;
        let mut newest = None;
        for (path, seen) in &mut self.contents {
            // A file that is gone for a moment (renamed away, written anew) comes with an event.
            let Ok(bytes) = std::fs::read(path) else { continue };
            if seen.as_ref().is_some_and(|seen| seen.bytes == bytes) {
                continue;
            }
            *seen = Some(Seen::new(bytes));
            let saved = std::fs::metadata(path).and_then(|meta| meta.modified());
            let saved = saved.unwrap_or_else(|_| SystemTime::now());
            newest = Some(newest.map_or(saved, |newest: SystemTime| newest.max(saved)));
        }
        newest
    }
}

/// The folder that a file is in; for a module that was never written, the nearest one that exists.
fn existing_parent(path: &Path) -> &Path {
    path.ancestors().skip(1).find(|folder| folder.is_dir()).unwrap_or(Path::new("/"))
}

#[cfg(test)]
mod tests;
