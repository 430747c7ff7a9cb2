//! The form of a case, read from its file and written back with what was found.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

/// One file below `tests/cases/edits`.
pub(crate) struct Case {
    pub(crate) path: PathBuf,
    /// `fields/added`
    pub(crate) name: String,
    /// The lines above the text before that say what the edit is.
    about: String,
    /// The text before, then each text after.
    pub(crate) texts: Vec<Text>,
}

/// One text of the live file, and what is expected of it.
#[derive(Clone, Default)]
pub(crate) struct Text {
    /// Without directives.
    pub(crate) source: String,
    /// Files beside it, by name; those of the text before stay unless written anew.
    pub(crate) files: BTreeMap<String, String>,
    /// `("probe", "0 1 2 5")`, in the order of the file.
    directives: Vec<(String, String)>,
}

/// Directives that a text can have, in the order in which they are written.
const DIRECTIVES: [&str; 7] = ["expect", "state", "static", "carries", "probe", "flight", "step"];

impl Text {
    /// The text of a live file, of which nothing is expected yet.
    pub(crate) fn of(source: String) -> Text {
        Text { source, ..Text::default() }
    }

    /// The value of the first directive called `name`.
    pub(crate) fn directive(&self, name: &str) -> Option<&str> {
        self.directives.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// The values of all directives called `name`.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.directives.iter().filter(move |(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// Gives the directive `name` this value instead of those that it had.
    pub(crate) fn set(&mut self, name: &str, value: String) {
        self.directives.retain(|(own, _)| own != name);
        self.directives.push((name.to_owned(), value));
    }

    /// Whether the text defines a function of this name.
    pub(crate) fn has(&self, function: &str) -> bool {
        self.source.contains(&format!("fn {function}("))
    }

    /// Whether it has `probe` and `flight`, written out or made below.
    pub(crate) fn has_flight(&self) -> bool {
        self.has("probe") || self.has("fold")
    }

    /// What the program is given: the source, and below it the entry points that it does not have.
    pub(crate) fn live(&self) -> String {
        let mut live = self.source.clone();
        if self.has("fold") && !self.has("probe") {
            live.push_str("pub fn probe(x: i64) -> i64 { fold(make(x)) }\n");
        }
        if self.has("fold") && !self.has("flight") {
            live.push_str(
                "pub fn flight(gate: *mut u32, x: i64) -> i64 { let made = make(x); host::hold(gate); fold(made) }\n",
            );
        } else if self.has("probe") && !self.has("flight") {
            live.push_str(
                "pub fn flight(gate: *mut u32, x: i64) -> i64 { host::hold(gate); probe(x) }\n",
            );
        }
        live
    }
}

impl Case {
    /// A case that no file has.
    pub(crate) fn generated(name: String, texts: Vec<Text>) -> Case {
        Case { path: PathBuf::new(), name, about: String::new(), texts }
    }

    /// Reads the file at `path`, whose name within the corpus is `name`.
    pub(crate) fn read(path: &Path, name: String) -> Result<Case, String> {
        let text = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
        let about = text.split_inclusive('\n').take_while(|line| line.starts_with("//!"));
        let about: String = about.collect();
        let mut texts = vec![Text::default()];
        let mut file = None;
        for (number, line) in text.lines().enumerate().skip(about.lines().count()) {
            let Some(directive) = line.strip_prefix("//# ") else {
                let current = texts.last_mut().expect("there is always one");
                let into = match &file {
                    None => &mut current.source,
                    Some(name) => current.files.entry(String::clone(name)).or_default(),
                };
                into.push_str(line);
                into.push('\n');
                continue;
            };
            if directive == "after" {
                let files = texts.last().expect("there is always one").files.clone();
                texts.push(Text { files, ..Text::default() });
                file = None;
                continue;
            }
            let Some((name, value)) = directive.split_once(": ") else {
                return Err(format!("line {}: `{line}` is no directive", number + 1));
            };
            let current = texts.last_mut().expect("there is always one");
            match name {
                "file" => {
                    current.files.insert(value.to_owned(), String::new());
                    file = Some(value.to_owned());
                }
                name if DIRECTIVES.contains(&name) => {
                    current.directives.push((name.to_owned(), value.to_owned()));
                }
                _ => return Err(format!("line {}: there is no directive `{name}`", number + 1)),
            }
        }
        if texts.len() < 2 {
            return Err("there is no `//# after`".to_owned());
        }
        Ok(Case { path: path.to_owned(), name, about, texts })
    }

    /// The case as the text of its file.
    pub(crate) fn write(&self) -> String {
        let mut out = self.about.clone();
        let mut before: Option<&Text> = None;
        for text in &self.texts {
            if before.is_some() {
                out.push_str("//# after\n");
            }
            for name in DIRECTIVES {
                for value in text.all(name) {
                    out.push_str(&format!("//# {name}: {value}\n"));
                }
            }
            out.push_str(&text.source);
            for (name, content) in &text.files {
                if before.and_then(|before| before.files.get(name)) != Some(content) {
                    out.push_str(&format!("//# file: {name}\n{content}"));
                }
            }
            before = Some(text);
        }
        out
    }
}

/// Folder of the corpus.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/edits")
}

/// Sorted names of the folders of the corpus.
pub(crate) fn areas() -> Vec<String> {
    names(&folder())
}

/// The cases of one area, by name.
pub(crate) fn cases(area: &str) -> Vec<Case> {
    let folder = folder().join(area);
    let read = |file: String| {
        let name = format!("{area}/{}", file.trim_end_matches(".rs"));
        Case::read(&folder.join(&file), name.clone()).unwrap_or_else(|why| panic!("{name}: {why}"))
    };
    names(&folder).into_iter().map(read).collect()
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("the folder of cases can be read");
    let name = |entry: std::io::Result<std::fs::DirEntry>| {
        entry.expect("the folder of cases can be read").file_name().to_string_lossy().into_owned()
    };
    let mut names: Vec<_> = entries.map(name).collect();
    names.sort();
    names
}
