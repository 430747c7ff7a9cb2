//! What cargo's settings say of that in whose place we put something of our own, and of what cargo will not find: the rest cargo
//! reads itself, in the copy.
//!
//! They stand in `.cargo/config.toml` in the folder that cargo is started in and in those around it, nearer ones first, then in
//! cargo's own folder. Variables come before them
//! (<https://doc.rust-lang.org/cargo/reference/config.html>).

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use toml::de::{DeTable, DeValue};

use crate::{Error, ErrorKind};

/// The names of a file of settings in `.cargo`; where there are two, cargo reads the first.
const NAMES: [&str; 2] = ["config", "config.toml"];

/// How many files may include one another: a ring has no end.
const DEEPEST: usize = 8;

/// The files of settings that can be read, the nearest first.
#[derive(Debug)]
pub(crate) struct Settings {
    files: Vec<File>,
}

/// One of them.
#[derive(Debug)]
struct File {
    path: PathBuf,
    text: String,
    is_included: bool,
}

impl Settings {
    /// Those that cargo would read if it were started in this folder.
    pub(crate) fn around(folder: &Path) -> Settings {
        let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
        let home = home.or_else(|| std::env::home_dir().map(|it| it.join(".cargo")));
        Settings::of(folder.ancestors().map(|it| it.join(".cargo")).chain(home))
    }

    fn of(folders: impl Iterator<Item = PathBuf>) -> Settings {
        let mut settings = Settings { files: Vec::new() };
        for folder in folders {
            if let Some(name) = NAMES.iter().find(|it| folder.join(it).is_file()) {
                settings.add(&folder.join(name), 0);
            }
        }
        settings
    }

    /// Adds a file and those that it includes, of which the last counts most.
    fn add(&mut self, path: &Path, depth: usize) {
        if depth > DEEPEST || self.files.iter().any(|it| it.path == path) {
            return;
        }
        // What cannot be read is cargo's to refuse.
        let Ok(text) = fs::read_to_string(path) else { return };
        let included = included(&text);
        self.files.push(File { path: path.to_owned(), text, is_included: depth > 0 });
        let folder = path.parent().unwrap_or(path);
        for name in included.iter().rev() {
            self.add(&folder.join(name), depth + 1);
        }
    }

    /// The files with their texts.
    pub(crate) fn texts(&self) -> impl Iterator<Item = (&Path, &str)> {
        self.files.iter().map(|it| (it.path.as_path(), it.text.as_str()))
    }

    /// The program that the section `build` names in place of rustc's or cargo's own; before it those that the variables name.
    pub(crate) fn program(
        &self,
        key: &str,
        variables: &[&str],
        value: impl Fn(&str) -> Option<OsString>,
    ) -> Option<PathBuf> {
        if let Some(named) = variables.iter().find_map(|it| value(it)) {
            let is_path = Path::new(&named).components().count() > 1;
            // cargo is started elsewhere; and an empty one takes back what the files say.
            let whole = if is_path { std::path::absolute(&named).ok() } else { None };
            return (!named.is_empty()).then(|| whole.unwrap_or_else(|| named.into()));
        }
        self.files.iter().find_map(|file| {
            let named = words(&file.text, &["build", key])?.into_iter().next()?;
            let folder = file.path.parent().and_then(Path::parent);
            let is_path = named.contains('/');
            Some(
                folder
                    .filter(|_| is_path)
                    .map_or_else(|| named.clone().into(), |it| it.join(&named)),
            )
        })
    }

    /// That tests are built for this machine: others could not be run as forks.
    ///
    /// # Errors
    ///
    /// An argument of cargo, a variable or a file says that they are built for another.
    pub(crate) fn must_be_for(
        &self,
        host: &str,
        arguments: &[String],
        value: impl Fn(&str) -> Option<OsString>,
    ) -> Result<(), Error> {
        let is_other = |it: &String| it != host && it != "host-tuple";
        let (mut said, mut by) = (of_arguments(arguments), "--target".to_owned());
        if said.is_empty()
            && let Some(named) = value("CARGO_BUILD_TARGET")
        {
            (said, by) = (vec![named.to_string_lossy().into_owned()], "CARGO_BUILD_TARGET".into());
        } else if said.is_empty() {
            let of =
                |file: &File| Some((words(&file.text, &["build", "target"])?, file.path.clone()));
            if let Some((targets, path)) = self.files.iter().find_map(of) {
                (said, by) = (targets, format!("build.target in {}", path.display()));
            }
        }
        let Some(other) = said.into_iter().find(is_other) else { return Ok(()) };
        let advice = match by.as_str() {
            "--target" => "leave it out".to_owned(),
            _ => format!("set CARGO_BUILD_TARGET={host}"),
        };
        let message = format!(
            "{by} is {other}, and tests run as forks of this machine's own programs ({host}): {advice}"
        );
        Err(Error::new(ErrorKind::Usage, message))
    }

    /// The sections of `target` that name a runner of programs, with their files.
    pub(crate) fn runners(&self) -> Vec<(String, &Path)> {
        let mut found = Vec::new();
        for file in &self.files {
            let Ok(table) = DeTable::parse(&file.text) else { continue };
            let Some(targets) = inner(table.get_ref(), "target") else { continue };
            for (name, _) in targets.iter() {
                let of_target = inner(targets, name.get_ref());
                if of_target.is_some_and(|it| it.iter().any(|(key, _)| key.get_ref() == "runner")) {
                    found.push((name.get_ref().to_string(), file.path.as_path()));
                }
            }
        }
        found
    }

    /// Of these files those that are not among the others'.
    pub(crate) fn without<'s>(&'s self, others: &Settings) -> Vec<&'s Path> {
        let is_other = |path: &Path| others.files.iter().any(|it| it.path == path);
        let own = self.files.iter().filter(|it| !it.is_included).map(|it| it.path.as_path());
        own.filter(|path| !is_other(path)).collect()
    }
}

/// Settings of the workspace for a copy that stands inside of it: cargo reads both, and would join lists of the one with the same
/// lists of the other. A flag may be one that rustc refuses to see twice.
pub(crate) fn without_lists(text: &str) -> String {
    let Ok(table) = DeTable::parse(text) else { return text.to_owned() };
    let mut ranges = Vec::new();
    lists(table.get_ref(), true, &mut ranges);
    ranges.sort_by_key(|it| it.start);
    let (mut out, mut end) = (String::new(), 0);
    for range in ranges {
        out.push_str(text.get(end..range.start).unwrap_or_default());
        out.push_str("[]");
        end = range.end;
    }
    out.push_str(text.get(end..).unwrap_or_default());
    out
}

/// The lists that cargo joins and that say how something is compiled.
fn lists(table: &DeTable<'_>, is_outermost: bool, ranges: &mut Vec<std::ops::Range<usize>>) {
    for (key, value) in table.iter() {
        let key: &str = key.get_ref();
        let is_joined =
            matches!(key, "rustflags" | "rustdocflags") || is_outermost && key == "include";
        match value.get_ref() {
            DeValue::Array(_) if is_joined => ranges.push(value.span()),
            DeValue::Table(inner) => lists(inner, false, ranges),
            _ => {}
        }
    }
}

/// The files that one includes.
fn included(text: &str) -> Vec<String> {
    let Ok(table) = DeTable::parse(text) else { return Vec::new() };
    let value = table.get_ref().iter().find(|(key, _)| key.get_ref() == "include");
    let Some((_, value)) = value else { return Vec::new() };
    let name = |value: &DeValue<'_>| match value {
        DeValue::String(name) => Some(name.to_string()),
        DeValue::Table(table) => {
            let (_, path) = table.iter().find(|(key, _)| key.get_ref() == "path")?;
            path.get_ref().as_str().map(str::to_owned)
        }
        _ => None,
    };
    match value.get_ref() {
        DeValue::Array(all) => all.iter().filter_map(|it| name(it.get_ref())).collect(),
        one => name(one).into_iter().collect(),
    }
}

/// A word, or a list of them.
fn words(text: &str, keys: &[&str]) -> Option<Vec<String>> {
    let table = DeTable::parse(text).ok()?;
    let (last, outer) = keys.split_last()?;
    let table = outer.iter().try_fold(table.get_ref(), |table, key| inner(table, key))?;
    let (_, value) = table.iter().find(|(key, _)| key.get_ref() == last)?;
    match value.get_ref() {
        DeValue::String(word) => Some(vec![word.to_string()]),
        DeValue::Array(all) => {
            Some(all.iter().filter_map(|it| it.get_ref().as_str().map(str::to_owned)).collect())
        }
        _ => None,
    }
}

/// The table of this name.
pub(crate) fn inner<'t, 'x>(table: &'t DeTable<'x>, name: &str) -> Option<&'t DeTable<'x>> {
    let (_, value) = table.iter().find(|(key, _)| key.get_ref() == name)?;
    match value.get_ref() {
        DeValue::Table(table) => Some(table),
        _ => None,
    }
}

/// What cargo's arguments say of targets.
fn of_arguments(arguments: &[String]) -> Vec<String> {
    let mut found = Vec::new();
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        if argument == "--target" {
            found.extend(arguments.next().cloned());
        } else if let Some(target) = argument.strip_prefix("--target=") {
            found.push(target.to_owned());
        }
    }
    found
}

#[cfg(test)]
mod tests;
