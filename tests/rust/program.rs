//! The form of a program, read from its file.

use std::path::{Path, PathBuf};

/// What `run` is called with unless the file says otherwise.
const INPUTS: [u64; 4] = [0, 1, 2, 3];

/// One file below `tests/cases/rust`, or one that was made up.
#[derive(Clone, Debug)]
pub(crate) struct Program {
    pub(crate) path: PathBuf,
    /// `integers/wrapping`
    pub(crate) name: String,
    pub(crate) inputs: Vec<u64>,
    /// Compilers that refuse it, and what they say.
    pub(crate) refusals: Vec<(String, String)>,
}

impl Program {
    /// Reads the directives of the file at `path`.
    pub(crate) fn read(path: PathBuf, name: String) -> Result<Program, String> {
        let text = std::fs::read_to_string(&path).map_err(|error| error.to_string())?;
        if !text.starts_with("//! ") {
            return Err("the first line says what it covers: `//! ...`".to_owned());
        }
        if !text.contains("pub fn run(input: u64) -> u64") {
            return Err("there is no `pub fn run(input: u64) -> u64`".to_owned());
        }
        let mut program = Program { path, name, inputs: INPUTS.to_vec(), refusals: Vec::new() };
        for line in text.lines() {
            let Some(directive) = line.strip_prefix("//# ") else { continue };
            let no_directive = || format!("`{line}` is no directive");
            let (what, value) = directive.split_once(": ").ok_or_else(no_directive)?;
            match what.strip_suffix(" refuses") {
                Some(compiler) => program.refusals.push((compiler.to_owned(), value.to_owned())),
                None if what == "inputs" => {
                    let numbers = value.split_whitespace().map(str::parse);
                    program.inputs =
                        numbers.collect::<Result<_, _>>().map_err(|_| no_directive())?;
                }
                None => return Err(no_directive()),
            }
        }
        Ok(program)
    }

    /// `integers`
    pub(crate) fn section(&self) -> &str {
        self.name.split('/').next().unwrap_or_default()
    }

    /// What `compiler` is said to refuse it with.
    pub(crate) fn refusal(&self, compiler: &str) -> Option<&str> {
        let found = self.refusals.iter().find(|(named, _)| named == compiler);
        found.map(|(_, text)| text.as_str())
    }
}

/// Every program of the corpus, by name.
pub(crate) fn corpus() -> Vec<Program> {
    below("tests/cases/rust")
}

/// Every program in the sections of a folder, by name.
pub(crate) fn below(folder: &str) -> Vec<Program> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut programs = Vec::new();
    for section in names(&folder) {
        for file in names(&folder.join(&section)) {
            let name = format!("{section}/{}", file.trim_end_matches(".rs"));
            let read = Program::read(folder.join(&section).join(&file), name.clone());
            programs.push(read.unwrap_or_else(|why| panic!("{name}: {why}")));
        }
    }
    programs
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("the folder of programs can be read");
    let name = |entry: std::io::Result<std::fs::DirEntry>| {
        entry
            .expect("the folder of programs can be read")
            .file_name()
            .to_string_lossy()
            .into_owned()
    };
    let mut names: Vec<_> = entries.map(name).collect();
    names.sort();
    names
}
