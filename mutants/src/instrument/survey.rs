//! Mutants that need a build each, all in one text: beside every constant and function that they change stand copies of it, one
//! with each of them, which nothing uses. So rustc says of each by itself whether it is rejected; of constants, whether two of
//! them have the same value; and no code is ever made of it.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

use syn::spanned::Spanned;
use syn::visit::{self, Visit};

use super::site::{Place, Site, attributes_need_selector, conditions, prefix, sites};
use super::splice::{Edits, Mark, Patch, Spliced, one_line};
use crate::{Mutant, MutantId};

/// More mutants of a constant than this are compared with the original only: each is compared with each.
const MOST: usize = 40;

/// What a piece of the text that is no mutant's copy is there for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Claim {
    /// A copy without a mutant: where that is rejected, copies say nothing of these mutants.
    Original(Vec<MutantId>),
    /// Rejected (E0080) when the values are the same: a mutant's, and that of another mutant or of the original.
    Same(MutantId, Option<MutantId>),
    /// Rejected whenever this file is compiled (E0080), so that no code is made.
    Stop,
}

/// The texts of some files, and what their marks mean: [`Mark::Function`] is the place of a claim.
#[derive(Debug, Default)]
pub(crate) struct Survey {
    pub(crate) texts: BTreeMap<PathBuf, Spliced>,
    pub(crate) claims: Vec<Claim>,
}

impl Survey {
    /// Adds a file with its mutants; nothing where none of them can be copied by itself.
    pub(crate) fn add(&mut self, path: &Path, text: &str, mutants: &[&Mutant]) {
        let mut edits = Edits::default();
        let mut is_any = false;
        for original in originals(text).unwrap_or_default() {
            let is_its = |it: &&&Mutant| original.is_innermost_of(&it.bytes);
            let mutants: Vec<&Mutant> = mutants.iter().filter(is_its).copied().collect();
            if let Some(patch) = self.copies(text, &original, &mutants) {
                edits.insert(original.rest.end, patch);
                is_any = true;
            }
        }
        if is_any {
            let mut stop = Patch::default();
            let mark = self.claim(Claim::Stop);
            stop.push_marked(mark, "\nconst _: () = [()][1];");
            edits.insert(text.len(), stop);
            self.texts.insert(path.to_path_buf(), edits.apply(text));
        }
    }

    fn claim(&mut self, claim: Claim) -> Mark {
        self.claims.push(claim);
        Mark::Function(self.claims.len() as u32 - 1)
    }

    /// The original's copies, in its line: one as it is, one with each mutant, and what compares them.
    fn copies(&mut self, text: &str, original: &Original, mutants: &[&Mutant]) -> Option<Patch> {
        let with = |it: &&Mutant| {
            let rest = &original.rest;
            let before = text.get(rest.start..it.bytes.start)?;
            let after = text.get(it.bytes.end..rest.end)?;
            let rest = [before, " ", &it.replacement, " ", after].concat();
            Some((it.id, original.copy(&name(Some(it.id)), &rest)?))
        };
        let plain = original.copy(&name(None), text.get(original.rest.clone())?)?;
        let copies: Vec<(MutantId, String)> = mutants.iter().filter_map(with).collect();
        let ids: Vec<MutantId> = copies.iter().map(|(id, _)| *id).collect();
        let first = ids.first()?;
        // Originals have names of their own, too.
        let name_of = |id: Option<MutantId>| match id {
            Some(id) => name(Some(id)),
            None => format!("{}{}", name(None), first.0),
        };
        let plain = plain.replacen(&name(None), &name_of(None), 1);
        let mut patch = Patch::default();
        patch.push(" ");
        patch.push_marked(self.claim(Claim::Original(ids.clone())), &plain);
        for (id, copy) in &copies {
            patch.push(" ");
            patch.push_marked(Mark::Mutant(*id), copy);
        }
        if !original.has_value {
            return Some(patch);
        }
        for (at, id) in ids.iter().enumerate() {
            let others = if ids.len() > MOST { &[] } else { &ids[..at] };
            for other in std::iter::once(None).chain(others.iter().copied().map(Some)) {
                let (one, other_name) = (name_of(Some(*id)), name_of(other));
                // What is no integer and no bool has no `&`: floats that are equal may yet be told apart.
                let text = format!(
                    " {}const _: () = [()][(({one} & {one}) == {other_name}) as usize];",
                    original.conditions
                );
                patch.push_marked(self.claim(Claim::Same(*id, other)), &text);
            }
        }
        Some(patch)
    }
}

fn name(of: Option<MutantId>) -> String {
    of.map_or_else(|| "SEGUE_ORIGINAL_".to_owned(), |id| format!("SEGUE_MUTANT_{}", id.0))
}

/// A constant, a static or a function that copies can stand beside.
#[derive(Debug)]
struct Original {
    /// What stands before its name: `const`.
    head: String,
    /// What stands behind it, to its end.
    rest: Range<usize>,
    /// Where a change concerns nothing else: its value or body, without the parts that are originals themselves, or
    /// cannot be copied.
    inside: Range<usize>,
    holes: Vec<Range<usize>>,
    /// The `#[cfg]` attributes, and a space where there are any.
    conditions: String,
    /// Whether it is computed without being used, and can be compared.
    has_value: bool,
    /// Whether it stands in an `impl`.
    is_associated: bool,
    /// Whether nothing is known to be in the way of a copy.
    is_copied: bool,
}

impl Original {
    fn is_innermost_of(&self, bytes: &Range<usize>) -> bool {
        let holds = |it: &Range<usize>| it.start <= bytes.start && bytes.end <= it.end;
        self.is_copied && holds(&self.inside) && !self.holes.iter().any(holds)
    }

    /// A copy in one line, where it can be read.
    fn copy(&self, name: &str, rest: &str) -> Option<String> {
        let rest = one_line(rest).ok()?;
        let copy = format!("{}{}{name}{rest}", self.conditions, self.head);
        let is_read = if self.is_associated {
            syn::parse_str::<syn::ImplItem>(&copy).is_ok()
        } else {
            syn::parse_str::<syn::Item>(&copy).is_ok()
        };
        is_read.then_some(copy)
    }

    fn of_function(site: &Site) -> Original {
        let constness = if site.constness.is_some() { "const " } else { "" };
        let needs = [None, Some("generic"), Some("a method of a generic type")];
        Original {
            head: format!("{constness}{}fn ", site.qualifiers),
            rest: site.tail.start..site.body.end,
            inside: site.body.clone(),
            holes: Vec::new(),
            conditions: spaced(site.conditions.clone()),
            has_value: false,
            is_associated: matches!(site.place, Place::Inherent { .. }),
            is_copied: !matches!(site.place, Place::Trait)
                && !site.is_single
                && !site.is_async
                && needs.contains(&site.needs_selector),
        }
    }
}

fn spaced(conditions: String) -> String {
    if conditions.is_empty() { conditions } else { conditions + " " }
}

/// All of a file that have a value or a body.
fn originals(text: &str) -> Result<Vec<Original>, syn::Error> {
    let start = prefix(text);
    let rest = text.get(start..).unwrap_or_default();
    let file = syn::parse_file(rest)?;
    let mut finder = Finder { text: rest, originals: Vec::new(), is_trait: false };
    finder.visit_file(&file);
    let mut all = finder.originals;
    for original in &mut all {
        for range in [&mut original.rest, &mut original.inside] {
            *range = range.start + start..range.end + start;
        }
    }
    all.extend(sites(text)?.iter().map(Original::of_function));
    let insides: Vec<Range<usize>> = all.iter().map(|it| it.inside.clone()).collect();
    for original in &mut all {
        let is_in = |it: &&Range<usize>| {
            original.inside.start <= it.start
                && it.end <= original.inside.end
                && **it != original.inside
        };
        original.holes = insides.iter().filter(is_in).cloned().collect();
    }
    Ok(all)
}

/// Finds constants and statics.
struct Finder<'t> {
    text: &'t str,
    originals: Vec<Original>,
    is_trait: bool,
}

impl Finder<'_> {
    fn add(
        &mut self,
        attributes: &[syn::Attribute],
        head: &str,
        name: &syn::Ident,
        value: &syn::Expr,
        whole: proc_macro2::Span,
    ) {
        self.originals.push(Original {
            head: head.to_owned(),
            rest: name.span().byte_range().end..whole.byte_range().end,
            inside: value.span().byte_range(),
            holes: Vec::new(),
            conditions: spaced(conditions(self.text, attributes)),
            has_value: false,
            is_associated: false,
            is_copied: attributes_need_selector(attributes).is_none(),
        });
    }
}

impl<'ast> Visit<'ast> for Finder<'_> {
    fn visit_item_const(&mut self, item: &'ast syn::ItemConst) {
        self.add(&item.attrs, "const ", &item.ident, &item.expr, item.span());
        if let Some(last) = self.originals.last_mut() {
            last.has_value = true;
        }
        visit::visit_item_const(self, item);
    }

    fn visit_item_static(&mut self, item: &'ast syn::ItemStatic) {
        let head = match item.mutability {
            syn::StaticMutability::Mut(_) => "static mut ",
            _ => "static ",
        };
        self.add(&item.attrs, head, &item.ident, &item.expr, item.span());
        visit::visit_item_static(self, item);
    }

    fn visit_impl_item_const(&mut self, item: &'ast syn::ImplItemConst) {
        self.add(&item.attrs, "const ", &item.ident, &item.expr, item.span());
        let is_copied = !self.is_trait;
        if let Some(last) = self.originals.last_mut() {
            last.is_associated = true;
            last.is_copied &= is_copied;
        }
        visit::visit_impl_item_const(self, item);
    }

    fn visit_item_impl(&mut self, block: &'ast syn::ItemImpl) {
        let outer = std::mem::replace(&mut self.is_trait, block.trait_.is_some());
        visit::visit_item_impl(self, block);
        self.is_trait = outer;
    }
}

#[cfg(test)]
mod tests;
