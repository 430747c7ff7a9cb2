//! A running command: lines as they come, signals, and how it ended.
//!
//! Every wait has a limit far beyond any machine's load, after which the test fails and shows all
//! that the command has said.

use std::{
    io::{BufRead, BufReader, Read},
    process::{Child, Command, ExitStatus, Stdio},
    sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    thread,
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal, kill_process};

/// How long anything may take before a test gives up. The command's compilers run at the lowest
/// priority, so that beside other builds they may be given next to nothing for minutes.
pub(crate) const PATIENCE: Duration = Duration::from_secs(600);

/// Where a line was printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stream {
    Stdout,
    Stderr,
}

/// A command that was started, with pipes for what it says.
pub(crate) struct Running {
    child: Child,
    lines: Receiver<(Stream, String)>,
    seen: Vec<(Stream, String)>,
}

/// Runs a command to its end.
pub(crate) fn run(command: Command) -> Ended {
    Running::start(command).end()
}

impl Running {
    pub(crate) fn start(mut command: Command) -> Running {
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the command starts");
        let (sender, lines) = channel();
        let stdout = child.stdout.take().expect("it is piped");
        let stderr = child.stderr.take().expect("it is piped");
        forward(Stream::Stdout, stdout, sender.clone());
        forward(Stream::Stderr, stderr, sender);
        Running { child, lines, seen: Vec::new() }
    }

    /// Waits for a line that contains `text`, from now on, and returns it.
    #[track_caller]
    pub(crate) fn wait_for(&mut self, text: &str) -> String {
        let deadline = Instant::now() + PATIENCE;
        loop {
            match self.lines.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok((stream, line)) => {
                    self.seen.push((stream, line.clone()));
                    if line.contains(text) {
                        return line;
                    }
                }
                Err(RecvTimeoutError::Timeout) => {
                    panic!("no `{text}` came; all that was said: {:#?}", self.seen)
                }
                Err(RecvTimeoutError::Disconnected) => {
                    panic!("it ended without `{text}`; all that was said: {:#?}", self.seen)
                }
            }
        }
    }

    /// Waits until the command says that it plays and how to end it: from then on it listens to
    /// saves and signals.
    #[track_caller]
    pub(crate) fn wait_until_it_plays(&mut self) {
        self.wait_for("Ctrl-C ends");
    }

    pub(crate) fn signal(&self, signal: Signal) {
        kill_process(Pid::from_child(&self.child), signal).expect("it still runs");
    }

    /// Ctrl-C, and then the end.
    #[track_caller]
    pub(crate) fn interrupt(self) -> Ended {
        self.signal(Signal::INT);
        self.end()
    }

    /// Waits until the command ends by itself.
    #[track_caller]
    pub(crate) fn end(mut self) -> Ended {
        let deadline = Instant::now() + PATIENCE;
        loop {
            match self.lines.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(line) => self.seen.push(line),
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => {
                    panic!("it does not end; all that was said: {:#?}", self.seen)
                }
            }
        }
        // Both pipes are closed, which is the last thing that a process does.
        let status = self.child.wait().expect("it can be waited for");
        Ended { status, lines: std::mem::take(&mut self.seen) }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Of a test that failed; otherwise it has ended, and there is nothing to kill.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn forward(stream: Stream, pipe: impl Read + Send + 'static, lines: Sender<(Stream, String)>) {
    thread::spawn(move || {
        let mut pipe = BufReader::new(pipe);
        let mut bytes = Vec::new();
        while pipe.read_until(b'\n', &mut bytes).is_ok_and(|count| count > 0) {
            let line = String::from_utf8(std::mem::take(&mut bytes)).expect("UTF-8 is printed");
            if lines.send((stream, line.trim_end_matches('\n').to_owned())).is_err() {
                return;
            }
        }
    });
}

/// How a command ended, and everything that it said.
#[derive(Debug)]
pub(crate) struct Ended {
    status: ExitStatus,
    lines: Vec<(Stream, String)>,
}

impl Ended {
    /// Lines of standard output.
    pub(crate) fn stdout(&self) -> Vec<&str> {
        self.of(Stream::Stdout)
    }

    /// Lines of standard error.
    pub(crate) fn stderr(&self) -> Vec<&str> {
        self.of(Stream::Stderr)
    }

    fn of(&self, wanted: Stream) -> Vec<&str> {
        let lines = self.lines.iter().filter(|(stream, _)| *stream == wanted);
        lines.map(|(_, line)| line.as_str()).collect()
    }

    /// The one line of standard output that begins with `word`.
    #[track_caller]
    pub(crate) fn line(&self, word: &str) -> &str {
        let lines: Vec<_> =
            self.stdout().into_iter().filter(|line| line.trim_start().starts_with(word)).collect();
        assert_eq!(lines.len(), 1, "one line begins with `{word}`: {self:#?}");
        lines[0]
    }

    /// The exit code.
    #[track_caller]
    pub(crate) fn code(&self) -> i32 {
        self.status.code().expect("it was not killed")
    }

    /// Asserts the exit code.
    #[track_caller]
    pub(crate) fn with_code(self, code: i32) -> Ended {
        assert_eq!(self.status.code(), Some(code), "{self:#?}");
        self
    }

    /// Asserts a line of standard error that contains each of `texts`.
    #[track_caller]
    pub(crate) fn says(self, texts: &[&str]) -> Ended {
        let is_said = |text: &&str| self.stderr().iter().any(|line| line.contains(text));
        let missing: Vec<_> = texts.iter().filter(|text| !is_said(text)).collect();
        assert!(missing.is_empty(), "{missing:?} missing: {self:#?}");
        self
    }

    /// Asserts that nothing but text was printed: no escape code, no carriage return, no bell.
    #[track_caller]
    pub(crate) fn plainly(self) -> Ended {
        let is_control = |line: &str| line.chars().any(|c| c.is_control());
        let plain = self.lines.iter().all(|(_, line)| !is_control(line));
        assert!(plain, "there are control codes: {self:#?}");
        self
    }
}
