//! The workspace's text, taken apart: the bodies of functions with mutants are left out (the image has a digest of
//! each), those of tests have a digest by name, and all the rest is one digest.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::ops::Range;
use std::path::{Component, Path, PathBuf};
use std::process::Command;

use syn::spanned::Spanned;
use syn::visit::Visit;

use super::digest::Digest;
use crate::{Image, MadeOf, TestBinary, TestKind};

/// Folders that no build reads; caches are others, and cargo's target folder.
const SKIPPED: [&str; 3] = [".git", "mutants.out", "mutants.out.old"];
/// More than this is no package's text.
const LARGEST: u64 = 64 << 20;

/// Digests of a workspace.
#[derive(Debug)]
pub(crate) struct Text {
    /// Everything but those bodies.
    pub(super) rest: u64,
    /// The bodies of the tests of one name, by that name.
    pub(super) tests: BTreeMap<String, u64>,
    /// Where those bodies are in each file.
    blanks: BTreeMap<PathBuf, Vec<Range<usize>>>,
}

impl Text {
    /// Reads an image's workspace. `None` where it is not at hand, or a part of it stands elsewhere.
    pub(crate) fn read(image: &Image) -> Option<Self> {
        let mut rest = Digest::default();
        let mut tests: BTreeMap<String, Digest> = BTreeMap::new();
        let is_workspace = image.made_of == MadeOf::Workspace;
        let files = match &image.made_of {
            MadeOf::Workspace => {
                let mut files = Vec::new();
                collect(&image.workspace, &image.workspace, &mut files)?;
                files.sort();
                rest.text(&compiler()?);
                files
            }
            MadeOf::Files { files, others } => {
                rest.number(*others);
                files.clone()
            }
            MadeOf::Unknown => return None,
        };
        for binary in &image.binaries {
            rest.text(&format!("{} {} {:?}", binary.package, unnumbered(binary), binary.kind));
        }
        let bodies = bodies(image);
        if bodies.keys().any(|file| !files.contains(file)) {
            return None;
        }
        let mut all_blanks = BTreeMap::new();
        for file in files {
            rest.bytes(file.as_os_str().as_encoded_bytes());
            let bytes = fs::read(image.workspace.join(&file)).ok()?;
            let name = file.file_name().unwrap_or_default();
            if is_workspace && name == "Cargo.toml" && leaves(&String::from_utf8_lossy(&bytes)) {
                return None;
            }
            let mut blanks = bodies.get(&file).cloned().unwrap_or_default();
            if file.extension().is_some_and(|it| it == "rs") {
                for (name, body) in tests_in(&bytes) {
                    tests.entry(name).or_default().bytes(bytes.get(body.clone())?);
                    blanks.push(body);
                }
            }
            blanks.sort_by_key(|it| (it.start, it.end));
            with_blanks(&bytes, &blanks, &mut rest)?;
            all_blanks.insert(file, blanks);
        }
        let tests = tests.into_iter().map(|(name, digest)| (name, digest.end())).collect();
        Some(Self { rest: rest.end(), tests, blanks: all_blanks })
    }

    /// How much of a file's rest stands before a place.
    pub(super) fn place(&self, file: &Path, at: usize) -> usize {
        let (mut place, mut end) = (at, 0);
        for blank in self.blanks.get(file).into_iter().flatten().filter(|it| it.end <= at) {
            place -= blank.end.saturating_sub(blank.start.max(end));
            end = end.max(blank.end);
        }
        place
    }
}

/// A binary's name without the line of its example, which every edit above it moves.
pub(super) fn unnumbered(binary: &TestBinary) -> &str {
    let name = binary.target.as_str();
    match binary.kind {
        TestKind::Doctest | TestKind::PanickingDoctest => {
            name.rsplit_once(" (line ").map_or(name, |(name, _)| name)
        }
        _ => name,
    }
}

/// All files below a folder, relative to the root. `None` where one cannot be read or is a link to elsewhere.
fn collect(root: &Path, folder: &Path, files: &mut Vec<PathBuf>) -> Option<()> {
    for entry in fs::read_dir(folder).ok()? {
        let entry = entry.ok()?;
        let (path, kind) = (entry.path(), entry.file_type().ok()?);
        // As the copy that is built has them.
        let is_cache = kind.is_dir() && path.join("CACHEDIR.TAG").is_file()
            || folder == root && entry.file_name() == "target";
        if is_cache || SKIPPED.iter().any(|it| entry.file_name() == *it) {
            continue;
        }
        if kind.is_dir() {
            collect(root, &path, files)?;
        } else if kind.is_symlink() || entry.metadata().ok()?.len() > LARGEST {
            return None;
        } else if kind.is_file() {
            files.push(path.strip_prefix(root).ok()?.to_owned());
        }
    }
    Some(())
}

/// Whether a manifest may name a package outside of the workspace.
fn leaves(manifest: &str) -> bool {
    manifest.lines().any(|line| {
        line.contains("path")
            && (line.contains("..") || line.contains("\"/") || line.contains("'/"))
    })
}

/// rustc, and what the user tells it.
pub(crate) fn compiler() -> Option<String> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc).arg("-vV").output().ok()?;
    let flags = std::env::var("RUSTFLAGS").unwrap_or_default();
    Some(format!("{}{flags}", String::from_utf8_lossy(&output.stdout)))
}

/// The bodies of functions with a slot and a digest, by file.
fn bodies(image: &Image) -> BTreeMap<PathBuf, Vec<Range<usize>>> {
    let mut bodies: BTreeMap<PathBuf, Vec<Range<usize>>> = BTreeMap::new();
    let with_digest: BTreeSet<u32> =
        image.functions.iter().filter(|it| it.digest != 0).map(|it| it.number).collect();
    for mutant in
        image.mutants.iter().filter(|it| it.function.is_some_and(|it| with_digest.contains(&it)))
    {
        if let Some(function) = &mutant.mutant.function {
            let file: PathBuf =
                mutant.mutant.file.components().filter(|it| *it != Component::CurDir).collect();
            bodies.entry(file).or_default().push(function.body.clone());
        }
    }
    bodies
}

/// Names and bodies of the functions that are marked `#[test]`; none in a file that syn cannot read.
fn tests_in(bytes: &[u8]) -> Vec<(String, Range<usize>)> {
    struct Tests(Vec<(String, Range<usize>)>);
    impl<'a> Visit<'a> for Tests {
        fn visit_item_fn(&mut self, function: &'a syn::ItemFn) {
            if function.attrs.iter().any(|it| it.path().is_ident("test")) {
                let body = function.block.span().byte_range();
                self.0.push((function.sig.ident.to_string(), body));
            } else {
                syn::visit::visit_item_fn(self, function);
            }
        }
    }
    let mut tests = Tests(Vec::new());
    // syn counts from behind these.
    let is_plain = !bytes.starts_with("\u{feff}".as_bytes()) && !bytes.starts_with(b"#!");
    let text = std::str::from_utf8(bytes).ok().filter(|_| is_plain);
    if let Some(file) = text.and_then(|it| syn::parse_file(it).ok()) {
        tests.visit_file(&file);
    }
    tests.0
}

/// Adds a file without its blanks. `None` when they do not fit the file: it was edited after the build.
fn with_blanks(bytes: &[u8], blanks: &[Range<usize>], rest: &mut Digest) -> Option<()> {
    let mut at = 0;
    for blank in blanks {
        if blank.start >= at {
            rest.bytes(bytes.get(at..blank.start)?);
        }
        at = at.max(blank.end);
    }
    rest.bytes(bytes.get(at..)?);
    Some(())
}
