//! The text of a source with all its mutants in it.
//!
//! A function that may be copied becomes functions beside it, the original and one a mutant, and calls through the pointer of
//! its slot; in any other the mutants are chosen inside of its one body (`switch`). `#line` keeps the user's lines: in
//! messages, in `__LINE__`, and for debuggers. What stands elsewhere keeps every byte.
//!
//! For a check, what belongs to a mutant or is ours stands in a file of its own name, so that the compiler's messages say
//! whose fault it is.

use std::fmt::Write;
use std::ops::Range;

use super::changes::Change;
use super::function::Site;
use super::switch;
use super::syntax::Source;

/// How a function's mutants are chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// By a pointer to one of several functions.
    Copies,
    /// By comparisons inside of its body.
    Switch,
}

/// What the text is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// To see what the compiler rejects.
    Check,
    /// To be run.
    Build,
}

/// A function that is written with its mutants.
#[derive(Debug)]
pub(super) struct Live<'a> {
    /// Its number in the image.
    pub(super) number: u32,
    pub(super) site: &'a Site,
    pub(super) way: Way,
    /// Mutants by number.
    pub(super) arms: Vec<(u32, &'a Change)>,
}

/// Whose a piece of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Owner {
    /// The user's, as it stood.
    User,
    /// One mutant's.
    Mutant(u32),
    /// What is put in for a function.
    Function(u32),
}

const MUTANT: &str = "segue-mutant-";
const FUNCTION: &str = "segue-function-";

impl Owner {
    /// Whose a file in a message is.
    pub(super) fn of(file: &str) -> Self {
        let number = |prefix: &str| file.strip_prefix(prefix).and_then(|it| it.parse().ok());
        let mutant = number(MUTANT).map(Owner::Mutant);
        mutant.or_else(|| number(FUNCTION).map(Owner::Function)).unwrap_or(Owner::User)
    }
}

/// A text that grows.
pub(super) struct Writer<'a> {
    pub(super) source: &'a Source,
    file: String,
    purpose: Purpose,
    out: String,
}

/// The whole text.
pub(super) fn text(source: &Source, file: &str, lives: &[Live<'_>], purpose: Purpose) -> String {
    let file = file.replace('\\', "\\\\").replace('"', "\\\"");
    let mut writer = Writer { source, file, purpose, out: String::new() };
    writer.prelude(lives.len());
    let mut at = source.text.len() - source.text.trim_start_matches('\u{feff}').len();
    for (slot, live) in lives.iter().enumerate() {
        writer.user(at..live.site.range.start);
        match live.way {
            Way::Copies => writer.copies(live, slot),
            Way::Switch => writer.switch(live, slot),
        }
        at = live.site.range.end;
    }
    writer.user(at..source.text.len());
    writer.records(lives);
    writer.out
}

impl Writer<'_> {
    /// The user's text, on its own lines.
    pub(super) fn user(&mut self, range: Range<usize>) {
        self.line(range.start, Owner::User);
        self.out.push_str(&self.source.text[range]);
    }

    /// From here on it is the line of this byte.
    pub(super) fn line(&mut self, at: usize, owner: Owner) {
        let line = self.source.line(at);
        let file = match owner {
            Owner::Mutant(id) if self.purpose == Purpose::Check => format!("{MUTANT}{id}"),
            Owner::Function(number) if self.purpose == Purpose::Check => {
                format!("{FUNCTION}{number}")
            }
            _ => self.file.clone(),
        };
        let _ = write!(self.out, "\n#line {line} \"{file}\"\n");
    }

    /// Text of ours.
    pub(super) fn push(&mut self, text: &str) {
        self.out.push_str(text);
    }

    /// A piece of the user's text with a change in it.
    pub(super) fn changed(&mut self, range: &Range<usize>, change: &Change) {
        let text = &self.source.text;
        self.out.push_str(&text[range.start..change.bytes.start]);
        self.out.push_str(&change.replacement);
        self.out.push_str(&text[change.bytes.end..range.end]);
    }

    /// What a record is; the same as in `crate::image`.
    fn prelude(&mut self, slots: usize) {
        if slots == 0 {
            return;
        }
        let _ = write!(
            self.out,
            "struct __segue_arm {{ unsigned int mutant; void (*entry)(void); }}; \
             struct __segue_slot {{ unsigned int function, arms; unsigned long hits; void (*volatile entry)(void); \
             const struct __segue_arm *arm; }}; \
             static struct __segue_slot __segue_slots[{slots}] __attribute__((section(\"segue_slots\"), used, aligned(32))); \
             static __inline__ __attribute__((unused)) void (*__segue_enter(struct __segue_slot *__segue_it))(void) {{ \
             __atomic_fetch_add(&__segue_it->hits, 1, __ATOMIC_RELAXED); return __segue_it->entry; }}"
        );
    }

    /// A function's records, where everything that they name is known.
    fn records(&mut self, lives: &[Live<'_>]) {
        if lives.is_empty() {
            return;
        }
        self.out.push('\n');
        for (slot, live) in lives.iter().enumerate() {
            let _ = write!(self.out, "static const struct __segue_arm __segue_arms_{slot}[] = {{");
            for (place, (id, _)) in live.arms.iter().enumerate() {
                let entry = match live.way {
                    Way::Copies => copy_name(live, Some(*id)),
                    Way::Switch => format!("{}ul", place + 1),
                };
                let _ = write!(self.out, " {{ {id}u, (void (*)(void)){entry} }},");
            }
            self.out.push_str(" };\n");
        }
        let count = lives.len();
        let _ = write!(
            self.out,
            "static struct __segue_slot __segue_slots[{count}] __attribute__((section(\"segue_slots\"), used, aligned(32))) = {{"
        );
        for (slot, live) in lives.iter().enumerate() {
            let entry = match live.way {
                Way::Copies => copy_name(live, None),
                Way::Switch => "0".to_owned(),
            };
            let (number, arms) = (live.number, live.arms.len());
            let _ = write!(
                self.out,
                " {{ {number}u, {arms}u, 0, (void (*)(void)){entry}, __segue_arms_{slot} }},"
            );
        }
        self.out.push_str(" };\n");
    }

    fn copies(&mut self, live: &Live<'_>, slot: usize) {
        let (site, ours) = (live.site, Owner::Function(live.number));
        // The bodies may call the function, which must be known by then.
        self.line(site.range.start, ours);
        self.head(live, None);
        self.push(";");
        self.line(site.range.start, ours);
        self.head(live, Some(None));
        self.user(site.body.clone());
        for (id, change) in &live.arms {
            self.line(site.range.start, Owner::Mutant(*id));
            self.head(live, Some(Some(*id)));
            self.line(site.body.start, Owner::Mutant(*id));
            self.changed(&site.body, change);
        }
        self.line(site.range.start, ours);
        self.head(live, None);
        let arguments = site.parameters.join(", ");
        let original = copy_name(live, None);
        let word = if site.returns.is_empty() { "" } else { "return " };
        let call = format!(
            "{{ {word}((__typeof__(&{original}))__segue_enter(&__segue_slots[{slot}]))({arguments}); }}"
        );
        self.push(&call);
        self.user(site.range.end..site.range.end);
    }

    /// A function's words and parameters, under its own name or under that of a copy.
    fn head(&mut self, live: &Live<'_>, copy: Option<Option<u32>>) {
        let (site, text) = (live.site, &self.source.text);
        let Some(of) = copy else {
            self.out.push_str(&text[site.range.start..site.body.start]);
            return;
        };
        self.out.push_str(if site.is_static { "" } else { "static " });
        self.out.push_str(&text[site.range.start..site.name_at.start]);
        self.out.push_str(&copy_name(live, of));
        self.out.push_str(&text[site.name_at.end..site.body.start]);
    }

    fn switch(&mut self, live: &Live<'_>, slot: usize) {
        let (site, ours) = (live.site, Owner::Function(live.number));
        self.user(site.range.start..site.body.start);
        self.line(site.body.start, ours);
        let _ = write!(
            self.out,
            "{{ const unsigned long __segue_chosen = (unsigned long)__segue_enter(&__segue_slots[{slot}]); (void)__segue_chosen;"
        );
        switch::body(self, live);
        self.line(site.body.end, ours);
        self.push("}");
        self.user(site.range.end..site.range.end);
    }
}

/// A copy's name: the original's, or a mutant's.
fn copy_name(live: &Live<'_>, mutant: Option<u32>) -> String {
    let name = &live.site.name;
    match mutant {
        None => format!("{name}__segue_original"),
        Some(id) => format!("{name}__segue_{id}"),
    }
}
