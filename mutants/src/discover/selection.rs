//! Which mutants are wanted: what the command's options and the configuration file say together.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{Error, ErrorKind, Features, Operator, Packages};

#[cfg(test)]
mod tests;

/// Which mutants are wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selection {
    /// `--package`, `--workspace`.
    pub packages: Packages,
    /// `--file`: globs, of which a file must match one, where there are any. One with a `/` is compared with
    /// the whole path from the workspace's root, any other with the name of the file or of a folder around it.
    pub files: Vec<String>,
    /// `--exclude`: globs, none of which a file may match.
    pub exclude_files: Vec<String>,
    /// `--re`: regular expressions, one of which must be found in a mutant's [`crate::Mutant::full_name`].
    pub names: Vec<String>,
    /// `--exclude-re`: regular expressions, none of which may be found in it.
    pub exclude_names: Vec<String>,
    /// `--in-diff`: only what is on lines that this diff changes.
    pub in_diff: Option<PathBuf>,
    /// `--iterate`: full names of mutants that are left out, since an earlier run caught them.
    pub already_caught: Vec<String>,
    /// `--shard`: a part of what is left after all the others.
    pub shard: Option<Shard>,
    /// `--sharding`: how the parts are cut.
    pub sharding: Option<Sharding>,
    /// `--operators`.
    pub operators: Vec<Operator>,
    /// `--error`: expressions; a function that returns a `Result` returns each of them as an error.
    pub error_values: Vec<String>,
    /// `--skip-calls`: names of functions and methods in whose arguments nothing is changed.
    pub skipped_calls: Vec<String>,
    /// `--skip-calls-defaults`: whether [`Selection::USUAL_CALLS`] are skipped too; they are unless one says no.
    pub skip_usual_calls: Option<bool>,
    /// `--features` and its kin: they decide which code is compiled.
    pub features: Features,
    /// `--target`: the same.
    pub target: Option<String>,
    /// `--profile`: the same.
    pub profile: Option<String>,
    /// What becomes of code that is compiled out.
    pub compiled_out: CompiledOut,
}

/// What becomes of code that is compiled out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum CompiledOut {
    /// It has no mutants.
    #[default]
    Left,
    /// It is treated as all other code, as cargo-mutants does; only `#[cfg(test)]` is left out.
    Changed,
}

/// One of several parts of all mutants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shard {
    index: usize,
    of: usize,
}

/// How mutants are shared out among shards.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sharding {
    /// Neighbours stay together.
    #[default]
    Slice,
    /// One after the other, like cards.
    RoundRobin,
}

impl Default for Selection {
    fn default() -> Self {
        Selection {
            packages: Packages::default(),
            files: Vec::new(),
            exclude_files: Vec::new(),
            names: Vec::new(),
            exclude_names: Vec::new(),
            in_diff: None,
            already_caught: Vec::new(),
            shard: None,
            sharding: None,
            operators: Operator::STANDARD.to_vec(),
            error_values: Vec::new(),
            skipped_calls: Vec::new(),
            skip_usual_calls: None,
            features: Features::default(),
            target: None,
            profile: None,
            compiled_out: CompiledOut::default(),
        }
    }
}

impl Selection {
    /// How much room is made at first changes nothing that a test could see.
    pub const USUAL_CALLS: [&'static str; 1] = ["with_capacity"];

    /// All calls that are skipped. A name may hold several, with commas.
    pub(super) fn all_skipped_calls(&self) -> Vec<String> {
        let usual = match self.skip_usual_calls {
            Some(false) => [].as_slice(),
            _ => Selection::USUAL_CALLS.as_slice(),
        };
        let names = self.skipped_calls.iter().flat_map(|names| names.split(','));
        names.chain(usual.iter().copied()).map(str::to_owned).collect()
    }
}

impl Shard {
    /// The part number `index`, from 0, of `of`.
    ///
    /// # Errors
    ///
    /// When there is no such part.
    pub fn new(index: usize, of: usize) -> Result<Shard, Error> {
        if index >= of {
            let message =
                format!("there is no shard {index} of {of}: they count from 0, as in 0/4 to 3/4");
            return Err(Error::new(ErrorKind::Usage, message));
        }
        Ok(Shard { index, of })
    }

    /// The parts that are missing among these of one whole; `None` where they are not of one whole.
    #[must_use]
    pub(crate) fn missing(of: &[Shard]) -> Option<Vec<Shard>> {
        let whole = of.first().map_or(0, |it| it.of);
        let is_there = |index: &usize| of.iter().any(|it| it.index == *index);
        let missing = (0..whole).filter(|it| !is_there(it)).map(|index| Shard { index, of: whole });
        of.iter().all(|it| it.of == whole).then(|| missing.collect())
    }

    /// What belongs to this part, in the same order.
    #[must_use]
    pub fn take<T>(self, from: Vec<T>, how: Sharding) -> Vec<T> {
        let size = from.len().div_ceil(self.of);
        let all = from.into_iter();
        match how {
            Sharding::Slice => all.skip(size.saturating_mul(self.index)).take(size).collect(),
            Sharding::RoundRobin => all.skip(self.index).step_by(self.of).collect(),
        }
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}/{}", self.index, self.of)
    }
}

impl FromStr for Shard {
    type Err = Error;

    fn from_str(text: &str) -> Result<Shard, Error> {
        let number = |text: &str| text.parse::<usize>().ok();
        let parts =
            text.split_once('/').and_then(|(index, of)| Some((number(index)?, number(of)?)));
        let Some((index, of)) = parts else {
            let message = format!("`{text}` is no shard; write K/N, as 0/4 to 3/4");
            return Err(Error::new(ErrorKind::Usage, message));
        };
        Shard::new(index, of)
    }
}

impl FromStr for Sharding {
    type Err = Error;

    fn from_str(text: &str) -> Result<Sharding, Error> {
        match text {
            "slice" => Ok(Sharding::Slice),
            "round-robin" => Ok(Sharding::RoundRobin),
            _ => Err(Error::new(
                ErrorKind::Usage,
                format!("`{text}` is no way of sharding; there is slice and round-robin"),
            )),
        }
    }
}
