//! The `segue` command: arguments, and which file does what they ask for.
//!
//! Commands return a [`Failure`] with an exit code and a message, printed here and nowhere else, so
//! that every way to fail reads the same.

mod failure;
mod news;
mod screen;
mod song;
mod status;

mod check;
mod keys;
mod mutants;
mod new;
mod past;
mod play;
mod render;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};

use screen::Screen;

const EXIT_CODES: &str = "\
Exit codes:
  0  done; playback was ended
  1  the song: it does not compile, uses what no compiler here supports, has no `process`
     that can be called, or panicked;
     `render` also when an edit was refused (the file is complete)
  2  the arguments: a wrong option, a missing file, a directory
  3  the machine: no rustc, a file that cannot be written, an unknown device";

/// Edit a Rust file while it plays.
#[derive(Debug, Parser)]
#[command(name = "segue", version, about, after_help = EXIT_CODES, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,

    /// Print errors only
    #[arg(long, short, global = true)]
    quiet: bool,

    /// Never use colours (also: the environment variable NO_COLOR)
    #[arg(long, global = true)]
    no_color: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Play a song; saving its file changes the sound at the next block
    Play(Play),
    /// Render a song to a WAV file, without a clock
    Render(Render),
    /// Compile a song and report on it
    Check(Check),
    /// Write a commented song to begin with
    New(New),
    /// Find out what the tests of a cargo package, or of a live file, do not notice
    Mutants(Box<mutants::Mutants>),
}

/// What is to be played, and how live code sees it.
#[derive(Debug, Args)]
struct Song {
    /// The song: a `.rs` file with `pub fn process(state: &mut State, block: &mut Block)`
    song: PathBuf,

    /// The folder (with `mod.rs`) or file of the song's `prelude` [default: beside the song, else
    /// built in]
    #[arg(long, value_name = "DIR")]
    prelude: Option<PathBuf>,

    /// Tell debuggers and profilers of the song's functions, and of their lines; see docs/tools.md
    #[arg(long, value_name = "TOOL", value_enum, value_delimiter = ',')]
    tools: Vec<Tool>,
}

/// What compiles a song and its edits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Compiler {
    /// The whole file for each edit
    Rustc,
    /// One function at a time; the whole file follows
    RustcFunction,
    /// In the process, within milliseconds; rustc follows where there is one
    #[cfg_attr(not(feature = "jit"), value(hide = true))]
    Jit,
}

/// Who is told of live code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Tool {
    /// GDB, by its JIT interface
    Gdb,
    /// `perf report`, by /tmp/perf-<process>.map
    PerfMap,
    /// `perf inject --jit`, by jit-<process>.dump in this folder
    Jitdump,
}

#[derive(Debug, Args)]
struct Play {
    #[command(flatten)]
    song: Song,

    /// Play on the device that has NAME in its name
    #[arg(long, value_name = "NAME", conflicts_with = "no_device")]
    device: Option<String>,

    /// Play into a silent device that keeps time
    #[arg(long)]
    no_device: bool,

    /// Also write what is played to FILE, as 32-bit float
    #[arg(long, value_name = "FILE")]
    wav: Option<PathBuf>,

    /// Frames a second [default: the device's]
    #[arg(long, value_name = "HZ")]
    sample_rate: Option<u32>,

    /// The most frames that `process` is called for at a time
    #[arg(long, value_name = "FRAMES", default_value_t = segue_audio_demo::engine::BLOCK_FRAMES)]
    block: usize,

    /// What compiles each edit
    #[arg(long, value_name = "NAME", value_enum, default_value_t = Compiler::RustcFunction)]
    compiler: Compiler,

    /// Go on playing code that rustc rejects after a quicker compiler took it
    #[arg(long)]
    force: bool,

    /// End by itself after SECONDS of sound
    #[arg(long, value_name = "SECONDS", value_parser = render::seconds)]
    seconds: Option<std::time::Duration>,
}

#[derive(Debug, Args)]
struct Render {
    #[command(flatten)]
    song: Song,

    /// How long the file is to be
    #[arg(long, value_name = "SECONDS", value_parser = render::seconds)]
    seconds: std::time::Duration,

    /// The WAV file to write, as 32-bit float
    #[arg(long, short, value_name = "FILE")]
    output: PathBuf,

    /// Give the song the text of FILE at SECONDS; may be repeated
    #[arg(long = "edit", value_name = "SECONDS=FILE", value_parser = render::edit)]
    edits: Vec<segue_audio_demo::Edit>,

    /// Frames a second
    #[arg(long, value_name = "HZ", default_value_t = segue_audio_demo::output::SAMPLE_RATE)]
    sample_rate: u32,

    /// Channels of the file
    #[arg(long, value_name = "N", default_value_t = 2)]
    channels: u16,

    /// The most frames that `process` is called for at a time
    #[arg(long, value_name = "FRAMES", default_value_t = segue_audio_demo::engine::BLOCK_FRAMES)]
    block: usize,

    /// What compiles the song and its edits, each to the end
    #[arg(long, value_name = "NAME", value_enum, default_value_t = Compiler::Rustc)]
    compiler: Compiler,
}

#[derive(Debug, Args)]
struct Check {
    #[command(flatten)]
    song: Song,

    /// What compiles the song
    #[arg(long, value_name = "NAME", value_enum, default_value_t = Compiler::Rustc)]
    compiler: Compiler,
}

#[derive(Debug, Args)]
struct New {
    /// The song's name; `NAME.rs` is written and never overwritten
    name: PathBuf,
}

/// Runs the command; the exit code is that of [`EXIT_CODES`].
pub(crate) fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return wrong(&error),
    };
    let mut screen = Screen::new(arguments.quiet, arguments.no_color);
    let done = |()| ExitCode::SUCCESS;
    let result = match arguments.command {
        Command::Play(play) => play::run(play, &mut screen).map(done),
        Command::Render(render) => render::run(render, &mut screen).map(done),
        Command::Check(check) => check::run(check, &mut screen).map(done),
        Command::New(new) => new::run(&new, &mut screen).map(done),
        Command::Mutants(mutants) => mutants::run(&mutants, &mut screen),
    };
    match result {
        Ok(code) => code,
        Err(failure) => {
            screen.clear_status();
            failure.print(arguments.no_color);
            failure.code()
        }
    }
}

/// Wrong arguments, or a wish for help: clap's message and its exit code, which is ours, 2; cargo-mutants says 1.
fn wrong(error: &clap::Error) -> ExitCode {
    // Nothing can be done for somebody who has closed standard error.
    let _ = error.print();
    let is_mutants = std::env::args_os().skip(1).find(|it| !it.to_string_lossy().starts_with('-'));
    let is_mutants = is_mutants.is_some_and(|it| it == "mutants");
    match u8::try_from(error.exit_code()) {
        Ok(0) => ExitCode::SUCCESS,
        _ if is_mutants => ExitCode::from(1),
        Ok(code) => ExitCode::from(code),
        Err(_) => ExitCode::FAILURE,
    }
}

#[cfg(test)]
mod tests;
