//! Standard output while a song plays: lines of news above one status line that is drawn again and
//! again.
//!
//! The status line exists on a terminal only. Elsewhere news are plain lines, one after the other,
//! so that a log or a pipe reads well. When nobody reads any more, [`Screen::is_closed`] says so.

use std::io::{self, IsTerminal as _, Stdout, Write as _};

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};
use rustix::event::{PollFd, PollFlags, Timespec, poll};

/// Something works.
pub(crate) const GOOD: Style = AnsiColor::Green.on_default().bold();
/// Something was refused or broke.
pub(crate) const BAD: Style = AnsiColor::Red.on_default().bold();
/// Something to know about.
pub(crate) const NOTE: Style = AnsiColor::Yellow.on_default().bold();
/// Something to read only when looked for.
pub(crate) const DIM: Style = Style::new().dimmed();

/// The columns to assume where the terminal does not say.
const COLUMNS: usize = 80;

/// The columns that a key's echo may take.
const TYPED: usize = 4;

/// Standard output, shared by news and status.
pub(crate) struct Screen {
    out: AutoStream<Stdout>,
    choice: ColorChoice,
    is_terminal: bool,
    quiet: bool,
    /// Columns of the status line that stands there now.
    drawn: usize,
    closed: bool,
}

impl Screen {
    pub(crate) fn new(quiet: bool, no_color: bool) -> Self {
        let choice = if no_color { ColorChoice::Never } else { ColorChoice::Auto };
        Self {
            out: AutoStream::new(io::stdout(), choice),
            choice,
            is_terminal: io::stdout().is_terminal(),
            quiet,
            drawn: 0,
            closed: false,
        }
    }

    /// Whether a status line is wanted.
    pub(crate) fn has_status(&self) -> bool {
        self.is_terminal && !self.quiet
    }

    /// Whether nobody reads standard output any more, as under `| head`.
    pub(crate) fn is_closed(&self) -> bool {
        // A pipe whose reader is gone says so without being written to; the poll does not wait.
        let stdout = io::stdout();
        let mut ends = [PollFd::new(&stdout, PollFlags::empty())];
        let polled = poll(&mut ends, Some(&Timespec::default()));
        self.closed || (polled.is_ok() && ends[0].revents().contains(PollFlags::ERR))
    }

    /// News that `--quiet` keeps back.
    pub(crate) fn line(&mut self, text: &str) {
        if !self.quiet {
            self.always(text);
        }
    }

    /// News that `--quiet` does not keep back.
    pub(crate) fn always(&mut self, text: &str) {
        self.clear_status();
        let result = writeln!(self.out, "{text}").and_then(|()| self.out.flush());
        self.note(&result);
    }

    /// What somebody asked for, and would miss if it could not be written whole; that nobody reads it is no error.
    pub(crate) fn whole(&mut self, text: &str) -> io::Result<()> {
        self.clear_status();
        let result = writeln!(self.out, "{text}").and_then(|()| self.out.flush());
        self.note(&result);
        if self.closed { Ok(()) } else { result }
    }

    /// Something to know about, to standard error: a program may read standard output.
    pub(crate) fn warn(&mut self, text: &str) {
        self.clear_status();
        let mut stderr = AutoStream::new(io::stderr(), self.choice);
        // Nothing can be done for somebody who has closed standard error.
        let _ = writeln!(stderr, "{NOTE}warning{NOTE:#}: {text}");
    }

    /// Draws the status line that `text` gives for a number of columns.
    pub(crate) fn status(&mut self, text: impl FnOnce(usize) -> String) {
        if !self.has_status() {
            return;
        }
        // The last column stays free: some terminals wrap as soon as it is filled.
        let text = text(columns().saturating_sub(1));
        let width = text.chars().count();
        let blank = " ".repeat(self.drawn.saturating_sub(width));
        let result = write!(self.out, "\r{text}{blank}").and_then(|()| self.out.flush());
        self.drawn = width;
        self.note(&result);
    }

    /// Removes the status line, so that something else can stand in its place.
    pub(crate) fn clear_status(&mut self) {
        if self.drawn > 0 {
            // What was typed, `^C` above all, stands behind it.
            let blank = " ".repeat((self.drawn + TYPED).min(columns().saturating_sub(1)));
            let result = write!(self.out, "\r{blank}\r").and_then(|()| self.out.flush());
            self.drawn = 0;
            self.note(&result);
        }
    }

    /// The cursor stands on a new line, because somebody typed one: the old status line is out of
    /// reach.
    pub(crate) fn forget_status(&mut self) {
        self.drawn = 0;
    }

    fn note(&mut self, result: &io::Result<()>) {
        if result.as_ref().is_err_and(|error| error.kind() == io::ErrorKind::BrokenPipe) {
            self.closed = true;
        }
    }
}

/// How wide the terminal is now.
fn columns() -> usize {
    match rustix::termios::tcgetwinsize(io::stdout()) {
        Ok(size) if size.ws_col > 0 => usize::from(size.ws_col),
        _ => COLUMNS,
    }
}
