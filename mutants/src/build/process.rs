//! A program that builds, with all that it starts: it can be ended before its time, and what it printed is read whole.

use std::io::{self, Read};
use std::os::unix::process::CommandExt;
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicBool, AtomicI32, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process_group};

use super::blame::ENDLESS;

/// How often it is asked whether to stop.
const LOOK: Duration = Duration::from_millis(25);

/// The groups of the builds that run, or 0. No more than two do: tests are asked for while examples are built.
static RUNNING: [AtomicI32; 2] = [const { AtomicI32::new(0) }; 2];

/// Ends the builds that this process has running, if it has: for one that is about to leave at once. A build is a process group of
/// its own, which no signal to this process reaches.
pub fn end_build() {
    // Nothing else is told by the numbers: they pair with nothing.
    for group in RUNNING.iter().filter_map(|it| Pid::from_raw(it.load(Ordering::Relaxed))) {
        let _ = kill_process_group(group, Signal::KILL);
    }
}

/// Replaces a number among those of the groups that run; where it is not among them, nothing.
fn note(old: i32, new: i32) {
    let swap = |it: &AtomicI32| {
        it.compare_exchange(old, new, Ordering::Relaxed, Ordering::Relaxed).is_ok()
    };
    let _ = RUNNING.iter().any(swap);
}

/// Runs a program to its end; `None` when `stop` was set before. A compiler that says that a constant takes long to compute
/// is ended: it would go on for ever, and has said of what.
pub(super) fn output(mut command: Command, stop: &AtomicBool) -> io::Result<Option<Output>> {
    // A group of its own: cargo does not end its compilers when it is ended itself.
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).process_group(0);
    let mut child = command.spawn()?;
    let group = Pid::from_child(&child);
    let number = group.as_raw_nonzero().get();
    note(0, number);
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
        // Only now is it waited for: until then its number is nobody else's.
        note(number, 0);
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
