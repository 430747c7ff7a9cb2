//! Mutation testing by redirecting function pointers: a cargo package, its tests and every mutant are
//! compiled **once**; a mutant is run by storing one pointer in a forked child.
//!
//! Data flows one way, a folder per phase:
//!
//! ```text
//! workspace ─▶ discover ─▶ instrument ─▶ build ─▶ Image ─▶ run ─▶ Outcome ─▶ report
//! packages     mutants     a copy of     check    (JSON)   fork    verdicts   mutants.out,
//! and files    (syn)       the sources   rounds            server             JSON, HTML, SARIF, ...
//! ```
//!
//! [`Mutant`] is what may be changed, [`Image`] what was built, [`Outcome`] what came of it; these three are
//! what the phases know of each other.

pub mod archive;
mod build;
pub mod c;
mod discover;
mod error;
mod image;
mod instrument;
pub mod live;
mod lock;
mod merge;
mod mutant;
mod outcome;
pub mod report;
pub mod run;
pub mod session;
mod workspace;

pub use build::{
    AgainBuilder, AloneBuilder, BuildEvent, BuildOptions, OptLevel, Round, build, end_build,
};
pub use discover::{
    CompiledOut, Config, Discovery, Expected, LiveFile, LiveMutant, LiveTest, Selection, Shard,
    Sharding, SourceFile, discover, discover_all, discover_live,
};
pub use error::{Error, ErrorKind};
pub use image::{Image, ImageMutant, LiveFunction, MadeOf, TestBinary, TestKind};
pub use lock::Lock;
pub use merge::merge;
pub use mutant::{Function, LineColumn, Mutant, MutantId, Operator, Span};
pub use outcome::{Outcome, Tier, Verdict};
pub use workspace::{Dependency, Features, Package, Packages, Target, Workspace};
