//! The next text from the last one, where they differ within one body: without parsing the file.
//!
//! Reading a file of 1,000 functions takes longer than compiling one of them. What is known of the last text is
//! true of the next one if the body defines nothing (no item, and no call of a macro that makes some) and if
//! nothing stands in another line. Everything else is read again.

use std::cell::OnceCell;
use std::collections::{BTreeSet, HashSet};
use std::path::PathBuf;
use std::sync::Arc;

use super::cut::{Cut, FileCut};
use super::places;
use crate::definitions::{has_item_word, identifiers, that_define_items};
use crate::source::{Source, Support, unmarked};
use crate::tree::{File, Included, Origin, Syntax, Tree};
use crate::{Compiled, Interface, tree};

/// What was compiled last.
pub(super) struct Last {
    cut: Cut,
    support: Vec<Support>,
    interface: Arc<Interface>,
    /// Of each file, who wrote it and its module.
    files: Arc<[(Origin, Vec<String>)]>,
    /// Macros whose calls may define something.
    macros: Arc<HashSet<String>>,
    /// The words of the files outside of functions.
    words: Arc<BTreeSet<String>>,
}

/// The next one.
pub(super) struct Quick {
    pub cut: Cut,
    /// The edited function's path, the names in its body before, and those after.
    mentions: (String, BTreeSet<String>, BTreeSet<String>),
    /// The interface, once it was asked for.
    interface: OnceCell<Arc<Interface>>,
    /// The files without their items.
    pub tree: Tree,
    last: Arc<Last>,
}

impl Last {
    pub(super) fn new(source: &Source, tree: &Tree, cut: &Cut, compiled: &Compiled) -> Last {
        let mut words = BTreeSet::new();
        for file in &cut.files {
            words.extend(file.frame_words());
        }
        Last {
            cut: cut.clone(),
            support: source.support.clone(),
            interface: Arc::new(compiled.interface.clone()),
            files: tree.files.iter().map(|file| (file.origin, file.module.clone())).collect(),
            macros: Arc::new(that_define_items(tree)),
            words: Arc::new(words),
        }
    }

    /// `source`, if all that is known of this one is true of it.
    pub(super) fn edited(self: &Arc<Last>, source: &Source) -> Option<Quick> {
        let is_same = source.support == self.support
            && tree::normal(&source.path).ok()? == self.cut.files.first()?.path
            && !self.cut.files.iter().any(|file| file.text.contains("include"))
            && !places::asks_for_places(&self.cut);
        let mut changed = None;
        for (index, file) in self.cut.files.iter().enumerate().filter(|_| is_same) {
            let text = match index {
                0 => Arc::clone(&source.text),
                _ => std::fs::read_to_string(&file.path).ok()?.into(),
            };
            let text = unmarked(text);
            if text != file.text && changed.replace((index, text)).is_some() {
                return None;
            }
        }
        let (index, text) = changed?;
        let before = &self.cut.files[index];
        let (after, number) = before.with_text(&text)?;
        let mentions = self.mentions(before, &after, number)?;
        let mut cut = self.cut.clone();
        cut.files[index] = after;
        if places::asks_for_places(&cut) || text.contains("include") {
            return None;
        }
        let tree = self.tree(&cut);
        let (interface, last) = (OnceCell::new(), Arc::clone(self));
        Some(Quick { cut, mentions, interface, tree, last })
    }

    /// What the body mentions, if nothing else of the interface changes.
    fn mentions(
        &self,
        before: &FileCut,
        after: &FileCut,
        number: usize,
    ) -> Option<(String, BTreeSet<String>, BTreeSet<String>)> {
        let names = |file: &FileCut| -> Option<(usize, BTreeSet<String>)> {
            let text = &file.text[file.functions[number].body.clone()];
            let mut names = BTreeSet::new();
            identifiers(text.parse().ok()?, &mut names);
            let defines = has_item_word(&names) || names.iter().any(|it| self.macros.contains(it));
            (!defines).then(|| (text.matches('\n').count(), names))
        };
        let ((old_lines, old), (new_lines, new)) = (names(before)?, names(after)?);
        let piece = &after.functions[number];
        // A name that stands outside of functions may be part of something's type.
        if old_lines != new_lines || self.words.contains(piece.key.name()) {
            return None;
        }
        let is_known = self.interface.mentions.are(&piece.path, &old);
        is_known.then(|| (piece.path.clone(), old, new))
    }

    fn tree(&self, cut: &Cut) -> Tree {
        let files = cut.files.iter().zip(self.files.iter()).map(|(file, (origin, module))| File {
            path: file.path.clone(),
            text: Arc::clone(&file.text),
            syntax: Syntax::Parsed(syn::parse_quote!()),
            origin: *origin,
            module: module.clone(),
            children: Vec::new(),
            included: Included::default(),
        });
        Tree { files: files.collect(), sought: Vec::<PathBuf>::new() }
    }
}

impl Quick {
    /// That of before, but for what the body mentions. To be asked for while rustc runs: it takes its time.
    pub(super) fn interface(&self) -> Interface {
        let made = || {
            let mut interface = Interface::clone(&self.last.interface);
            let (path, before, after) = &self.mentions;
            let mentions = std::mem::take(&mut interface.mentions);
            interface.mentions = mentions.with(path, before, after.clone()).unwrap_or_default();
            Arc::new(interface)
        };
        Interface::clone(self.interface.get_or_init(made))
    }

    /// What was compiled last, now that this was.
    pub(super) fn last(self, source: &Source) -> Last {
        let interface = self.interface.into_inner();
        Last {
            cut: self.cut,
            support: source.support.clone(),
            interface: interface.unwrap_or_else(|| Arc::clone(&self.last.interface)),
            files: Arc::clone(&self.last.files),
            macros: Arc::clone(&self.last.macros),
            words: Arc::clone(&self.last.words),
        }
    }
}

#[cfg(test)]
mod tests;
