//! Globs for files and regular expressions for names.

use std::path::Path;

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use regex::RegexSet;

use super::selection::Selection;
use crate::{Error, ErrorKind};

#[cfg(test)]
mod tests;

/// The globs and expressions of a selection, compiled.
#[derive(Debug)]
pub(crate) struct Filter {
    files: Option<GlobSet>,
    exclude_files: GlobSet,
    names: Option<RegexSet>,
    exclude_names: RegexSet,
}

impl Filter {
    pub(crate) fn new(selection: &Selection) -> Result<Filter, Error> {
        let wanted = |texts: &[String]| !texts.is_empty();
        Ok(Filter {
            files: wanted(&selection.files).then(|| globs(&selection.files)).transpose()?,
            exclude_files: globs(&selection.exclude_files)?,
            names: wanted(&selection.names).then(|| expressions(&selection.names)).transpose()?,
            exclude_names: expressions(&selection.exclude_names)?,
        })
    }

    /// Whether mutants of this file are wanted; the path is relative to the workspace's root.
    pub(crate) fn file(&self, path: &Path) -> bool {
        self.files.as_ref().is_none_or(|globs| globs.is_match(path))
            && !self.exclude_files.is_match(path)
    }

    /// Whether a mutant of this full name is wanted.
    pub(crate) fn name(&self, name: &str) -> bool {
        self.names.as_ref().is_none_or(|expressions| expressions.is_match(name))
            && !self.exclude_names.is_match(name)
    }
}

fn globs(texts: &[String]) -> Result<GlobSet, Error> {
    let mut set = GlobSetBuilder::new();
    for text in texts {
        let whole = match text.contains('/') {
            true => vec![text.clone()],
            false => vec![format!("**/{text}"), format!("**/{text}/**")],
        };
        for glob in whole {
            // A star stays in its folder.
            let glob = GlobBuilder::new(&glob).literal_separator(true).build();
            set.add(glob.map_err(|error| invalid("glob", text, &error))?);
        }
    }
    set.build().map_err(|error| invalid("list of globs", &texts.join(" "), &error))
}

fn expressions(texts: &[String]) -> Result<RegexSet, Error> {
    RegexSet::new(texts).map_err(|error| invalid("regular expression", &texts.join(" "), &error))
}

fn invalid(what: &str, text: &str, why: &dyn std::fmt::Display) -> Error {
    Error::new(ErrorKind::Usage, format!("`{text}` is no {what}: {why}"))
}
