//! The options of `segue mutants`, and what they mean to each phase.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use clap::{Args, Subcommand as Commands, ValueEnum};
use segue_mutants::report::already_caught;
use segue_mutants::run::{Baseline, Prefix, RunOptions};
use segue_mutants::{
    BuildOptions, Config, Error, ErrorKind, Features, Operator, OptLevel, Packages, Selection,
    Shard, Sharding, Workspace,
};

use super::live::LiveOptions;
use super::saying::{Saying, variable};

pub(crate) const EXIT_CODES: &str = "\
Exit codes:
  0    every mutant that could be judged was caught, or there are none
  1    the arguments, a file that cannot be read or written, no cargo or rustc
  2    mutants were missed
  3    tests took too long with mutants (mutants may have been missed as well)
  4    the tree does not build, or a test fails or does not end, without any mutant; or there are no tests
  5    --in-diff: the diff is not of this tree
  6    --in-diff: the file is no diff
  70   an assumption of this program does not hold: please report it
  130  interrupted; mutants.out/ has what was judged until then";

/// Find out what your tests do not notice
#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES, args_conflicts_with_subcommands = true)]
pub(crate) struct Mutants {
    #[command(subcommand)]
    pub(super) command: Option<Subcommand>,

    #[command(flatten)]
    pub(super) live: LiveOptions,

    #[command(flatten)]
    pub(super) choosing: Choosing,

    #[command(flatten)]
    pub(super) building: Building,

    #[command(flatten)]
    pub(super) judging: Judging,

    #[command(flatten)]
    pub(super) listing: Listing,

    #[command(flatten)]
    pub(super) packing: Packing,
}

/// For other machines.
#[derive(Debug, Args)]
pub(super) struct Packing {
    /// Build only, and pack what `segue mutants run FILE` needs into FILE
    #[arg(long, value_name = "FILE", conflicts_with_all = ["output", "list", "list_files"])]
    pub(super) archive: Option<PathBuf>,
}

#[derive(Debug, Commands)]
pub(super) enum Subcommand {
    /// Join the results of shards
    Merge(Merge),
    /// Run what --archive packed; nothing is built
    Run(Run),
    /// The functions of a C program or library, through the system's compiler
    C(Box<super::c::C>),
    /// What a run starts for a live file
    #[command(hide = true)]
    ServeLive,
}

#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub(super) struct Merge {
    /// Folders that --output named, or their mutants.out
    #[arg(required = true, value_name = "DIR")]
    pub(super) folders: Vec<PathBuf>,

    #[command(flatten)]
    pub(super) saying: Saying,
}

#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub(super) struct Run {
    /// The archive
    pub(super) archive: PathBuf,

    #[command(flatten)]
    pub(super) judging: Judging,
}

/// Which mutants.
#[derive(Debug, Args)]
#[command(next_help_heading = "Which mutants")]
pub(super) struct Choosing {
    /// The package's folder [default: this one]
    #[arg(long, short = 'd', value_name = "DIR", conflicts_with = "manifest_path")]
    dir: Option<PathBuf>,

    /// The package's Cargo.toml
    #[arg(long, value_name = "FILE")]
    manifest_path: Option<PathBuf>,

    /// Only in this package; may be repeated
    #[arg(long, short = 'p', value_name = "NAME")]
    package: Vec<String>,

    /// In every package of the workspace
    #[arg(long, conflicts_with = "package")]
    workspace: bool,

    /// Only in files that match; with a slash the whole path is compared; may be repeated
    #[arg(long, short = 'f', value_name = "GLOB")]
    file: Vec<String>,

    /// Not in files that match; may be repeated
    #[arg(long, short = 'e', value_name = "GLOB")]
    exclude: Vec<String>,

    /// Only mutants whose line in --list matches; may be repeated
    #[arg(
        long,
        short = 'F',
        value_name = "REGEX",
        alias = "regex",
        alias = "examine-re",
        alias = "examine-regex"
    )]
    re: Vec<String>,

    /// No mutants whose line in --list matches; may be repeated
    #[arg(long, short = 'E', value_name = "REGEX", alias = "exclude-regex")]
    exclude_re: Vec<String>,

    /// Only on lines that this diff changes
    #[arg(long, short = 'D', value_name = "FILE")]
    in_diff: Option<PathBuf>,

    /// Leave out those that the last run caught or found unviable
    #[arg(long)]
    iterate: bool,

    /// Which kinds: `standard` (those of cargo-mutants), `more` (all), or names such as fn-value
    #[arg(long, value_name = "KINDS", default_value = "standard")]
    operators: String,

    /// Have functions that return a Result return this error as well; may be repeated
    #[arg(long, value_name = "EXPRESSION")]
    error: Vec<String>,

    /// Change nothing in the arguments of these functions [default: with_capacity]
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    skip_calls: Vec<String>,

    /// Whether the default of --skip-calls counts as well [default: true]
    #[arg(long, value_name = "BOOL")]
    skip_calls_defaults: Option<bool>,

    /// Settings for cargo-mutants [default: .cargo/mutants.toml, where there is one]
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    config: Option<PathBuf>,

    /// Without settings from a file
    #[arg(long)]
    no_config: bool,
}

/// How they are built.
#[derive(Debug, Args)]
#[command(next_help_heading = "How they are built")]
pub(super) struct Building {
    /// Features to switch on; may be repeated
    #[arg(long, value_name = "NAMES")]
    features: Vec<String>,

    /// All features
    #[arg(long)]
    all_features: bool,

    /// Without the feature `default`
    #[arg(long)]
    no_default_features: bool,

    /// cargo's profile [default: that of tests]
    #[arg(long, value_name = "NAME")]
    profile: Option<String>,

    /// How far your packages are optimised: `profile` (as it says), 1, 2, 3, or `auto`: as the profile says, and 1 where
    /// nobody says how far and the tests take long
    #[arg(long, value_name = "LEVEL", value_enum, default_value_t = OptLevelChoice::Auto)]
    opt_level: OptLevelChoice,

    /// Run the tests of this package for every mutant; may be repeated [default: those of the packages with mutants]
    #[arg(long, value_name = "NAME")]
    test_package: Vec<String>,

    /// Run the tests of the whole workspace for every mutant
    #[arg(long, value_name = "BOOL", num_args = 0..=1, default_missing_value = "true")]
    test_workspace: Option<bool>,

    /// Whether examples of the documentation are tests as well
    #[arg(long, value_name = "BOOL", default_value_t = true, action = clap::ArgAction::Set)]
    doctests: bool,

    /// One more argument for cargo; may be repeated
    #[arg(long, short = 'C', value_name = "ARGUMENT", allow_hyphen_values = true)]
    cargo_arg: Vec<String>,
}

/// How they are judged.
#[derive(Debug, Args)]
#[command(next_help_heading = "How they are judged")]
pub(super) struct Judging {
    /// Only a part of the mutants: K/N, as 0/4 to 3/4; `segue mutants merge` joins the parts
    #[arg(long, value_name = "K/N")]
    shard: Option<String>,

    /// How the parts are cut: `slice` or `round-robin` [default: slice]
    #[arg(long, value_name = "HOW")]
    sharding: Option<String>,

    /// How many tests at a time [default: one for each processor]
    #[arg(long, short = 'j', value_name = "COUNT")]
    jobs: Option<usize>,

    /// A test may take this many times what it takes without a mutant [default: 5]
    #[arg(long, value_name = "FACTOR")]
    timeout_multiplier: Option<f64>,

    /// Seconds of processor time that every test may take [default: 0.5, less for a test of less than 2.5 ms]
    #[arg(long, value_name = "SECONDS")]
    minimum_test_timeout: Option<f64>,

    /// `run`: the tests must pass without a mutant; `skip`: those that do not are left out
    #[arg(long, value_name = "HOW", value_enum, default_value_t = BaselineChoice::Run)]
    baseline: BaselineChoice,

    /// Whether what a test does before its first call is run once: the verdicts are the same, and this is to see it
    #[arg(long, value_name = "WHEN", value_enum, default_value_t = PrefixChoice::Long, hide = true)]
    prefix: PrefixChoice,

    /// Judge every mutant, those as well that no edit since the last run concerns
    #[arg(long)]
    pub(super) fresh: bool,

    #[command(flatten)]
    pub(super) saying: Saying,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum OptLevelChoice {
    Auto,
    Profile,
    #[value(name = "1")]
    One,
    #[value(name = "2")]
    Two,
    #[value(name = "3")]
    Three,
}

impl From<OptLevelChoice> for OptLevel {
    fn from(choice: OptLevelChoice) -> OptLevel {
        match choice {
            OptLevelChoice::Auto => OptLevel::Auto,
            OptLevelChoice::Profile => OptLevel::Profile,
            OptLevelChoice::One => OptLevel::Level('1'),
            OptLevelChoice::Two => OptLevel::Level('2'),
            OptLevelChoice::Three => OptLevel::Level('3'),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum BaselineChoice {
    Run,
    Skip,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum PrefixChoice {
    Long,
    Always,
    Never,
}

/// Looking only.
#[derive(Debug, Args)]
#[command(next_help_heading = "Looking only")]
pub(super) struct Listing {
    /// List the mutants, run nothing
    #[arg(long)]
    pub(super) list: bool,

    /// List the files, run nothing
    #[arg(long, conflicts_with = "list")]
    pub(super) list_files: bool,

    /// The list as JSON
    #[arg(long)]
    pub(super) json: bool,
}

impl Mutants {
    /// Where the workspace is looked for.
    pub(super) fn place(&self) -> PathBuf {
        let here = || PathBuf::from(".");
        self.choosing
            .manifest_path
            .clone()
            .or_else(|| self.choosing.dir.clone())
            .unwrap_or_else(here)
    }

    fn features(&self) -> Features {
        Features {
            names: self.building.features.clone(),
            all: self.building.all_features,
            no_default: self.building.no_default_features,
        }
    }

    /// Which mutants are wanted.
    pub(super) fn selection(
        &self,
        workspace: &Workspace,
        config: &Config,
    ) -> Result<Selection, Error> {
        let it = &self.choosing;
        let selection = Selection {
            packages: match (it.workspace, it.package.is_empty()) {
                (true, _) => Packages::All,
                (false, true) => Packages::Here,
                (false, false) => Packages::Named(it.package.clone()),
            },
            files: it.file.clone(),
            exclude_files: it.exclude.clone(),
            features: self.features(),
            profile: self.building.profile.clone(),
            ..self.wanted(&self.output(workspace.root(), config))?
        };
        Ok(selection.with(config))
    }

    /// Which mutants are wanted, wherever they are; the last run wrote below `output`.
    pub(super) fn wanted(&self, output: &Path) -> Result<Selection, Error> {
        let it = &self.choosing;
        Ok(Selection {
            names: it.re.clone(),
            exclude_names: it.exclude_re.clone(),
            in_diff: it.in_diff.clone(),
            already_caught: if it.iterate { already_caught(output) } else { Vec::new() },
            shard: self.judging.shard()?,
            sharding: self.judging.sharding()?,
            operators: Operator::parse_list(&it.operators)?,
            error_values: it.error.clone(),
            skipped_calls: it.skip_calls.clone(),
            skip_usual_calls: it.skip_calls_defaults,
            ..Selection::default()
        })
    }

    /// The folder for `mutants.out/`.
    pub(super) fn output(&self, root: &Path, config: &Config) -> PathBuf {
        let configured = config.output.as_ref().map(|it| root.join(it));
        self.judging.saying.output_or(configured.as_deref().unwrap_or(root))
    }

    /// The settings of the file that counts. A live file has none of its own.
    pub(super) fn config(&self, workspace: Option<&Workspace>) -> Result<Config, Error> {
        match (&self.choosing.config, workspace) {
            (Some(file), _) => Config::read(file),
            (None, Some(workspace)) if !self.choosing.no_config => Config::of(workspace),
            _ => Ok(Config::default()),
        }
    }

    /// How the image is built: of what mutants are chosen for.
    pub(super) fn build_options(
        &self,
        workspace: &Workspace,
        config: &Config,
        selection: &Selection,
    ) -> BuildOptions {
        let everything = || workspace.packages().iter().map(|it| it.name.clone()).collect();
        let it = &self.building;
        let whole = it.test_workspace.or(config.test_workspace).unwrap_or(false);
        BuildOptions {
            features: selection.features.clone(),
            packages: match (whole, it.test_package.is_empty()) {
                (true, _) => everything(),
                (false, true) => config.test_package.clone(),
                (false, false) => it.test_package.clone(),
            },
            profile: selection.profile.clone(),
            opt_level: it.opt_level.into(),
            jobs: self.judging.jobs,
            cargo_arguments: [&it.cargo_arg[..], &config.additional_cargo_args].concat(),
            doctests: it.doctests,
            ..BuildOptions::default()
        }
    }
}

impl Judging {
    pub(super) fn shard(&self) -> Result<Option<Shard>, Error> {
        self.shard.as_deref().map(str::parse).transpose()
    }

    pub(super) fn sharding(&self) -> Result<Option<Sharding>, Error> {
        self.sharding.as_deref().map(str::parse).transpose()
    }

    fn jobs(&self) -> Result<Option<usize>, Error> {
        if self.jobs.is_some() { Ok(self.jobs) } else { variable("CARGO_MUTANTS_JOBS") }
    }

    /// How the run goes about it; `stop` ends it early.
    pub(super) fn run_options(
        &self,
        config: &Config,
        stop: Arc<AtomicBool>,
    ) -> Result<RunOptions, Error> {
        let mut options = RunOptions { stop, ..RunOptions::default() };
        if let Some(jobs) = self.jobs()? {
            if jobs == 0 {
                return Err(Error::new(
                    ErrorKind::Usage,
                    "--jobs 0 would run nothing: give 1 or more",
                ));
            }
            options.jobs = jobs;
        }
        if let Some(factor) = self.timeout_multiplier.or(config.timeout_multiplier) {
            options.timeout_multiplier = factor;
        }
        let given = match self.minimum_test_timeout {
            None => variable("CARGO_MUTANTS_MINIMUM_TEST_TIMEOUT")?,
            given => given,
        };
        if let Some(seconds) = given.or(config.minimum_test_timeout) {
            let least = Duration::try_from_secs_f64(seconds).map_err(|error| {
                let message = format!("--minimum-test-timeout {seconds}: {error}");
                Error::new(ErrorKind::Usage, message)
            })?;
            options.minimum_timeout = Some(least);
        }
        if self.baseline == BaselineChoice::Skip {
            options.baseline = Baseline::Skip;
        }
        options.prefix = match self.prefix {
            PrefixChoice::Long => Prefix::WhenLong,
            PrefixChoice::Always => Prefix::Always,
            PrefixChoice::Never => Prefix::Never,
        };
        options.check()?;
        Ok(options)
    }
}
