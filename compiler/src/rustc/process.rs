//! Runs rustc, reads what it says, and kills it when the compile is cancelled.

use std::io::{self, Read};
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};

use crate::error::{Error, ErrorKind};
use crate::source::Cancel;

/// How a compiler ended.
pub(super) struct Ended {
    pub status: ExitStatus,
    pub stderr: String,
}

/// A compiler that runs.
pub(super) struct Running {
    child: Child,
    group: libc::pid_t,
    program: PathBuf,
}

/// Starts `command`; from now on `cancel` kills it.
pub(super) fn start(mut command: Command, cancel: &Cancel) -> Result<Running, Error> {
    // A group of its own: a wrapper script and the compiler it started are killed together, and
    // Ctrl-C in the terminal is for Segue alone.
    command.process_group(0);
    // Diagnostics are all rustc writes, so one pipe is all there is to read, and none can fill up.
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
    let program = PathBuf::from(command.get_program());
    let child = command.spawn().map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => {
            let tried = format!("{} is gone", program.display());
            Error::new(ErrorKind::RustcNotFound(tried))
        }
        _ => Error::io("start", &program, error),
    })?;
    // A process id is positive and fits, so this cannot fail.
    let group = libc::pid_t::try_from(child.id()).expect("a process id fits pid_t");
    cancel.started(group);
    Ok(Running { child, group, program })
}

/// Reads what it says, to its end.
pub(super) fn finish(running: Running, cancel: &Cancel) -> Result<Ended, Error> {
    let Running { mut child, group, program } = running;
    let failed = |doing, error| Error::io(doing, &program, error);
    let mut stderr = Vec::new();
    let read = match child.stderr.take() {
        Some(mut pipe) => pipe.read_to_end(&mut stderr),
        None => Ok(0),
    };
    let ended = wait_without_reaping(group);
    cancel.ended(group);
    let status = reap(&mut child, ended).map_err(|error| failed("wait for", error))?;
    if cancel.is_cancelled() {
        return Err(Error::new(ErrorKind::Cancelled));
    }
    read.map_err(|error| failed("read the diagnostics of", error))?;
    Ok(Ended { status, stderr: String::from_utf8_lossy(&stderr).into_owned() })
}

/// Waits until the process has ended and leaves it a zombie, so that its number is not given away
/// while [`Cancel`] may still kill it.
fn wait_without_reaping(process: libc::pid_t) -> io::Result<()> {
    let id = libc::id_t::try_from(process).map_err(io::Error::other)?;
    loop {
        let mut information = std::mem::MaybeUninit::<libc::siginfo_t>::zeroed();
        // SAFETY: waitid(2) writes at most one siginfo_t to the pointer, which is valid for it.
        let result = unsafe {
            libc::waitid(libc::P_PID, id, information.as_mut_ptr(), libc::WEXITED | libc::WNOWAIT)
        };
        if result == 0 {
            return Ok(());
        }
        let error = io::Error::last_os_error();
        if error.kind() != io::ErrorKind::Interrupted {
            return Err(error);
        }
    }
}

fn reap(child: &mut Child, ended: io::Result<()>) -> io::Result<ExitStatus> {
    if ended.is_err() {
        // Nothing is known about it; it must not go on without anybody to wait for it.
        let _ = child.kill();
    }
    child.wait()
}

#[cfg(test)]
mod tests;
