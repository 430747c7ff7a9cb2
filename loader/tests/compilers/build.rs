//! From sources to objects, and from the same objects to the ordinary program.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::inside::{self, Live, Said};
use crate::matrix::in_parallel;

/// A program: its name, and its sources by file name.
pub(crate) struct Program {
    pub(crate) name: &'static str,
    pub(crate) sources: &'static [&'static str],
}

/// One row of a matrix.
pub(crate) struct Variant<'a> {
    pub(crate) program: &'a Program,
    pub(crate) compiler: &'static str,
    pub(crate) flags: Vec<&'static str>,
    pub(crate) live: Live,
    /// Libraries that the program needs: as the system's linker is told, and as the
    /// dynamic linker is; `std` is Rust's.
    pub(crate) libraries: (&'static [&'static str], &'static [&'static str]),
}

impl Variant<'_> {
    pub(crate) fn label(&self) -> String {
        let Variant { program, compiler, flags, live, .. } = self;
        format!("{} {compiler} {} [{live:?}]", program.name, flags.join(" "))
    }

    pub(crate) fn has(&self, flag: &str) -> bool {
        self.flags.iter().any(|it| it.split(' ').any(|it| it == flag))
    }

    /// The words of all flags.
    pub(crate) fn words(&self) -> impl Iterator<Item = &'static str> {
        self.flags.iter().flat_map(|it| it.split_whitespace())
    }
}

/// Where the sources are.
pub(crate) fn sources() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/compilers/sources"))
}

/// What came of a variant.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// Both programs said the same.
    Same,
    /// Segue refused it for this reason.
    Refused(String),
    /// What is wrong.
    Wrong(String),
}

/// What a command said; otherwise why it failed.
pub(crate) fn output(command: &mut Command) -> Result<String, String> {
    let output = command.output().map_err(|why| format!("{command:?}: {why}"))?;
    match output.status.success() {
        true => Ok(String::from_utf8(output.stdout).unwrap()),
        false => Err(format!(
            "{command:?}: {}\n{}",
            output.status,
            String::from_utf8_lossy(&output.stderr)
        )),
    }
}

/// The objects of a variant in C or C++.
pub(crate) fn objects(variant: &Variant<'_>, folder: &Path) -> Result<Vec<PathBuf>, String> {
    let mut objects = Vec::new();
    for source in variant.program.sources {
        let object = folder.join(Path::new(source).with_extension("o"));
        let mut command = Command::new(variant.compiler);
        command.args(["-c", "-w"]).args(variant.words()).arg(sources().join(source));
        output(command.arg("-o").arg(&object))?;
        objects.push(object);
    }
    Ok(objects)
}

/// Links the objects in both ways and compares.
pub(crate) fn compare(variant: &Variant<'_>, objects: &[PathBuf], folder: &Path) -> Outcome {
    let said = inside::run(objects, variant.live, variant.libraries.1, folder);
    if let Said::Refused(why) = said {
        return Outcome::Refused(why);
    }
    let program = folder.join("ordinary");
    let mut command = Command::new(variant.compiler);
    command.args(["-x", "c"]).arg(sources().join("main.c")).args(["-x", "none"]).args(objects);
    if variant.has("-fno-pic") {
        command.arg("-no-pie");
    }
    command.args(variant.libraries.0).arg("-o").arg(&program);
    let expected = output(&mut command).and_then(|_| output(&mut Command::new(&program)));
    match (expected, said) {
        (Err(why), _) => Outcome::Wrong(format!("the ordinary program: {why}")),
        (Ok(expected), Said::Results(said)) if expected.is_empty() || said != expected => {
            Outcome::Wrong(difference(&expected, &said))
        }
        (Ok(_), Said::Results(_)) => Outcome::Same,
        (Ok(_), Said::Died(why) | Said::Refused(why)) => Outcome::Wrong(why),
    }
}

/// The lines that differ.
pub(crate) fn difference(expected: &str, said: &str) -> String {
    let lines = expected.lines().zip(said.lines().chain(std::iter::repeat("nothing")));
    let differing = lines.filter(|(expected, said)| expected != said);
    differing.map(|(expected, said)| format!("{said} instead of {expected}\n")).collect()
}

/// What has to come of a variant.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Expected {
    Same,
    /// A refusal with these words.
    Refused(&'static str),
    /// One or the other: it depends on what the optimiser makes of it.
    Maybe(&'static str),
}

/// Compiles C or C++, links it in both ways and compares.
pub(crate) fn from_sources(variant: &Variant<'_>, folder: &Path) -> Outcome {
    match objects(variant, folder) {
        Ok(objects) => compare(variant, &objects, folder),
        Err(why) => Outcome::Wrong(why),
    }
}

/// Does all variants. `expected` says what has to come of each.
pub(crate) fn check(
    variants: &[Variant<'_>],
    make: &(dyn Fn(&Variant<'_>, &Path) -> Outcome + Sync),
    expected: &dyn Fn(&Variant<'_>) -> Expected,
) {
    let outcomes = in_parallel(variants.len(), &|index| {
        let folder = tempfile::tempdir().unwrap();
        make(&variants[index], folder.path())
    });
    let (mut same, mut refused, mut wrong) = (0, 0, Vec::new());
    for (variant, outcome) in variants.iter().zip(outcomes) {
        use Expected::{Maybe, Refused};
        match (outcome, expected(variant)) {
            (Outcome::Same, Refused(words)) => {
                wrong.push(format!("{}: not refused with: {words}", variant.label()));
            }
            (Outcome::Same, _) => same += 1,
            (Outcome::Refused(why), Refused(words) | Maybe(words)) if why.contains(words) => {
                refused += 1;
            }
            (Outcome::Refused(why), _) => {
                wrong.push(format!("{}: refused: {why}", variant.label()));
            }
            (Outcome::Wrong(why), _) => wrong.push(format!("{}: {why}", variant.label())),
        }
    }
    println!("{} programs: {same} say the same, {refused} are refused", variants.len());
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), variants.len(), wrong.join("\n"));
    assert!(same * 2 > variants.len(), "most of them are linked");
}
