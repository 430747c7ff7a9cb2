//! What the front end is given: the user's files, and for each the region that exports its functions.
//!
//! It is what `rustc::frame` writes to a directory, kept in memory: the same regions from the same survey,
//! so that both compilers export the same shims. Here they are files of their own, which no edit of a body
//! touches: a region is about as long as the text that it is for, and the front end reads whole files. For the same
//! reason each of the user's files has another one beside it, for a slice of one of its functions (`front::slices`).

use std::path::{Path, PathBuf};

use crate::describe;
use crate::error::{Error, ErrorKind};
use crate::shim::{Exclusions, Origin, Region, region};
use crate::source::Source;
use crate::states::Survey;
use crate::tree::{self, Origin as FileOrigin, Syntax, Tree};

use super::front::slices::{self, SLICES};
use super::program::Turn;

/// What is put behind the path of a file to name that of its region.
const REGION: &str = ".exports";

/// The files.
pub(super) struct Frame {
    /// The user's, the root first.
    pub(super) files: Vec<Text>,
    /// Their regions.
    regions: Vec<Text>,
    /// Room for slices of the user's own.
    slices: Vec<Text>,
}

/// One file.
pub(super) struct Text {
    /// Where it stands: absolute, without `.` and `..`.
    pub(super) path: String,
    /// The path as the user gave it.
    pub(super) spelled: PathBuf,
    /// The user's text, and what was put below it; all of a region was.
    pub(super) full: String,
    /// Whether it is a support module's, and not the user's.
    is_support: bool,
    /// How long the user's text is, in bytes.
    own: usize,
    /// The line at which that starts, and what its lines are for.
    below_start: u32,
    lines: Vec<Option<Origin>>,
}

impl Text {
    /// What the user wrote.
    pub(super) fn own(&self) -> &str {
        &self.full[..self.own]
    }

    /// The same with another text of the user's, of as many lines.
    pub(super) fn set_own(&mut self, text: &str) {
        self.full = self.with_own(text);
        self.own = text.len();
    }

    /// All of it, with another text of the user's.
    pub(super) fn with_own(&self, text: &str) -> String {
        [text, self.below()].concat()
    }

    /// What was put below it.
    pub(super) fn below(&self) -> &str {
        &self.full[self.own..]
    }

    /// When the function whose name stands in `line` is wanted.
    pub(super) fn turn(&self, line: u32) -> Turn {
        match self.generated(line) {
            Some(_) => Turn::Later,
            None if self.is_support => Turn::OnDemand,
            None => Turn::First,
        }
    }

    /// What `line` is for, if it lies below the user's text.
    pub(super) fn generated(&self, line: u32) -> Option<Option<Origin>> {
        let below = line.checked_sub(self.below_start)?;
        Some(self.lines.get(below as usize).copied().flatten())
    }
}

impl Frame {
    /// All files with their regions. Where a text is not understood there is no region: the front end then
    /// says what is wrong.
    pub(super) fn write(
        source: &Source,
        tree: &Tree,
        survey: &Survey<'_>,
        excluded: &Exclusions,
    ) -> Result<Frame, Error> {
        let parsed = tree.files.iter().all(|file| matches!(file.syntax, Syntax::Parsed(_)));
        let (mut files, mut regions, mut slices) = (Vec::new(), Vec::new(), Vec::new());
        for (index, file) in tree.files.iter().enumerate() {
            let mut below = Region::default();
            if index == 0 && !matches!(file.syntax, Syntax::Broken) {
                support(source, tree, &mut below)?;
            }
            let path = utf8(&file.path)?;
            let is_support = matches!(file.origin, FileOrigin::Support(_));
            if parsed {
                let apart = format!("{path}{REGION}");
                let (_, name) = apart.rsplit_once('/').unwrap_or(("", &apart));
                let (line, region) = region(tree, survey, excluded, index).apart(name);
                below.line(None, &line);
                regions.push(Text {
                    path: apart,
                    spelled: file.path.clone(),
                    full: describe::without_heap(&region.text),
                    is_support,
                    own: 0,
                    below_start: 1,
                    lines: region.lines,
                });
            }
            if parsed && !is_support {
                let apart = format!("{path}{SLICES}");
                let (_, name) = apart.rsplit_once('/').unwrap_or(("", &apart));
                below.line(None, &slices::line(name));
                slices.push(Text {
                    spelled: file.path.clone(),
                    full: slices::text_without_one(),
                    // Nobody calls what is in it.
                    is_support: true,
                    own: 0,
                    below_start: u32::MAX,
                    lines: Vec::new(),
                    path: apart,
                });
            }
            let separator = if below.text.is_empty() { "" } else { "\n" };
            let breaks = u32::try_from(file.text.matches('\n').count()).unwrap_or(u32::MAX);
            let spelled = match file.origin {
                _ if index == 0 => source.path.clone(),
                FileOrigin::Support(number) if file.module.len() == 1 => {
                    source.support[number].path.clone()
                }
                _ => file.path.clone(),
            };
            files.push(Text {
                path,
                spelled,
                full: format!("{}{separator}{}", file.text, below.text),
                is_support,
                own: file.text.len(),
                below_start: breaks.saturating_add(2),
                lines: below.lines,
            });
        }
        Ok(Frame { files, regions, slices })
    }

    /// The files as the database takes them.
    pub(super) fn texts(&self) -> Vec<(String, String)> {
        self.all().map(|file| (file.path.clone(), file.full.clone())).collect()
    }

    /// All files, the root first.
    pub(super) fn all(&self) -> impl Iterator<Item = &Text> {
        self.files.iter().chain(&self.regions).chain(&self.slices)
    }

    /// The file with this path.
    pub(super) fn find(&self, path: &str) -> Option<&Text> {
        self.all().find(|file| file.path == path)
    }
}

/// The `mod` lines of the support modules. One the user has written takes precedence.
fn support(source: &Source, tree: &Tree, below: &mut Region) -> Result<(), Error> {
    for support in &source.support {
        let is_own = |item: &syn::Item| matches!(item, syn::Item::Mod(module) if module.ident == support.name.as_str());
        if tree.files[0].items().iter().any(is_own) {
            continue;
        }
        let path = utf8(&tree::normal(&support.path)?)?;
        let place = relative(&utf8(&tree.files[0].path)?, &path);
        below.line(None, &format!("#[path = {place:?}] pub mod {};", support.name));
    }
    Ok(())
}

/// How `to` is named from the directory of the file `from`: the front end joins paths, and knows no
/// absolute ones.
fn relative(from: &str, to: &str) -> String {
    let up = from.matches('/').count().saturating_sub(1);
    format!("{}{}", "../".repeat(up), to.trim_start_matches('/'))
}

fn utf8(path: &Path) -> Result<String, Error> {
    path.to_str().map(str::to_owned).ok_or_else(|| {
        Error::new(ErrorKind::Unsupported(format!(
            "{}: the path is not UTF-8; rename the file",
            path.display()
        )))
    })
}

#[cfg(test)]
mod tests;
