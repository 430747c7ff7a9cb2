//! The rustc back end: any Rust that stable rustc accepts, straight to an object.
//!
//! No shell, no cargo, no linker: one process, started directly. The steps of one compile stand in
//! [`Rustc::compile`]; each has a file: `frame` (what rustc is given), `unit` (how it is called),
//! `process` (running it), `message` and `report` (what it said); `known` (which compilers answered already).

mod frame;
mod function;
mod known;
mod message;
mod process;
mod report;
mod unit;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::Arc;

use crate::definitions::Definitions;
use crate::error::{Error, ErrorKind};
use crate::interface::Interface;
use crate::shim::Exclusions;
use crate::source::{Cancel, Source};
use crate::states::Survey;
use crate::symbol::crate_name;
use crate::tree::Tree;
use crate::{Compiled, Compiler, Diagnostic, priority, shim};
use frame::Frame;
pub use function::RustcFunction;
use report::Verdict;

/// The rustc of this machine.
#[derive(Clone, Debug)]
pub struct Rustc {
    program: PathBuf,
    sysroot: PathBuf,
    host: String,
    version: String,
    commit_hash: String,
    /// The major version of its LLVM; 0 when it does not say.
    llvm: u32,
    /// Its file, when it answered.
    stamp: Option<known::Stamp>,
    opt_level: u8,
    lines: bool,
    checks: bool,
}

impl Rustc {
    /// Finds rustc: `$SEGUE_RUSTC`, else `$RUSTC`, else the one in `PATH`.
    ///
    /// Where that is rustup's proxy, the compiler behind it is used from then on: the proxy
    /// costs several milliseconds each time.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::RustcNotFound`] when there is none, or it does not run, or it is too old.
    pub fn find() -> Result<Rustc, Error> {
        let named = ["SEGUE_RUSTC", "RUSTC"].into_iter().find_map(|variable| {
            let value = std::env::var_os(variable).filter(|value| !value.is_empty())?;
            Some((value, variable))
        });
        let (program, from) = named.unwrap_or_else(|| (OsString::from("rustc"), "PATH"));
        let program = PathBuf::from(program);
        // Each compile runs in a directory of its own, and would not find a relative path.
        let is_bare = program.components().count() == 1;
        let program = if is_bare { Ok(program) } else { std::path::absolute(program) };
        let program = program.map_err(|error| Error::io("resolve", Path::new(from), error))?;
        Rustc::at(&program, from)
    }

    /// `from` says where the name came from.
    fn at(program: &Path, from: &str) -> Result<Rustc, Error> {
        if let Some(rustc) = known::look_up(program, from) {
            return Ok(rustc);
        }
        let asked = |arguments: &[&str]| ask(program, arguments, from);
        let about = asked(&["-vV"])?;
        let field = |name: &str| {
            let line = about.lines().find_map(|line| line.strip_prefix(name));
            line.map(|value| value.trim().to_owned()).unwrap_or_default()
        };
        let sysroot = PathBuf::from(asked(&["--print", "sysroot"])?.trim_end());
        let behind = sysroot.join("bin").join("rustc");
        let program_itself =
            if from == "PATH" && behind.is_file() { behind } else { program.to_owned() };
        let rustc = Rustc {
            stamp: known::stamp(&program_itself),
            program: program_itself,
            sysroot,
            host: field("host:"),
            version: field("release:"),
            commit_hash: field("commit-hash:"),
            llvm: field("LLVM version:")
                .split('.')
                .next()
                .and_then(|n| n.parse().ok())
                .unwrap_or(0),
            opt_level: 3,
            lines: false,
            checks: false,
        };
        if rustc.host.is_empty() || rustc.version.is_empty() {
            return Err(Error::new(ErrorKind::RustcNotFound(format!(
                "{} from {from} does not answer `-vV` as rustc does",
                program.display()
            ))));
        }
        known::remember(program, from, &rustc);
        Ok(rustc)
    }

    /// The commit rustc was built from: two compilers with the same one lay out types alike.
    pub fn commit_hash(&self) -> &str {
        &self.commit_hash
    }

    /// The release, such as "1.95.0".
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Whether it is still the compiler that was found: an update replaces the file, and what two
    /// compilers made must not be put together.
    fn check_same(&self) -> Result<(), Error> {
        if known::stamp(&self.program) == self.stamp {
            return Ok(());
        }
        let about = ask(&self.program, &["-vV"], "the last compile")?;
        let field = |name: &str| {
            let line = about.lines().find_map(|line| line.strip_prefix(name));
            line.unwrap_or_default().trim().to_owned()
        };
        if field("commit-hash:") == self.commit_hash && field("release:") == self.version {
            return Ok(());
        }
        let (program, was) = (self.program.clone(), self.version.clone());
        Err(Error::new(ErrorKind::OtherRustc { program, was, is: field("release:") }))
    }

    /// The archives of the standard library for this target, in the order of their names.
    pub fn archives(&self) -> Vec<PathBuf> {
        let directory = self.sysroot.join("lib/rustlib").join(&self.host).join("lib");
        let entries = std::fs::read_dir(directory).into_iter().flatten().flatten();
        let mut archives: Vec<PathBuf> = entries
            .map(|entry| entry.path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "rlib"))
            .collect();
        archives.sort();
        archives
    }

    /// Optimises less, or not at all (0), for faster compiles. The default is 3.
    #[must_use]
    pub fn with_opt_level(self, opt_level: u8) -> Rustc {
        Rustc { opt_level: opt_level.min(3), ..self }
    }

    /// Writes line tables into the objects, so that backtraces, debuggers and profilers name file and
    /// line. A compile takes about a tenth longer, and the object is three times as large.
    #[must_use]
    pub fn with_lines(self) -> Rustc {
        Rustc { lines: true, ..self }
    }

    /// Has arithmetic that overflows panic, as in a debug build. By default it wraps.
    #[must_use]
    pub fn with_checks(self) -> Rustc {
        Rustc { checks: true, ..self }
    }
}

/// Deeply nested text is parsed by recursion; what is not touched of this costs nothing.
const STACK: usize = 64 << 20;

impl Compiler for Rustc {
    fn compile(&self, source: &Source, cancel: &Cancel) -> Result<Compiled, Error> {
        with_stack(source, || self.compile_here(source, cancel))
    }
}

/// Runs `work` on a thread with a large stack, at low priority unless the caller has it keep its own.
fn with_stack<R: Send>(
    source: &Source,
    work: impl FnOnce() -> Result<R, Error> + Send,
) -> Result<R, Error> {
    let set_priority = priority::of_compile();
    std::thread::scope(|scope| {
        let builder = std::thread::Builder::new().name("segue-compile".to_owned());
        let work = builder
            .stack_size(STACK)
            .spawn_scoped(scope, || {
                set_priority();
                work()
            })
            .map_err(|error| Error::io("start a thread to compile", &source.path, error))?;
        work.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

impl Rustc {
    fn compile_here(&self, source: &Source, cancel: &Cancel) -> Result<Compiled, Error> {
        self.check_same()?;
        let tree = Tree::read(source)?;
        let compiled = self.compile_tree(source, &tree, &Manner::Whole, cancel);
        compiled.map(|(compiled, _)| compiled).map_err(|error| error.after_reading(tree.paths()))
    }

    /// Also tells what could not be exported.
    fn compile_tree(
        &self,
        source: &Source,
        tree: &Tree,
        manner: &Manner<'_>,
        cancel: &Cancel,
    ) -> Result<(Compiled, Exclusions), Error> {
        let survey = Survey::of(tree);
        let mut excluded = match manner {
            Manner::Whole => Exclusions::new(),
            Manner::Opaque { excluded, .. } | Manner::Roots { excluded } => (*excluded).clone(),
        };
        let mut definitions = None;
        loop {
            if cancel.is_cancelled() {
                return Err(Error::new(ErrorKind::Cancelled));
            }
            let frame = match manner {
                Manner::Whole => Frame::write(source, tree, &survey, &excluded)?,
                Manner::Opaque { texts, .. } => {
                    let regions = |index| shim::region(tree, &survey, &excluded, index);
                    Frame::write_texts(source, tree, &|index| texts[index], &regions)?
                }
                Manner::Roots { .. } => {
                    let regions = |index| shim::roots_region(tree, &survey, &excluded, index);
                    let texts = |index: usize| &*tree.files[index].text;
                    Frame::write_texts(source, tree, &texts, &regions)?
                }
            };
            let command = match manner {
                Manner::Whole => self.command(&frame),
                Manner::Opaque { .. } => self.opaque_command(&frame),
                Manner::Roots { .. } => self.roots_command(&frame),
            };
            let running = process::start(command, cancel)?;
            if cancel.is_cancelled() {
                process::finish(running, cancel)?;
                return Err(Error::new(ErrorKind::Cancelled));
            }
            // Beside rustc, which is the longer of the two.
            let definitions = definitions.get_or_insert_with(|| Definitions::collect(tree));
            let ended = process::finish(running, cancel)?;
            match report::read(&ended, &frame, &survey, &excluded)? {
                Verdict::Accepted(warnings) => {
                    if let Some(error) = tree.unparsed() {
                        return Err(error);
                    }
                    let object = std::fs::read(frame.object())
                        .map_err(|error| Error::io("read the object", &frame.object(), error))?;
                    let name = crate_name(&source.path);
                    let interface =
                        Interface::new(name, definitions, &survey, &excluded).mentioning(tree);
                    let files = frame.files_read();
                    let is_final = true;
                    let (object, rest) = (Arc::from(object), None);
                    let declined = None;
                    let compiled =
                        Compiled { object, rest, interface, warnings, is_final, files, declined };
                    return Ok((compiled, excluded));
                }
                Verdict::Rejected(told) => {
                    let told = self.with_places(told, &frame, &survey, &excluded, cancel)?;
                    return Err(Error::new(ErrorKind::Rejected(told)));
                }
                // Each round leaves at least one line out, so the rounds come to an end.
                Verdict::WithoutShims(more) => excluded.extend(more),
                Verdict::WithoutSupport => {
                    return Err(self.rejected_bare(source, tree, &survey, cancel)?);
                }
            }
        }
    }

    /// Where rustc names a place in the standard library alone (a constant there that has no value for a type
    /// of the text's), it names the line that led there too when it does not optimise.
    fn with_places(
        &self,
        told: Vec<Diagnostic>,
        frame: &Frame,
        survey: &Survey<'_>,
        excluded: &Exclusions,
        cancel: &Cancel,
    ) -> Result<Vec<Diagnostic>, Error> {
        let has_place =
            |told: &[Diagnostic]| told.iter().any(|it| frame.written(&it.file).is_some());
        if self.opt_level == 0 || has_place(&told) {
            return Ok(told);
        }
        let plain = self.clone().with_opt_level(0);
        let ended = process::finish(process::start(plain.command(frame), cancel)?, cancel)?;
        match report::read(&ended, frame, survey, excluded)? {
            Verdict::Rejected(again) if has_place(&again) => Ok(again),
            _ => Ok(told),
        }
    }

    /// What rustc says about a text that nothing was put below.
    fn rejected_bare(
        &self,
        source: &Source,
        tree: &Tree,
        survey: &Survey<'_>,
        cancel: &Cancel,
    ) -> Result<Error, Error> {
        let frame = Frame::write_bare(source, tree)?;
        let running = process::start(self.command(&frame), cancel)?;
        let ended = process::finish(running, cancel)?;
        match report::read(&ended, &frame, survey, &Exclusions::new())? {
            Verdict::Rejected(diagnostics) => Ok(Error::new(ErrorKind::Rejected(diagnostics))),
            _ => Ok(tree.unparsed().unwrap_or_else(|| {
                Error::new(ErrorKind::Unsupported(format!(
                    "{}: rustc accepts the text and not what Segue puts below it; end the file with a complete item",
                    source.path.display()
                )))
            })),
        }
    }
}

/// How a whole file is compiled.
enum Manner<'a> {
    /// The user's text.
    Whole,
    /// These texts in place of the files', so that no function holds what is known of another.
    Opaque { texts: &'a [&'a str], excluded: &'a Exclusions },
    /// The user's text, of which the shims alone are exported.
    Roots { excluded: &'a Exclusions },
}

/// What `program` prints when called with `arguments`.
fn ask(program: &Path, arguments: &[&str], from: &str) -> Result<String, Error> {
    let mut command = Command::new(program);
    unit::clean_environment(&mut command);
    let answer: Output =
        command.args(arguments).stdin(Stdio::null()).output().map_err(|error| {
            Error::new(ErrorKind::RustcNotFound(format!(
                "{} from {from}: {error}",
                program.display()
            )))
        })?;
    if !answer.status.success() {
        return Err(Error::new(ErrorKind::RustcNotFound(format!(
            "{} from {from} ended with {} when called with `{}`",
            program.display(),
            answer.status,
            arguments.join(" ")
        ))));
    }
    Ok(String::from_utf8_lossy(&answer.stdout).into_owned())
}

#[cfg(test)]
pub(super) mod tests;
