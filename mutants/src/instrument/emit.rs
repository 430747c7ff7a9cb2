//! What stands in a live function's place: a call through its slot, or a switch in its body.
//!
//! *Slot*: the header stays, its body becomes a call through the slot, and behind it stand the original and each mutant as
//! functions of the same scope, so that they see the same names, `Self` included. The original keeps its lines.
//!
//! *Selector*: in front of the body's first statement stands `match` over the chosen arm; a mutant's arm returns the
//! changed body, or what a function beside the original returns. The original's statements follow untouched. Where there can be one body only, the switches stand in it
//! (`switch`).

use super::site::{Parameter, Place, Site};
use super::splice::{Edits, Mark, Patch, one_line};
use super::support::{Arm, record};
use super::switch::{self, Change};
use crate::MutantId;

/// What a mutant makes of a function.
pub(crate) struct Body {
    pub(crate) mutant: MutantId,
    pub(crate) text: Changed,
    /// The whole body, also where `text` is one expression of it.
    pub(crate) whole: Option<String>,
    /// Whether its function is a `const fn` and rustc is to see to it that the mutant is one, too.
    pub(crate) is_const: bool,
}

impl Body {
    /// What stands before `fn` in the mutant's own function. Other functions beside it call what lost the word.
    fn constness(&self) -> &'static str {
        if self.is_const { "const " } else { "" }
    }
}

/// The changed text.
#[derive(Debug, Clone)]
pub(crate) enum Changed {
    /// The whole body, in one line.
    Whole(String),
    /// One expression of it.
    Expression(Change),
}

impl Changed {
    fn whole(&self) -> Option<&str> {
        match self {
            Changed::Whole(text) => Some(text),
            Changed::Expression(_) => None,
        }
    }
}

/// One function to instrument.
pub(crate) struct Emit<'p> {
    pub(crate) text: &'p str,
    pub(crate) edition: &'p str,
    pub(crate) number: u32,
    pub(crate) site: &'p Site,
    pub(crate) bodies: Vec<Body>,
}

impl Emit<'_> {
    fn written(&self, range: std::ops::Range<usize>) -> &str {
        self.text.get(range).unwrap_or_default()
    }

    /// Takes the word `const` away: what stands in such a body is chosen at run time.
    fn without_const(&self, edits: &mut Edits) {
        if let Some(word) = &self.site.constness {
            edits.replace(word.clone(), Patch::default());
        }
    }

    /// The name of the static with the record.
    fn record_name(&self) -> String {
        format!("__SEGUE_{}", self.number)
    }

    /// The name of the function that an arm calls; 0 is the original.
    fn arm_name(&self, arm: usize) -> String {
        format!("__segue_{}_{arm}", self.number)
    }

    /// Everything in the function's place, for the slot tier.
    ///
    /// # Errors
    ///
    /// When the header cannot be split into tokens.
    pub(crate) fn slot(&self, edits: &mut Edits) -> Result<(), String> {
        let site = self.site;
        self.without_const(edits);
        let tail = one_line(self.written(site.tail.clone()))?;
        let (scope, inner_conditions) = match &site.place {
            Place::Inherent { .. } => ("Self::", site.conditions.as_str()),
            _ => ("", site.conditions.as_str()),
        };
        let header = |arm: usize, constness: &str| {
            format!(
                " {inner_conditions} #[inline(never)] {constness}{}fn {}{tail} ",
                site.qualifiers,
                self.arm_name(arm)
            )
        };
        let mut arguments = Vec::new();
        for (index, parameter) in site.parameters.iter().enumerate() {
            match parameter {
                Parameter::Receiver => arguments.push("self".to_owned()),
                Parameter::Name(name) => arguments.push(name.clone()),
                Parameter::Pattern(range) => {
                    let name = format!("__segue_{index}");
                    let mut patch = Patch::default();
                    patch.push(&name);
                    edits.replace(range.clone(), patch);
                    arguments.push(name);
                }
            }
        }
        let places = vec!["_"; site.parameters.len()].join(", ");
        let mut before = Patch::default();
        before.push(&format!(
            "{{ let __segue: {}fn({places}) -> _ = {scope}{}; let __segue = unsafe {{ {}.entry(__segue) }}; __segue({}) }}{}",
            site.qualifiers,
            self.arm_name(0),
            self.record_name(),
            arguments.join(", "),
            header(0, ""),
        ));
        edits.insert(site.body.start, before);
        let mut after = Patch::default();
        for (index, body) in self.bodies.iter().enumerate() {
            after.push(&header(index + 1, body.constness()));
            after.push_marked(Mark::Mutant(body.mutant), body.text.whole().unwrap_or("{}"));
        }
        match &site.place {
            Place::Inherent { self_type, end, conditions } => {
                edits.insert(site.body.end, after);
                let conditions = format!("{conditions} {}", site.conditions);
                let mut records = Patch::default();
                records.push_marked(
                    Mark::Function(self.number),
                    &self.record(&conditions, &format!("<{self_type}>::")),
                );
                edits.insert(*end, records);
            }
            Place::Free | Place::Trait => {
                after.push(&self.record(&site.conditions, ""));
                edits.insert(site.body.end, after);
            }
        }
        edits.mark(site.whole.clone(), Mark::Function(self.number));
        Ok(())
    }

    fn record(&self, conditions: &str, scope: &str) -> String {
        let address = |arm: usize| format!("{scope}{} as *const ()", self.arm_name(arm));
        let arms: Vec<_> = self
            .bodies
            .iter()
            .enumerate()
            .map(|(index, body)| Arm { mutant: body.mutant.0, entry: address(index + 1) })
            .collect();
        record(&self.record_name(), conditions, self.edition, self.number, &address(0), &arms)
    }

    /// The same as [`Emit::selector`], with each changed body in a function of its own, beside the original: there an error of one
    /// hides none of another. `None` when it cannot be called.
    pub(crate) fn siblings(&self, edits: &mut Edits) -> Option<()> {
        let generics = self.site.generics.as_ref()?;
        let tail = one_line(self.written(self.site.tail.clone())).ok()?;
        let scope = if matches!(self.site.place, Place::Inherent { .. }) { "Self::" } else { "" };
        let types = if generics.is_empty() {
            String::new()
        } else {
            format!("::<{}>", generics.join(", "))
        };
        let names = self.site.parameters.iter().map(|parameter| match parameter {
            Parameter::Receiver => Some("self"),
            Parameter::Name(name) => Some(name.as_str()),
            Parameter::Pattern(_) => None,
        });
        let arguments = names.collect::<Option<Vec<_>>>()?.join(", ");
        let (word, wait) = if self.site.is_async { ("async ", ".await") } else { ("", "") };
        let mut switch = Patch::default();
        let mut after = Patch::default();
        switch.push(&self.selector_record());
        switch.push(&format!(" match {}.arm() {{", self.record_name()));
        for (index, body) in self.bodies.iter().enumerate() {
            let name = self.arm_name(index + 1);
            switch.push(&format!(
                " {}usize => return {scope}{name}{types}({arguments}){wait},",
                index + 1
            ));
            after.push(&format!(
                " {} #[inline(never)] {}{word}{}fn {name}{tail} ",
                self.site.conditions,
                body.constness(),
                self.site.qualifiers
            ));
            after.push_marked(Mark::Mutant(body.mutant), body.text.whole()?);
        }
        switch.push(" _ => {} } ");
        self.without_const(edits);
        edits.insert(self.site.statements, switch);
        edits.insert(self.site.body.end, after);
        edits.mark(self.site.whole.clone(), Mark::Function(self.number));
        Some(())
    }

    /// The same for a function whose result is `impl Iterator`: the original becomes a function beside it, too, since each has a
    /// type of its own; the result is one of them. `None` when they cannot be called.
    pub(crate) fn iterators(&self, edits: &mut Edits) -> Option<()> {
        let site = self.site;
        let generics = site.generics.as_ref()?;
        let tail = one_line(self.written(site.tail.clone())).ok()?;
        let scope = if matches!(site.place, Place::Inherent { .. }) { "Self::" } else { "" };
        let types = if generics.is_empty() {
            String::new()
        } else {
            format!("::<{}>", generics.join(", "))
        };
        let names = site.parameters.iter().map(|parameter| match parameter {
            Parameter::Receiver => Some("self"),
            Parameter::Name(name) => Some(name.as_str()),
            Parameter::Pattern(_) => None,
        });
        let arguments = names.collect::<Option<Vec<_>>>()?.join(", ");
        let call = |arm: usize| format!("{scope}{}{types}({arguments})", self.arm_name(arm));
        let header = |arm: usize, constness: &str| {
            format!(
                " {} #[inline(never)] {constness}{}fn {}{tail} ",
                site.conditions,
                site.qualifiers,
                self.arm_name(arm)
            )
        };
        let left = |of: &str| format!("crate::__segue::Either::Left({of})");
        let right = |of: &str| format!("crate::__segue::Either::Right({of})");
        let mut before = Patch::default();
        before.push(&format!(
            "{{ {} match {}.arm() {{",
            self.selector_record(),
            self.record_name()
        ));
        let mut after = Patch::default();
        for (index, body) in self.bodies.iter().enumerate() {
            let arm = index + 1;
            // The last one needs no choice between itself and others.
            let own = if arm == self.bodies.len() { call(arm) } else { left(&call(arm)) };
            let one = (0..arm).fold(own, |of, _| right(&of));
            before.push(&format!(" {arm}usize => {one},"));
            after.push(&header(arm, body.constness()));
            after.push_marked(Mark::Mutant(body.mutant), body.whole.as_deref()?);
        }
        before.push(&format!(" _ => {} }} }}{}", left(&call(0)), header(0, "")));
        self.without_const(edits);
        edits.insert(site.body.start, before);
        edits.insert(site.body.end, after);
        edits.mark(site.whole.clone(), Mark::Function(self.number));
        Some(())
    }

    /// Everything in the function's place, for the selector tier.
    pub(crate) fn selector(&self, edits: &mut Edits) {
        self.without_const(edits);
        let mut patch = Patch::default();
        patch.push(&self.selector_record());
        patch.push(&format!(" match {}.arm() {{", self.record_name()));
        for (index, body) in self.bodies.iter().enumerate() {
            let Changed::Whole(text) = &body.text else { continue };
            patch.push(&format!(" {}usize => return ", index + 1));
            patch.push_marked(Mark::Mutant(body.mutant), text);
            patch.push(",");
        }
        patch.push(" _ => {} } ");
        edits.insert(self.site.statements, patch);
        let changes: Vec<_> = self
            .bodies
            .iter()
            .enumerate()
            .filter_map(|(index, body)| match &body.text {
                Changed::Expression(change) => Some((index + 1, body.mutant, change)),
                Changed::Whole(_) => None,
            })
            .collect();
        switch::splice(&self.record_name(), &changes, edits);
        edits.mark(self.site.whole.clone(), Mark::Function(self.number));
    }

    /// The record of a function whose arms are numbers.
    fn selector_record(&self) -> String {
        let arms: Vec<_> = self
            .bodies
            .iter()
            .enumerate()
            .map(|(index, body)| Arm {
                mutant: body.mutant.0,
                entry: format!("{}usize as *const ()", index + 1),
            })
            .collect();
        record(&self.record_name(), "", self.edition, self.number, "0usize as *const ()", &arms)
    }
}
