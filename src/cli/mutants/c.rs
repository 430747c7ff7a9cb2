//! `segue mutants c`: the sources of a C program or library, judged by its test programs, through the system's compiler.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use segue_mutants::c::{self, Program};
use segue_mutants::report::{Folder, Results, already_caught};
use segue_mutants::run::RunOptions;
use segue_mutants::session::{self, Progress};
use segue_mutants::{Config, Discovery, Error, ErrorKind, Image, Operator, Selection, archive};

use super::options::{EXIT_CODES, Judging, Listing, Packing};
use super::{Outset, catch_interrupts, finish, list, no_mutants, pack, progress, remembered};
use crate::cli::failure::Failure;
use crate::cli::screen::Screen;

/// Find out what the tests of a C program or library do not notice
#[derive(Debug, Args)]
#[command(
    after_help = EXIT_CODES,
    override_usage = "segue mutants c SOURCE... --test TEST... [OPTIONS] [-- FLAGS]"
)]
pub(crate) struct C {
    /// The sources, whose functions are changed
    #[arg(required = true, value_name = "SOURCE")]
    sources: Vec<PathBuf>,

    /// A test: a source with a `main`, which ends with 0 when it passes; may be repeated
    #[arg(long, short = 't', required_unless_present = "command", value_name = "SOURCE")]
    test: Vec<PathBuf>,

    /// A test: a command of the shell, which passes when it ends with 0; may be repeated
    #[arg(long, value_name = "COMMAND", requires = "program")]
    command: Vec<String>,

    /// Where commands find the program that the sources are linked to; its path in this folder
    #[arg(long, value_name = "FILE", requires = "command")]
    program: Option<PathBuf>,

    /// The compiler [default: $CC, or cc]
    #[arg(long, value_name = "COMMAND")]
    cc: Option<String>,

    /// As for the compiler; may be repeated
    #[arg(short = 'I', value_name = "DIR")]
    include: Vec<String>,

    /// As for the compiler; may be repeated
    #[arg(short = 'D', value_name = "NAME[=VALUE]")]
    define: Vec<String>,

    /// As for the compiler; may be repeated
    #[arg(short = 'L', value_name = "DIR")]
    library_path: Vec<String>,

    /// As for the compiler; may be repeated
    #[arg(short = 'l', value_name = "NAME")]
    library: Vec<String>,

    /// As for the compiler
    #[arg(short = 'O', value_name = "LEVEL")]
    optimise: Option<String>,

    /// More for the compiler: flags; sources, objects and archives that are linked and not changed
    #[arg(last = true, value_name = "FLAGS")]
    more: Vec<String>,

    #[command(flatten)]
    choosing: Choosing,

    #[command(flatten)]
    judging: Judging,

    #[command(flatten)]
    listing: Listing,

    #[command(flatten)]
    packing: Packing,
}

/// Which mutants.
#[derive(Debug, Args)]
#[command(next_help_heading = "Which mutants")]
struct Choosing {
    /// Change only the sources that match; the others are linked; may be repeated
    #[arg(long, value_name = "GLOB")]
    file: Vec<String>,

    /// Do not change the sources that match; may be repeated
    #[arg(long, value_name = "GLOB")]
    exclude: Vec<String>,

    /// Only mutants whose line in --list matches; may be repeated
    #[arg(long, value_name = "REGEX")]
    re: Vec<String>,

    /// No mutants whose line in --list matches; may be repeated
    #[arg(long, value_name = "REGEX")]
    exclude_re: Vec<String>,

    /// Only on lines that this diff changes
    #[arg(long, value_name = "FILE")]
    in_diff: Option<PathBuf>,

    /// Leave out those that the last run caught or found unviable
    #[arg(long)]
    iterate: bool,

    /// Which kinds: `standard`, or of fn-value, binary-operator, unary-operator
    #[arg(long, value_name = "KINDS", default_value = "standard")]
    operators: String,
}

/// Kinds of change that C has.
const OPERATORS: [Operator; 3] =
    [Operator::FnValue, Operator::BinaryOperator, Operator::UnaryOperator];

/// Flags that say what a compiler is to make, which is ours to say.
const NOT_OURS: [&str; 9] = ["-c", "-S", "-E", "-o", "-M", "-MM", "-MD", "-MMD", "-fsyntax-only"];

/// Runs it.
pub(super) fn run(arguments: &C, screen: &mut Screen) -> Result<ExitCode, Failure> {
    let program = arguments.program()?;
    let folder = program.folder.clone();
    let output = arguments.judging.saying.output_or(&folder);
    let selection = arguments.selection(&output)?;
    let (read, discovery) = c::read(program, &selection)?;
    for warning in &discovery.warnings {
        screen.warn(warning);
    }
    if arguments.listing.list || arguments.listing.list_files {
        return list(&arguments.listing, &folder, &discovery, screen);
    }
    let outset = Outset::new(&arguments.judging, &selection, &folder)?;
    let mut run = arguments.judging.run_options(&Config::default(), catch_interrupts())?;
    let count = discovery.mutants.len();
    if let Some(file) = &arguments.packing.archive {
        return build_and_pack(&read, &discovery, &folder, &run, file, screen);
    }
    if count == 0 {
        return no_mutants(&output, outset, screen);
    }
    let out = Folder::create(&output)?;
    run.remembered = remembered(&arguments.judging, &out);
    let mut line = progress::Line::new(screen, count);
    let judged = judge(&read, &discovery, &run, &folder, &out, &mut line);
    finish(judged, out, outset, screen)
}

/// Builds for other machines. What they show of a source they find in the archive, below one folder.
fn build_and_pack(
    read: &c::Read,
    discovery: &Discovery,
    folder: &Path,
    run: &RunOptions,
    file: &Path,
    screen: &mut Screen,
) -> Result<ExitCode, Failure> {
    archive::must_be_writable(file)?;
    let is_below = |path: &Path| {
        path.components().all(|it| matches!(it, Component::Normal(_) | Component::CurDir))
    };
    if let Some(other) = discovery.mutants.iter().find(|it| !is_below(&it.file)) {
        let message = format!(
            "--archive: {} is not named from this folder, which is what is packed; run it from a folder around all sources",
            other.file.display()
        );
        return Err(Error::new(ErrorKind::Usage, message).into());
    }
    if discovery.mutants.is_empty() {
        return pack(&Image::empty(folder), file, screen);
    }
    let mut line = progress::Line::new(screen, discovery.mutants.len());
    let tell = &mut |progress: Progress<'_>| line.hear(&progress);
    let (image, _, _folder) = session::build_program(read, &discovery.mutants, run, tell)?;
    pack(&image, file, screen)
}

fn judge(
    read: &c::Read,
    discovery: &Discovery,
    run: &RunOptions,
    folder: &Path,
    out: &Folder,
    line: &mut progress::Line<'_>,
) -> Result<Results, Error> {
    let tell = &mut |progress: Progress<'_>| line.hear(&progress);
    let (image, took, _folder) = session::build_program(read, &discovery.mutants, run, tell)?;
    session::judge(&image, folder, run, took, out, tell)
}

impl C {
    /// What is to be tested.
    fn program(&self) -> Result<Program, Error> {
        let usage = |message: String| Err(Error::new(ErrorKind::Usage, message));
        let here = std::env::current_dir().and_then(|it| it.canonicalize());
        let folder = here.map_err(Error::file("find", Path::new(".")))?;
        let compiler = self.cc.clone().or_else(|| std::env::var("CC").ok());
        let compiler = compiler.filter(|it| !it.trim().is_empty()).unwrap_or_else(|| "cc".into());
        let mut program = Program {
            folder,
            compiler: compiler.split_whitespace().map(str::to_owned).collect(),
            sources: self.sources.clone(),
            tests: self.test.clone(),
            output: self.program.clone(),
            commands: self.command.clone(),
            ..Program::default()
        };
        let mut seen = BTreeSet::new();
        for source in program.sources.iter().chain(&program.tests) {
            if source.extension().is_none_or(|it| it != "c") {
                let source = source.display();
                return usage(format!("{source} is no C source (.c): name other files after `--`"));
            }
            let advice = "name sources and tests as from this folder";
            let whole = source.canonicalize().map_err(Error::named("read", source, advice))?;
            if !seen.insert(whole) {
                return usage(format!("{} is given twice: name it once", source.display()));
            }
        }
        let flags = [("-I", &self.include), ("-D", &self.define)];
        for (flag, values) in flags {
            program.flags.extend(values.iter().map(|it| format!("{flag}{it}")));
        }
        program.flags.extend(self.optimise.iter().map(|it| format!("-O{it}")));
        for (flag, values) in [("-L", &self.library_path), ("-l", &self.library)] {
            program.libraries.extend(values.iter().map(|it| format!("{flag}{it}")));
        }
        self.sort_more(&mut program)?;
        Ok(program)
    }

    /// What stands after `--`: flags with their values, sources, and what only the linker reads.
    fn sort_more(&self, program: &mut Program) -> Result<(), Error> {
        const WITH_VALUE: [&str; 8] =
            ["-I", "-D", "-U", "-include", "-isystem", "-iquote", "-x", "-idirafter"];
        let mut rest = self.more.iter();
        while let Some(word) = rest.next() {
            let is_linked = [".o", ".a", ".so"].iter().any(|it| word.ends_with(it));
            if NOT_OURS.contains(&word.as_str()) {
                let message = format!("{word}: leave it out, segue says what is compiled to what");
                return Err(Error::new(ErrorKind::Usage, message));
            } else if word == "-L" || word == "-l" {
                let Some(value) = rest.next() else {
                    let message = format!("{word} needs a name behind it, as in {word}m");
                    return Err(Error::new(ErrorKind::Usage, message));
                };
                program.libraries.push(format!("{word}{value}"));
            } else if ["-l", "-L", "-Wl,"].iter().any(|it| word.starts_with(it))
                || is_linked && !word.starts_with('-')
            {
                program.libraries.push(word.clone());
            } else if word.ends_with(".c") && !word.starts_with('-') {
                program.others.push(word.into());
            } else {
                program.flags.push(word.clone());
                if WITH_VALUE.contains(&word.as_str()) {
                    program.flags.extend(rest.next().cloned());
                }
            }
        }
        Ok(())
    }

    /// Which mutants are wanted; the last run wrote below `output`.
    fn selection(&self, output: &Path) -> Result<Selection, Error> {
        let it = &self.choosing;
        let mut operators = Operator::parse_list(&it.operators)?;
        if it.operators != "standard"
            && let Some(other) = operators.iter().find(|it| !OPERATORS.contains(it))
        {
            let names = OPERATORS.map(Operator::option).join(", ");
            let message = format!("C has no operator {}; it has {names}", other.option());
            return Err(Error::new(ErrorKind::Usage, message));
        }
        operators.retain(|it| OPERATORS.contains(it));
        Ok(Selection {
            files: it.file.clone(),
            exclude_files: it.exclude.clone(),
            names: it.re.clone(),
            exclude_names: it.exclude_re.clone(),
            in_diff: it.in_diff.clone(),
            already_caught: if it.iterate { already_caught(output) } else { Vec::new() },
            shard: self.judging.shard()?,
            sharding: self.judging.sharding()?,
            operators,
            ..Selection::default()
        })
    }
}
