//! Words typed while a song plays: `u` undoes the last edit, `r` redoes it, `h` lists what can be gone
//! to, a number goes there, `s` tells how what plays stands to what is saved, `q` ends; each with Enter.
//!
//! Lines, not keys: the terminal keeps its ordinary mode, so nothing has to be put right when the
//! program dies. Only a terminal is read, and only while the program is in its foreground: reading
//! from the background would stop the process, and the music with it.

use std::io::{self, IsTerminal as _};
use std::thread;
use std::time::Duration;

use crossbeam_channel::{Receiver, Sender, bounded, never};
use rustix::event::{PollFd, PollFlags, poll};

/// Something asked for by typing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Key {
    /// Back to the generation before.
    Undo,
    /// Forward again.
    Redo,
    /// To this generation.
    GoTo(u64),
    /// Keep this generation, whatever is edited.
    Keep(u64),
    /// Let it go again.
    LetGo(u64),
    /// Which generations there are.
    History,
    /// How what plays stands to what is saved.
    Status,
    /// End with a fade.
    End,
    /// A line that means nothing; it has moved the cursor all the same.
    Other,
}

/// What the keys are, for people.
pub(crate) const HELP: &str = "u undoes, r redoes, h lists, s compares, q ends (with Enter)";

/// Keys typed from now on; none where standard input is no terminal.
pub(crate) fn listen() -> Receiver<Key> {
    if !io::stdin().is_terminal() {
        return never();
    }
    let (sender, keys) = bounded(16);
    // Without a thread there are no keys, which is all that is lost.
    match thread::Builder::new().name("segue-keys".to_owned()).spawn(move || read(&sender)) {
        Ok(_) => keys,
        Err(_) => never(),
    }
}

/// Reads lines until the terminal or the listener is gone. The thread ends with the process.
fn read(keys: &Sender<Key>) {
    let stdin = io::stdin();
    let mut line = String::new();
    loop {
        let ready = poll(&mut [PollFd::new(&stdin, PollFlags::IN)], None);
        if matches!(ready, Err(error) if error != rustix::io::Errno::INTR) {
            return;
        }
        if !is_foreground() {
            thread::sleep(Duration::from_millis(200));
            continue;
        }
        line.clear();
        match stdin.read_line(&mut line) {
            Ok(0) | Err(_) => return,
            Ok(_) if keys.send(meaning(&line)).is_err() => return,
            Ok(_) => {}
        }
    }
}

fn is_foreground() -> bool {
    rustix::termios::tcgetpgrp(io::stdin()).is_ok_and(|group| group == rustix::process::getpgrp())
}

/// What a typed line asks for.
fn meaning(line: &str) -> Key {
    let line = line.trim().to_lowercase();
    let words: Vec<&str> = line.split_whitespace().collect();
    let number = words.last().and_then(|word| word.parse().ok());
    match (&words[..], number) {
        (["u" | "undo"], _) => Key::Undo,
        (["r" | "redo"], _) => Key::Redo,
        (["h" | "history"], _) => Key::History,
        (["s" | "status"], _) => Key::Status,
        (["q" | "quit"], _) => Key::End,
        ([_], Some(number)) => Key::GoTo(number),
        (["k" | "keep", _], Some(number)) => Key::Keep(number),
        (["release", _], Some(number)) => Key::LetGo(number),
        _ => Key::Other,
    }
}

#[cfg(test)]
mod tests;
