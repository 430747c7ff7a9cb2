//! From mutants to test binaries that have all of them in them.
//!
//! Phase: instrument writes the text, this phase copies the workspace, compiles, takes out what rustc rejects, and asks
//! cargo how it would run what came of it.
//!
//! Every round is an ordinary build: one that fails ends before any code is generated, and the one that succeeds is the
//! result. Type errors hide those of the borrow checker in the same body, so two rounds fail as a rule.

mod again;
mod ahead;
mod alone;
mod binaries;
mod blame;
mod cargo;
mod copy;
mod examples;
mod manifest;
mod process;
mod rounds;
mod script;
mod survey;
mod targets;
mod told;
mod unused;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

pub use again::AgainBuilder;
pub(crate) use ahead::Ahead;
pub use alone::AloneBuilder;
pub use process::end_build;
pub use rounds::Round;

use crate::instrument::Plan;
use crate::{
    Error, ErrorKind, Features, Image, MadeOf, Mutant, Package, Packages, TestBinary, Workspace,
};
use binaries::Refused;
use cargo::Cargo;
use copy::Copy;
pub(crate) use copy::is_part;

/// How an image is built.
#[derive(Debug, Clone, Default)]
pub struct BuildOptions {
    /// The features that are on.
    pub features: Features,
    /// The packages whose tests are built; those with mutants when there are none.
    pub packages: Vec<String>,
    /// cargo's profile; its own for tests when there is none.
    pub profile: Option<String>,
    /// How far the workspace's own packages are optimised.
    pub opt_level: OptLevel,
    /// How many things cargo builds at once.
    pub jobs: Option<usize>,
    /// More arguments for cargo.
    pub cargo_arguments: Vec<String>,
    /// Whether documentation tests are built, too: rustdoc compiles each by itself, again in every run.
    pub doctests: bool,
    /// Whether examples of the documentation that do not compile are left out; otherwise they are an error.
    pub leaves_out_failing: bool,
    /// Objects that are linked into every test binary: the fork server.
    pub objects: Vec<PathBuf>,
    /// Set it to end the build early.
    pub stop: Arc<AtomicBool>,
}

/// How far the workspace's own packages are optimised.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum OptLevel {
    /// As the profile says; tests that take long are built again with level 1, where nobody says how far.
    #[default]
    Auto,
    /// As the profile says.
    Profile,
    /// So far, whatever the profile says: 1, 2 or 3.
    Level(char),
}

/// What happens while an image is built.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum BuildEvent {
    /// The copy is up to date; so many files were written.
    Copied(usize),
    /// One build is through.
    Round(Round),
    /// A setting of cargo's that the tests are not built or run by.
    Unused {
        /// Which, and why, in words.
        what: String,
    },
    /// An example of the documentation is left out, and judges nothing.
    ExampleLeftOut {
        /// Its name: its file and line are in it.
        name: String,
        /// Why, in words.
        why: &'static str,
    },
}

/// When mutants that need builds of their own are begun with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Begin {
    /// When somebody asks for them.
    Asked,
    /// As soon as the others are built, beside what is done then.
    Ahead,
}

/// Builds the test binaries of a workspace with these mutants in them.
///
/// # Errors
///
/// When the workspace does not build as it is, a file cannot be read or written, or there is no cargo.
pub fn build(
    workspace: &Workspace,
    mutants: Vec<Mutant>,
    options: &BuildOptions,
    event: &mut dyn FnMut(BuildEvent),
) -> Result<Image, Error> {
    Ok(build_and_begin(workspace, mutants, options, Begin::Asked, event)?.0)
}

/// As [`build`]; and what was begun ahead.
pub(crate) fn build_and_begin(
    workspace: &Workspace,
    mutants: Vec<Mutant>,
    options: &BuildOptions,
    when: Begin,
    event: &mut dyn FnMut(BuildEvent),
) -> Result<(Image, Option<Ahead>), Error> {
    // Beside one that is known, a name that is not would be overlooked.
    workspace.select(&Packages::Named(options.packages.clone()))?;
    let packages = packages(workspace, mutants.iter(), options);
    if packages.is_empty() {
        return Err(Error::new(ErrorKind::Usage, "there are no mutants, and so nothing to build"));
    }
    // It is asked for soon, and takes as long as this.
    let host = std::thread::spawn(cargo::host);
    let mut plan = Plan::new(workspace, mutants)?;
    let copy = Copy::of(workspace);
    let texts = rounds::texts(&plan)?;
    // Where it failed it is asked again, and says what is the matter.
    let _ = host.join();
    unused::check(workspace, &copy, options, event)?;
    event(BuildEvent::Copied(copy.renew(workspace, &rounds::plain(&texts))?));
    cargo::remove_temporary(&copy);
    let cargo = Cargo::new(&copy, workspace, &packages, options)?;
    rounds::settle(&mut plan, texts, &copy, &cargo, options.profile.is_some(), event)?;
    let mutants = plan.mutants();
    let begin = || match when {
        Begin::Ahead => Ahead::begin(workspace, &mutants, options),
        Begin::Asked => Ok(None),
    };
    let Built { binaries, refused, mut ahead } =
        test_binaries(workspace, &packages, options, &copy, &cargo, &begin)?;
    if !refused.is_empty() {
        // They are tried in the same copy.
        ahead = None;
    }
    examples::settle(workspace, &packages, options, &refused, event)?;
    let image = Image {
        workspace: workspace.root().to_path_buf(),
        root: copy.root.clone(),
        binaries,
        functions: plan.functions(),
        mutants,
        made_of: MadeOf::Workspace,
    };
    write(&image)?;
    Ok((image, ahead))
}

/// What there is to run, and what goes on.
struct Built {
    binaries: Vec<TestBinary>,
    /// Examples of the documentation that have none.
    refused: Vec<Refused>,
    ahead: Option<Ahead>,
}

/// The test binaries of what was built, the examples that have none, and what was begun ahead. While cargo is asked how it would run
/// tests, rustdoc builds the examples; and then it goes on with them while something is begun, which waits for cargo until both have it.
fn test_binaries(
    workspace: &Workspace,
    packages: &[&Package],
    options: &BuildOptions,
    copy: &Copy,
    cargo: &Cargo,
    begin: &dyn Fn() -> Result<Option<Ahead>, Error>,
) -> Result<Built, Error> {
    let host = cargo::host()?;
    let documented = documented(copy, workspace, packages, options)?;
    let (tests, examples) = std::thread::scope(|scope| {
        let of = |cargo: &Cargo| binaries::doctests(cargo, copy, workspace, &host);
        let examples = documented.as_ref().map(|cargo| scope.spawn(move || of(cargo)));
        let tests = binaries::collect(cargo, copy, workspace, &host);
        let tests = tests.and_then(|tests| Ok((tests, begin()?)));
        (tests, examples.map(std::thread::ScopedJoinHandle::join))
    });
    let ((mut binaries, ahead), mut refused) = (tests?, Vec::new());
    if let Some(examples) = examples {
        let examples = examples.map_err(|_| {
            Error::new(ErrorKind::Internal, "the thread that builds examples ended by a panic")
        })?;
        let examples = examples?;
        binaries.extend(examples.binaries);
        refused = examples.refused;
    }
    Ok(Built { binaries, refused, ahead })
}

/// The packages whose tests are built.
fn packages<'w, 'm>(
    workspace: &'w Workspace,
    mutants: impl Iterator<Item = &'m Mutant>,
    options: &BuildOptions,
) -> Vec<&'w Package> {
    let mut names = options.packages.clone();
    if names.is_empty() {
        names = mutants.map(|mutant| mutant.package.clone()).collect();
        names.sort();
        names.dedup();
    }
    names.iter().filter_map(|name| workspace.package(name)).collect()
}

/// cargo for those of the packages whose documentation is wanted and may have examples.
fn documented(
    copy: &Copy,
    workspace: &Workspace,
    packages: &[&Package],
    options: &BuildOptions,
) -> Result<Option<Cargo>, Error> {
    let has_examples = |package: &&Package| {
        package.targets.iter().any(|target| target.doctest && !target.is("bin"))
    };
    let documented: Vec<_> = packages.iter().copied().filter(has_examples).collect();
    if !options.doctests || documented.is_empty() {
        return Ok(None);
    }
    Cargo::new(copy, workspace, &documented, options).map(Some)
}

/// Writes the list beside the binaries.
fn write(image: &Image) -> Result<(), Error> {
    let path = image.root.join("image.json");
    let text = serde_json::to_vec(image).map_err(|error| {
        Error::new(ErrorKind::Internal, format!("the image cannot be written as JSON: {error}"))
    })?;
    std::fs::write(&path, text).map_err(Error::file("write", &path))
}
