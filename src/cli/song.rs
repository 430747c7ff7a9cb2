//! From the path of a song to a program and its `process`, with a sentence for each way it can
//! fail.

use std::path::{Path, PathBuf};

use segue_audio_demo::{Block, prelude};
use segue_runtime::loader::Tools;
use segue_runtime::{BackEnd, Builder, Closure, Program};

use super::failure::{Exit, Failure};
use super::{Compiler, Song, Tool};

/// The function that makes the sound.
pub(crate) const PROCESS: &str = "process";

/// Whether a program follows its files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Watch {
    /// Every save is compiled.
    Saves,
    /// Only what the command applies is.
    Nothing,
}

/// A song that is compiled and ready to be called.
pub(crate) struct Opened {
    pub(crate) program: Program,
    pub(crate) process: Closure<Block>,
}

/// Compiles a song and takes its `process`; `options` says how.
pub(crate) fn open(
    song: &Song,
    watch: Watch,
    options: impl FnOnce(Builder) -> Builder,
) -> Result<Opened, Failure> {
    let program = compile(song, watch, options)?;
    let process = take_process(&program, song)?;
    Ok(Opened { program, process })
}

/// The `process` of a song that is compiled.
pub(crate) fn take_process(program: &Program, song: &Song) -> Result<Closure<Block>, Failure> {
    let process = program.closure::<Block>(PROCESS);
    process.map_err(|error| Failure::from(error).about(&song.song))
}

/// Compiles a song.
pub(crate) fn compile(
    song: &Song,
    watch: Watch,
    options: impl FnOnce(Builder) -> Builder,
) -> Result<Program, Failure> {
    must_be_song(&song.song)?;
    let prelude: PathBuf = prelude::locate(&song.song, song.prelude.as_deref())?;
    let tells = |tool| song.tools.contains(&tool);
    let tools = Tools {
        gdb: tells(Tool::Gdb),
        perf_map: tells(Tool::PerfMap),
        jitdump: tells(Tool::Jitdump).then(|| PathBuf::from(".")),
    };
    let builder = Program::builder(&song.song).support("prelude", prelude).tools(tools);
    // Nothing plays yet.
    let builder = builder.hurry(true);
    Ok(options(builder.watch(watch == Watch::Saves)).open()?)
}

/// What compiles, if this build has it.
pub(crate) fn back_end(compiler: Compiler) -> Result<BackEnd, Failure> {
    match compiler {
        Compiler::Rustc => Ok(BackEnd::Rustc),
        Compiler::RustcFunction => Ok(BackEnd::RustcFunction),
        #[cfg(feature = "jit")]
        Compiler::Jit => Ok(BackEnd::Jit),
        #[cfg(not(feature = "jit"))]
        Compiler::Jit => {
            let message = "this segue was built without the feature `jit`: build it with `--features jit`, \
                           or name another compiler with --compiler";
            Err(Failure::new(Exit::Usage, message))
        }
    }
}

/// Where nobody waits for an edit: what comes of a text is what all compilers say of it, whatever the time they take.
pub(crate) fn settled(back_end: BackEnd) -> impl FnOnce(Builder) -> Builder {
    move |builder| builder.back_end(back_end).settled(true)
}

/// Refuses what cannot be a song, before a compiler is asked.
pub(crate) fn must_be_song(path: &Path) -> Result<(), Failure> {
    let refuse = |message: String| Err(Failure::new(Exit::Usage, message));
    let shown = path.display();
    match std::fs::metadata(path) {
        Ok(found) if found.is_dir() => {
            refuse(format!("{shown} is a directory: give the song's `.rs` file"))
        }
        Ok(found) if !found.is_file() => {
            refuse(format!("{shown} is not a file: give a `.rs` file"))
        }
        Ok(_) if path.extension().is_some_and(|extension| extension == "c") => refuse(format!(
            "{shown} is in C, and a song is in Rust: give a `.rs` file (for tests of C there is \
             `segue mutants c`)"
        )),
        Ok(_) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let name = path.with_extension("");
            let name = name.display();
            refuse(format!("there is no file {shown}: `segue new {name}` writes one to begin with"))
        }
        Err(error) => refuse(format!("cannot read {shown}: {error}")),
    }
}

/// Refuses to record over live files: a slip of the fingers must not cost anybody a song. `option`
/// is where another file can be named.
pub(crate) fn must_not_replace<'a>(
    sources: impl IntoIterator<Item = &'a Path>,
    output: &Path,
    option: &str,
) -> Result<(), Failure> {
    let Ok(target) = output.canonicalize() else { return Ok(()) };
    let is_target = |source: &Path| source.canonicalize().is_ok_and(|source| source == target);
    if sources.into_iter().any(is_target) {
        let output = output.display();
        let message = format!("{output} is a song to be played: name another file with {option}");
        return Err(Failure::new(Exit::Usage, message));
    }
    Ok(())
}

/// How lines name the song: its file name.
pub(crate) fn name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests;
