//! A program that builds, with all that it starts: it can be ended before its time, and what it printed is read whole.

use std::io::{self, Read};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process_group};

use super::blame::ENDLESS;

/// How often it is asked whether to stop.
const LOOK: Duration = Duration::from_millis(25);

/// The builds of this process.
static BUILDS: Builds = Builds { running: Mutex::new(Some(Vec::new())) };

/// Ends the builds that this process has running, and has none begin from now on: for one that is about to leave at once. A build is
/// a process group of its own, which no signal to this process reaches.
pub fn end_build() {
    BUILDS.end();
}

/// The groups that run; nothing once no build may begin any more. A build begins and is noted under the lock: whoever ends them
/// cannot come between.
struct Builds {
    running: Mutex<Option<Vec<Pid>>>,
}

impl Builds {
    fn lock(&self) -> MutexGuard<'_, Option<Vec<Pid>>> {
        // The list is whole between any two of its changes.
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn begin(&self, command: &mut Command) -> io::Result<Child> {
        match &mut *self.lock() {
            Some(running) => {
                // A group of its own: cargo does not end its compilers when it is ended itself.
                let child = command.process_group(0).spawn()?;
                running.push(Pid::from_child(&child));
                Ok(child)
            }
            None => Err(io::ErrorKind::Interrupted.into()),
        }
    }

    /// It is about to be waited for: then its number may become another's.
    fn forget(&self, group: Pid) {
        if let Some(running) = &mut *self.lock() {
            running.retain(|it| *it != group);
        }
    }

    fn end(&self) {
        for group in self.lock().take().into_iter().flatten() {
            let _ = kill_process_group(group, Signal::KILL);
        }
    }
}

/// Runs a program to its end; `None` when `stop` was set before. A compiler that says that a constant takes long to compute
/// is ended: it would go on for ever, and has said of what.
pub(super) fn output(mut command: Command, stop: &AtomicBool) -> io::Result<Option<Output>> {
    let mut child = BUILDS.begin(command.stdout(Stdio::piped()).stderr(Stdio::piped()))?;
    let group = Pid::from_child(&child);
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    let end = || _ = kill_process_group(group, Signal::KILL);
    let (stdout, stderr) = std::thread::scope(|scope| {
        let errors = scope.spawn(move || stderr.map_or(Ok(Vec::new()), |it| read(it, &|| {})));
        let (is_read, wait) = mpsc::channel::<()>();
        scope.spawn(move || {
            while wait.recv_timeout(LOOK) == Err(RecvTimeoutError::Timeout) {
                if stop.load(Ordering::Relaxed) {
                    end();
                }
            }
        });
        let stdout = stdout.map_or(Ok(Vec::new()), |it| read(it, &end));
        let stderr = errors.join().unwrap_or_else(|_| Err(io::ErrorKind::Other.into()));
        BUILDS.forget(group);
        drop(is_read);
        (stdout, stderr)
    });
    let status = child.wait()?;
    if stop.load(Ordering::Relaxed) {
        return Ok(None);
    }
    Ok(Some(Output { status, stdout: stdout?, stderr: stderr? }))
}

/// Everything that comes through a pipe; `end` is called when a line of it says that a compiler will not end.
fn read(mut from: impl Read, end: &dyn Fn()) -> io::Result<Vec<u8>> {
    let (mut all, mut seen) = (Vec::new(), 0);
    let mut bytes = [0; 1 << 16];
    loop {
        let count = match from.read(&mut bytes) {
            Ok(0) => return Ok(all),
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        all.extend_from_slice(&bytes[..count]);
        // Whole lines only: what was said last must be readable.
        let whole = all.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        let fresh = all.get(seen..whole).unwrap_or_default();
        if fresh.windows(ENDLESS.len()).any(|it| it == ENDLESS.as_bytes()) {
            end();
        }
        seen = seen.max(whole);
    }
}

#[cfg(test)]
mod tests;
