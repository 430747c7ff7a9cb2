//! What the verdicts on a live file depend on, for those who remember them: the files of its folder, rustc, the prelude, and where its
//! tests are called. Where the file takes in more text (`mod name;`, `include!`), or stands among very many files, nobody can tell.

use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{TokenStream, TokenTree};
use walkdir::WalkDir;
use xxhash_rust::xxh3::Xxh3;

use super::Manner;
use crate::build::is_part;
use crate::{LiveFile, MadeOf, run};

/// A folder with more files than this is not one of live files only.
const MOST: usize = 1000;

/// What a live file at `root`/`file` was made of; `prelude` stands beside it.
pub(super) fn made_of(
    live: &LiveFile,
    root: &Path,
    file: &Path,
    prelude: Option<&Path>,
    manner: Manner,
) -> MadeOf {
    let is_alone = |text: &str| text.parse().is_ok_and(|tokens| !takes_more(tokens));
    let text = live.discovery.files.first().map(|it| it.text.as_str());
    let folder = root.join(file).parent().map(Path::to_path_buf);
    let files = folder.filter(|_| text.is_some_and(is_alone)).and_then(|it| below(&it));
    let relative = |files: Vec<PathBuf>| -> Option<Vec<PathBuf>> {
        files.iter().map(|it| it.strip_prefix(root).ok().map(Path::to_path_buf)).collect()
    };
    match (files.and_then(relative), others(prelude, manner)) {
        (Some(files), Some(others)) => MadeOf::Files { files, others },
        _ => MadeOf::Unknown,
    }
}

/// Whether more than this text is compiled.
fn takes_more(tokens: TokenStream) -> bool {
    let mut words = [String::new(), String::new()];
    for token in tokens {
        let word = match token {
            TokenTree::Group(group) if takes_more(group.stream()) => return true,
            TokenTree::Group(_) | TokenTree::Literal(_) => String::new(),
            TokenTree::Ident(name) => name.to_string(),
            TokenTree::Punct(mark) => mark.as_char().to_string(),
        };
        let is_included = ["include", "include_str", "include_bytes"].contains(&words[1].as_str());
        if words[0] == "mod" && word == ";" || is_included && word == "!" {
            return true;
        }
        words.swap(0, 1);
        words[1] = word;
    }
    false
}

/// The files below a folder, in order. `None` where there are too many, one cannot be read, or one is a link.
fn below(folder: &Path) -> Option<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in WalkDir::new(folder).sort_by_file_name().into_iter().filter_entry(is_part) {
        let entry = entry.ok()?;
        if entry.path_is_symlink() || files.len() == MOST {
            return None;
        }
        if entry.file_type().is_file() {
            files.push(entry.into_path());
        }
    }
    Some(files)
}

/// A digest of rustc, of the prelude and of the manner.
fn others(prelude: Option<&Path>, manner: Manner) -> Option<u64> {
    let mut digest = Xxh3::new();
    digest.update(run::compiler()?.as_bytes());
    digest.update(format!("{manner:?} {}", env!("CARGO_PKG_VERSION")).as_bytes());
    if let Some(prelude) = prelude {
        for file in below(prelude)? {
            digest.update(file.strip_prefix(prelude).ok()?.as_os_str().as_encoded_bytes());
            digest.update(&fs::read(&file).ok()?);
        }
    }
    Some(digest.digest())
}

#[cfg(test)]
mod tests;
