//! The options of `segue mutants` that say where results go and what is said of them; `merge`, which judges nothing, has these
//! alone. Also the variables of cargo-mutants, which stand for options that are not given.

use std::fmt::Display;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use clap::{Args, ValueEnum};
use segue_mutants::report::Theirs;
use segue_mutants::{Error, ErrorKind};

/// What is said of it.
#[derive(Debug, Args)]
#[command(next_help_heading = "What is said of it")]
pub(super) struct Saying {
    /// The folder for mutants.out/ [default: the workspace's; of `run`, `merge` and `c` this one]
    #[arg(long, short = 'o', value_name = "DIR")]
    pub(super) output: Option<PathBuf>,

    /// Lines for code hosts: `github`, `none`, or `auto`: where GITHUB_ACTION is set
    #[arg(long, value_name = "HOST", value_enum, default_value_t = Annotations::Auto)]
    annotations: Annotations,

    /// Compare the verdicts with those that cargo-mutants wrote to DIR
    #[arg(long, value_name = "DIR")]
    pub(super) compare: Option<PathBuf>,

    /// List the mutants that were caught as well
    #[arg(long, short = 'v')]
    pub(super) caught: bool,

    /// List the mutants that do not compile as well
    #[arg(long, short = 'V')]
    pub(super) unviable: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Annotations {
    None,
    Auto,
    #[value(name = "github")]
    GitHub,
}

impl Saying {
    /// Whether GitHub reads what is written.
    pub(super) fn annotates(&self) -> bool {
        match self.annotations {
            Annotations::None => false,
            Annotations::Auto => std::env::var_os("GITHUB_ACTION").is_some(),
            Annotations::GitHub => true,
        }
    }

    /// The folder for `mutants.out/`, where neither an option nor cargo-mutants' variable names one.
    pub(super) fn output_or(&self, otherwise: &Path) -> PathBuf {
        let variable = || std::env::var_os("CARGO_MUTANTS_OUTPUT").filter(|it| !it.is_empty());
        let given = self.output.clone().or_else(|| variable().map(PathBuf::from));
        given.unwrap_or_else(|| otherwise.to_owned())
    }

    /// What cargo-mutants found.
    pub(super) fn theirs(&self) -> Result<Option<Theirs>, Error> {
        self.compare.as_deref().map(Theirs::read).transpose()
    }
}

/// The value of a variable of cargo-mutants.
pub(super) fn variable<T: FromStr<Err: Display>>(name: &str) -> Result<Option<T>, Error> {
    let Some(value) = std::env::var_os(name).filter(|it| !it.is_empty()) else { return Ok(None) };
    let value = value.to_string_lossy();
    value.parse().map(Some).map_err(|error| {
        Error::new(ErrorKind::Usage, format!("the variable {name} is `{value}`: {error}"))
    })
}
