//! The command on a terminal: the status line, colours, and what is typed.
//!
//! The terminal is a pseudo-terminal with a screen of our own behind it, so that tests see what
//! people would: rows, and whether something wrapped into the next.

use std::{
    fs::{File, OpenOptions},
    io::{Read as _, Write as _},
    process::{Child, Command, ExitStatus},
    sync::mpsc::{Receiver, RecvTimeoutError, channel},
    thread,
    time::Instant,
};

use rustix::{
    pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt},
    termios::{Winsize, tcsetwinsize},
};

use crate::folder::{Folder, SONG, broken, level};
use crate::running::PATIENCE;

/// A terminal with a command in its foreground.
struct Terminal {
    child: Child,
    keyboard: File,
    output: Receiver<Vec<u8>>,
    bytes: Vec<u8>,
    screen: Screen,
}

impl Terminal {
    /// Runs `segue` with `arguments` on a terminal of `columns` columns.
    fn start(folder: &Folder, arguments: &str, columns: u16) -> Terminal {
        let keyboard = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a terminal");
        grantpt(&keyboard).expect("it is ours");
        unlockpt(&keyboard).expect("it is ours");
        let size = Winsize { ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 };
        tcsetwinsize(&keyboard, size).expect("it has a size");
        let keyboard = File::from(keyboard);
        let child = spawn(&folder.segue(arguments), &keyboard);

        let mut reader = keyboard.try_clone().expect("a second descriptor");
        let (sender, output) = channel();
        thread::spawn(move || {
            let mut buffer = [0; 4096];
            // It ends with an error when the last process of the terminal does.
            while let Ok(count @ 1..) = reader.read(&mut buffer) {
                if sender.send(buffer[..count].to_vec()).is_err() {
                    return;
                }
            }
        });
        let screen = Screen::new(usize::from(columns));
        Terminal { child, keyboard, output, bytes: Vec::new(), screen }
    }

    fn type_in(&mut self, keys: &str) {
        self.keyboard.write_all(keys.as_bytes()).expect("the terminal listens");
    }

    /// Waits until a row contains all of `texts`.
    #[track_caller]
    fn wait_for(&mut self, texts: &[&str]) {
        let deadline = Instant::now() + PATIENCE;
        while !self.screen.rows().any(|row| texts.iter().all(|text| row.contains(text))) {
            match self.output.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(bytes) => self.take(&bytes),
                Err(_) => panic!("no {texts:?} on the screen: {:#?}", self.screen),
            }
        }
    }

    /// Waits until the command ends; its status, all it printed, and the screen.
    #[track_caller]
    fn end(mut self) -> (ExitStatus, String, Screen) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            match self.output.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(bytes) => self.take(&bytes),
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => panic!("it does not end: {:#?}", self.screen),
            }
        }
        let status = self.child.wait().expect("it can be waited for");
        let bytes = std::mem::take(&mut self.bytes);
        let screen = std::mem::replace(&mut self.screen, Screen::new(1));
        (status, String::from_utf8(bytes).expect("UTF-8 is printed"), screen)
    }

    fn take(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
        // A character may have come in part only: then the screen is drawn up to it.
        let text = match std::str::from_utf8(&self.bytes) {
            Ok(text) => text,
            Err(error) => std::str::from_utf8(&self.bytes[..error.valid_up_to()]).expect("valid"),
        };
        self.screen = Screen::after(text, self.screen.columns);
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // Of a test that failed; otherwise it has ended, and there is nothing to kill.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Starts `segue` on the other end of `keyboard`, as the one whom typed Ctrl-C interrupts.
fn spawn(segue: &Command, keyboard: &File) -> Child {
    let name = ptsname(keyboard, Vec::new()).expect("it has a name");
    let name = name.to_str().expect("which is a path");
    let end = OpenOptions::new().read(true).write(true).open(name).expect("it opens");
    let another = || end.try_clone().expect("another descriptor");
    let mut command = Command::new("setsid");
    command.arg("--ctty").arg(segue.get_program()).args(segue.get_args());
    command.current_dir(segue.get_current_dir().expect("the folder"));
    for (variable, value) in segue.get_envs() {
        match value {
            Some(value) => command.env(variable, value),
            None => command.env_remove(variable),
        };
    }
    command.env("TERM", "xterm").env("LC_ALL", "C.UTF-8");
    command.stdin(another()).stdout(another()).stderr(another());
    command.spawn().expect("setsid of util-linux starts the command")
}

/// What a terminal shows. It knows carriage return, new line, wrapping, and that colours take no
/// room; more, the command does not use.
#[derive(Debug)]
struct Screen {
    columns: usize,
    grid: Vec<Vec<char>>,
    column: usize,
    /// Rows that were filled to the end, so that the text went on in the next.
    wrapped: usize,
}

impl Screen {
    fn new(columns: usize) -> Screen {
        Screen { columns, grid: vec![Vec::new()], column: 0, wrapped: 0 }
    }

    /// The screen after `text` was printed.
    fn after(text: &str, columns: usize) -> Screen {
        let mut screen = Screen::new(columns);
        let mut characters = text.chars();
        while let Some(character) = characters.next() {
            match character {
                // A colour: up to its letter.
                '\u{1b}' => drop(characters.find(char::is_ascii_alphabetic)),
                '\r' => screen.column = 0,
                '\n' => screen.next_row(),
                character => screen.put(character),
            }
        }
        screen
    }

    fn next_row(&mut self) {
        self.grid.push(Vec::new());
    }

    fn put(&mut self, character: char) {
        if self.column == self.columns {
            self.wrapped += 1;
            self.next_row();
            self.column = 0;
        }
        let row = self.grid.last_mut().expect("there is always one row");
        if row.len() <= self.column {
            row.resize(self.column + 1, ' ');
        }
        row[self.column] = character;
        self.column += 1;
    }

    /// Rows without the blanks at their ends.
    fn rows(&self) -> impl Iterator<Item = String> {
        self.grid.iter().map(|row| row.iter().collect::<String>().trim_end().to_owned())
    }

    /// Rows that are a status line, or the rest of one.
    fn statuses(&self) -> Vec<String> {
        self.rows().filter(|row| row.contains(" dB") || row.contains("load ")).collect()
    }
}

#[test]
fn the_status_line_shows_time_level_load_missed_deadlines_and_generation() {
    let folder = Folder::with_song(&level(0.5));
    let mut terminal = Terminal::start(&folder, "play song.rs --no-device", 100);
    terminal.wait_for(&["0:0", "█", "-6.0 dB", "load ", "%", "missed ", "gen 1"]);
    terminal.type_in("\u{3}");
    let (status, _, screen) = terminal.end();
    assert_eq!(status.code(), Some(0));
    assert!(screen.rows().any(|row| row.starts_with("played ")), "{screen:#?}");
    assert!(screen.statuses().is_empty(), "it is gone in the end: {screen:#?}");
}

#[test]
fn the_status_line_fits_a_narrow_terminal_and_news_stand_above_it() {
    let folder = Folder::with_song(&level(0.5));
    let mut terminal = Terminal::start(&folder, "play song.rs --no-device", 40);
    terminal.wait_for(&["-6.0 dB", "gen 1"]);
    let before = terminal.screen.wrapped;
    folder.write(SONG, &format!("{}// the end\n", level(0.5)));
    terminal.wait_for(&["unchanged  song.rs compiles to"]);
    // The line of news is longer than the terminal is wide, and the status line is not.
    terminal.wait_for(&["-6.0 dB", "gen 1"]);
    assert_eq!(terminal.screen.wrapped, before + 1, "{:#?}", terminal.screen);
    assert_eq!(terminal.screen.statuses().len(), 1, "one status line: {:#?}", terminal.screen);
    terminal.type_in("\u{3}");
    let (status, _, screen) = terminal.end();
    assert_eq!(status.code(), Some(0));
    assert!(screen.statuses().is_empty(), "it is gone in the end: {screen:#?}");
}

#[test]
fn typed_letters_undo_redo_and_end() {
    let folder = Folder::with_song(&level(0.5));
    let mut terminal = Terminal::start(&folder, "play song.rs --no-device", 80);
    terminal.wait_for(&["-6.0 dB"]);
    folder.write(SONG, &level(0.25));
    terminal.wait_for(&["live  gen 2: changed process"]);
    terminal.wait_for(&["-12.0 dB"]);
    terminal.type_in("u\n");
    terminal.wait_for(&["undone"]);
    terminal.type_in("r\n");
    terminal.wait_for(&["redone"]);
    terminal.type_in("r\n");
    terminal.wait_for(&["refused"]);
    terminal.type_in("q\n");
    let (status, _, screen) = terminal.end();
    assert_eq!(status.code(), Some(0));
    assert!(screen.rows().any(|row| row.starts_with("played ")), "{screen:#?}");
}

#[test]
fn the_history_is_listed_and_a_number_goes_there() {
    let folder = Folder::with_song(&level(0.5));
    let mut terminal = Terminal::start(&folder, "play song.rs --no-device", 120);
    terminal.wait_for(&["-6.0 dB"]);
    folder.write(SONG, &level(0.25));
    terminal.wait_for(&["live  gen 2: changed process"]);
    terminal.wait_for(&["-12.0 dB"]);
    terminal.type_in("s\n");
    terminal.wait_for(&["as saved  generation 2 is what is saved"]);
    terminal.type_in("1\n");
    terminal.wait_for(&["gone to  gen 1: changed process"]);
    terminal.wait_for(&[
        "not as saved  generation 1 is not what is saved: process (gone to generation 1)",
    ]);
    terminal.type_in("keep 2\n");
    terminal.wait_for(&[">   1", "opened,"]);
    terminal.wait_for(&["  2", "changed process", "undone", "kept"]);
    terminal.type_in("7\n");
    terminal.wait_for(&["refused  there never was a generation 7; there are 1 to 2"]);
    terminal.type_in("q\n");
    let (status, _, screen) = terminal.end();
    assert_eq!(status.code(), Some(0), "{screen:#?}");
}

#[test]
fn ctrl_d_ends_the_typing_and_not_the_song() {
    let folder = Folder::with_song(&level(0.5));
    let mut terminal = Terminal::start(&folder, "play song.rs --no-device", 100);
    terminal.wait_for(&["-6.0 dB"]);
    terminal.type_in("\u{4}");
    folder.write(SONG, &level(0.25));
    terminal.wait_for(&["live  gen 2: changed process"]);
    terminal.wait_for(&["-12.0 dB"]);
    terminal.type_in("\u{3}");
    let (status, _, screen) = terminal.end();
    assert_eq!(status.code(), Some(0));
    assert!(screen.statuses().is_empty(), "it is drawn over as ever: {screen:#?}");
}

#[test]
fn a_terminal_gets_colours_unless_it_is_asked_not_to() {
    let folder = Folder::with_song(&level(0.5));
    folder.write("broken.rs", &broken());
    let printed = |arguments: &str| {
        let (status, bytes, screen) = Terminal::start(&folder, arguments, 80).end();
        assert!(screen.rows().any(|row| !row.is_empty()), "{arguments} prints something");
        (status.code(), bytes)
    };
    let escape = '\u{1b}';
    let (code, good) = printed("check song.rs");
    assert_eq!((code, good.contains("\u{1b}[1m\u{1b}[32mgood")), (Some(0), true), "{good:?}");
    let (code, bad) = printed("check broken.rs");
    assert_eq!((code, bad.contains(escape)), (Some(1), true), "rustc's own colours: {bad:?}");
    let (code, missing) = printed("check missing.rs");
    assert_eq!((code, missing.contains(escape)), (Some(2), true), "{missing:?}");

    let plays = "play song.rs --no-device --seconds 0.3";
    assert!(printed(plays).1.contains(escape));
    for arguments in ["check song.rs", "check broken.rs", "check missing.rs", plays] {
        let (_, bytes) = printed(&format!("{arguments} --no-color"));
        assert!(!bytes.contains(escape), "{arguments}: {bytes:?}");
    }
}
