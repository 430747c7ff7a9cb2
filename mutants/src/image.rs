//! What was built: test binaries that have every mutant in them, and the list that says which is where.
//!
//! Phase: build writes it, run reads it; `--archive` packs it. The binaries carry a record per function in
//! the link section `segue_slots` (`crate::instrument` writes the text of it, `crate::run` reads it in the child):
//!
//! ```text
//! #[repr(C)] struct Slot {
//!     function: u32,        // LiveFunction::number
//!     arms: u32,            // how many mutants
//!     hits: AtomicU64,      // counted at every entry: coverage, and the hit limit
//!     entry: AtomicUsize,   // slot tier: the address that is called; selector tier: 0 or 1 + index of the arm
//!     arm: *const Arm,      // Arm { mutant: u32, entry: usize } in a row; entry is 1 + its index for selectors
//! }
//! ```
//!
//! A mutant is chosen by storing its arm's `entry` into its slot's `entry`, before the test begins.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::{Mutant, MutantId, Tier};

/// Everything that a run needs: it is written as `image.json` beside the binaries.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Image {
    /// The user's workspace, for reports; it is not read from on another machine.
    pub workspace: PathBuf,
    /// The folder that the binaries' paths are relative to.
    pub root: PathBuf,
    /// Test binaries, those that take part in the run.
    pub binaries: Vec<TestBinary>,
    /// The functions that have a slot.
    pub functions: Vec<LiveFunction>,
    /// All mutants that were discovered and chosen, by number.
    pub mutants: Vec<ImageMutant>,
    /// What it was made of, besides what stands above.
    #[serde(default)]
    pub made_of: MadeOf,
}

/// What an image was made of, for those who remember verdicts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum MadeOf {
    /// A cargo workspace: all files below it, and rustc.
    #[default]
    Workspace,
    /// Single files.
    Files {
        /// Relative to [`Image::workspace`].
        files: Vec<PathBuf>,
        /// A digest of everything else: the compiler, what it is told, texts that stand elsewhere.
        others: u64,
    },
    /// Nobody can tell: no verdict is remembered.
    Unknown,
}

/// One executable with tests.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TestBinary {
    /// The cargo package.
    pub package: String,
    /// The target's name.
    pub target: String,
    /// What it was built from.
    pub kind: TestKind,
    /// The executable, relative to [`Image::root`].
    pub path: PathBuf,
    /// Its working directory: the package's folder in the copy, relative to [`Image::root`].
    pub directory: PathBuf,
    /// What cargo would set when it runs it (`CARGO_MANIFEST_DIR`, `CARGO_PKG_*`, `CARGO_BIN_EXE_*`, `OUT_DIR`, library paths).
    pub environment: BTreeMap<String, String>,
}

/// Kinds of test binaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum TestKind {
    /// `#[test]` in a library, program or example.
    Unit,
    /// `tests/*.rs`.
    Integration,
    /// Documentation examples of a library.
    Doctest,
    /// The same, where it should panic: it passes when its process fails.
    PanickingDoctest,
    /// `harness = false`: the whole binary is one test.
    Custom,
    /// A process that has a live file open ([`crate::live`]).
    Live,
}

/// A function whose body is chosen at run time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LiveFunction {
    /// Its number, as in its record.
    pub number: u32,
    /// The package it belongs to.
    pub package: String,
    /// Its name, as [`crate::Function::name`].
    pub name: String,
    /// Its file, relative to the workspace's root.
    pub file: PathBuf,
    /// Slot or selector.
    pub tier: Tier,
    /// A digest of its text, so that a second run knows what has changed; 0 where others depend on its text, too.
    pub digest: u64,
}

/// A mutant and what became of it when it was built.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ImageMutant {
    /// The mutant.
    pub mutant: Mutant,
    /// How it is chosen; `None` when it is not in the binaries.
    pub tier: Option<Tier>,
    /// The function whose slot chooses it, by number.
    pub function: Option<u32>,
    /// Why the compiler rejects it: the first error, in one line. Such a mutant is unviable.
    pub rejected: Option<String>,
    /// Why it is not in the binaries, for a reason of ours. One of the tier [`Tier::Rebuild`] can be built alone; where nothing
    /// can be built it is, as any other is everywhere, listed as not judged, never dropped.
    pub left_out: Option<String>,
}

impl Image {
    /// An image without mutants, and so without binaries.
    #[must_use]
    pub fn empty(workspace: &Path) -> Self {
        Self {
            workspace: workspace.to_owned(),
            root: workspace.to_owned(),
            binaries: Vec::new(),
            functions: Vec::new(),
            mutants: Vec::new(),
            made_of: MadeOf::Workspace,
        }
    }
}

impl ImageMutant {
    /// Whether it needs a build of its own.
    #[must_use]
    pub fn is_alone(&self) -> bool {
        self.tier == Some(Tier::Rebuild) && self.function.is_none() && self.rejected.is_none()
    }

    /// The mutant's number.
    #[must_use]
    pub fn id(&self) -> MutantId {
        self.mutant.id
    }
}
