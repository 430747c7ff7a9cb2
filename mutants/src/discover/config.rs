//! `.cargo/mutants.toml`: the settings of cargo-mutants 27, under its names, so that a package that has a file
//! for it needs none for us.

use std::path::{Path, PathBuf};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::error_values;
use super::filter::Filter;
use super::selection::{Selection, Sharding};
use crate::{Error, ErrorKind, Workspace};

#[cfg(test)]
mod tests;

/// The settings of a file. What an option says as well comes before it; lists are joined.
#[derive(Debug, Clone, Default, PartialEq)]
#[expect(missing_docs, reason = "they are documented by cargo-mutants, whose settings they are")]
pub struct Config {
    pub additional_cargo_args: Vec<String>,
    pub additional_cargo_test_args: Vec<String>,
    pub all_features: Option<bool>,
    pub build_timeout_multiplier: Option<f64>,
    pub cap_lints: Option<bool>,
    pub copy_target: Option<bool>,
    pub copy_vcs: Option<bool>,
    pub error_values: Vec<String>,
    pub examine_globs: Vec<String>,
    pub examine_re: Vec<String>,
    pub exclude_globs: Vec<String>,
    pub exclude_re: Vec<String>,
    pub features: Vec<String>,
    pub gitignore: Option<bool>,
    pub minimum_test_timeout: Option<f64>,
    pub no_default_features: Option<bool>,
    pub output: Option<PathBuf>,
    pub profile: Option<String>,
    pub sharding: Option<Sharding>,
    pub skip_calls: Vec<String>,
    pub skip_calls_defaults: Option<bool>,
    pub test_package: Vec<String>,
    pub test_tool: Option<String>,
    pub test_workspace: Option<bool>,
    pub timeout_multiplier: Option<f64>,
    /// Settings that mean nothing here, with their places and the reason.
    pub warnings: Vec<String>,
}

impl Config {
    /// The settings of a workspace; none where it has no file.
    ///
    /// # Errors
    ///
    /// As [`Config::read`].
    pub fn of(workspace: &Workspace) -> Result<Config, Error> {
        let path = workspace.root().join(".cargo").join("mutants.toml");
        if path.exists() { Config::read(&path) } else { Ok(Config::default()) }
    }

    /// The settings of a file.
    ///
    /// # Errors
    ///
    /// When it cannot be read, is not TOML, or has a setting that is unknown or of another type.
    pub fn read(path: &Path) -> Result<Config, Error> {
        let text = std::fs::read_to_string(path).map_err(Error::named(
            "read",
            path,
            "name a file with settings of cargo-mutants, or say --no-config",
        ))?;
        let wrong = |said: String| Error::new(ErrorKind::Usage, said);
        let mut config =
            Config::parse(&text).map_err(|said| wrong(format!("{}:{said}", path.display())))?;
        for warning in &mut config.warnings {
            *warning = format!("{}:{warning}", path.display());
        }
        // Later nobody would know where they came from.
        let alone = Selection::default().with(&config);
        let checked = Filter::new(&alone).and_then(|_| error_values(&alone));
        checked.map_err(|error| wrong(format!("{}: {error}", path.display())))?;
        Ok(config)
    }

    fn parse(text: &str) -> Result<Config, String> {
        let place = |offset: usize| {
            let before = &text[..offset.min(text.len())];
            let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
            format!("{}:{column}", before.matches('\n').count() + 1)
        };
        let table = DeTable::parse(text).map_err(|error| {
            format!("{}: {}", place(error.span().map_or(0, |span| span.start)), error.message())
        })?;
        let mut config = Config::default();
        for (key, value) in table.get_ref() {
            config.set(key.get_ref(), value).map_err(|wanted| {
                let at =
                    place(if wanted == UNKNOWN { key.span().start } else { value.span().start });
                format!("{at}: `{}` {wanted}", key.get_ref())
            })?;
            if let Some(why) = config.unused(key.get_ref()) {
                let place = place(key.span().start);
                config.warnings.push(format!("{place}: `{}` is not used: {why}", key.get_ref()));
            }
        }
        Ok(config)
    }

    /// # Errors
    ///
    /// Says what the setting is meant to be.
    fn set(&mut self, key: &str, value: &Spanned<DeValue<'_>>) -> Result<(), &'static str> {
        let value = value.get_ref();
        match key {
            "additional_cargo_args" => self.additional_cargo_args = list(value)?,
            "additional_cargo_test_args" => self.additional_cargo_test_args = list(value)?,
            "all_features" => self.all_features = Some(truth(value)?),
            "build_timeout_multiplier" => self.build_timeout_multiplier = Some(number(value)?),
            "cap_lints" => self.cap_lints = Some(truth(value)?),
            "copy_target" => self.copy_target = Some(truth(value)?),
            "copy_vcs" => self.copy_vcs = Some(truth(value)?),
            "error_values" => self.error_values = list(value)?,
            "examine_globs" => self.examine_globs = list(value)?,
            "examine_re" => self.examine_re = list(value)?,
            "exclude_globs" => self.exclude_globs = list(value)?,
            "exclude_re" => self.exclude_re = list(value)?,
            "features" => self.features = list(value)?,
            "gitignore" => self.gitignore = Some(truth(value)?),
            "minimum_test_timeout" => self.minimum_test_timeout = Some(number(value)?),
            "no_default_features" => self.no_default_features = Some(truth(value)?),
            "output" => self.output = Some(string(value)?.into()),
            "profile" => self.profile = Some(string(value)?),
            "sharding" => {
                let how = string(value)?.parse();
                self.sharding = Some(how.map_err(|_| "must be \"slice\" or \"round-robin\"")?);
            }
            "skip_calls" => self.skip_calls = list(value)?,
            "skip_calls_defaults" => self.skip_calls_defaults = Some(truth(value)?),
            "test_package" => self.test_package = list(value)?,
            "test_tool" => self.test_tool = Some(string(value)?),
            "test_workspace" => self.test_workspace = Some(truth(value)?),
            "timeout_multiplier" => self.timeout_multiplier = Some(number(value)?),
            _ => return Err(UNKNOWN),
        }
        Ok(())
    }
}

impl Config {
    /// Why a setting means nothing here, where what it asks for is not what is done anyway.
    fn unused(&self, key: &str) -> Option<&'static str> {
        const ALL: &str = "the copy has all files but version control's and caches";
        match key {
            "additional_cargo_test_args" => Some("tests are not run by `cargo test`"),
            "build_timeout_multiplier" => Some("all mutants are built at once"),
            "cap_lints" if self.cap_lints == Some(false) => Some("lints are always capped"),
            "copy_target" if self.copy_target == Some(true) => Some(ALL),
            "copy_vcs" if self.copy_vcs == Some(true) => Some(ALL),
            "gitignore" if self.gitignore == Some(true) => Some(ALL),
            "test_tool" if self.test_tool.as_deref() != Some("cargo") => {
                Some("tests are not run by a tool, but by their own binaries")
            }
            _ => None,
        }
    }
}

const UNKNOWN: &str = "is no setting of cargo-mutants 27";

impl Selection {
    /// The same, with what a file adds to the options.
    #[must_use]
    pub fn with(mut self, config: &Config) -> Selection {
        self.files.extend_from_slice(&config.examine_globs);
        self.exclude_files.extend_from_slice(&config.exclude_globs);
        self.names.extend_from_slice(&config.examine_re);
        self.exclude_names.extend_from_slice(&config.exclude_re);
        self.error_values.extend_from_slice(&config.error_values);
        self.skipped_calls.extend_from_slice(&config.skip_calls);
        self.skip_usual_calls = self.skip_usual_calls.or(config.skip_calls_defaults);
        self.features.names.extend_from_slice(&config.features);
        self.features.all |= config.all_features.unwrap_or(false);
        self.features.no_default |= config.no_default_features.unwrap_or(false);
        self.profile = self.profile.or_else(|| config.profile.clone());
        self.sharding = self.sharding.or(config.sharding);
        self
    }
}

fn string(value: &DeValue<'_>) -> Result<String, &'static str> {
    value.as_str().map(str::to_owned).ok_or("must be a text")
}

fn truth(value: &DeValue<'_>) -> Result<bool, &'static str> {
    value.as_bool().ok_or("must be true or false")
}

fn number(value: &DeValue<'_>) -> Result<f64, &'static str> {
    let text = match value {
        DeValue::Integer(number) => number.as_str(),
        DeValue::Float(number) => number.as_str(),
        _ => return Err("must be a number"),
    };
    text.parse().map_err(|_| "must be a decimal number")
}

fn list(value: &DeValue<'_>) -> Result<Vec<String>, &'static str> {
    const WANTED: &str = "must be a list of texts";
    value
        .as_array()
        .ok_or(WANTED)?
        .iter()
        .map(|value| string(value.get_ref()).map_err(|_| WANTED))
        .collect()
}
