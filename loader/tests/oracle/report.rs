//! What was compared, and how: the table at the end of a test.

use std::collections::BTreeMap;
use std::fmt::Write as _;

/// How a field was found to be right.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub(crate) enum Class {
    /// The same bits at the same address.
    Exact,
    /// The same thing, which is elsewhere here than there: a copy, a piece, a variable.
    Elsewhere,
    /// A live function: its stub here, its code there.
    Slot,
    /// A stub here that leads to what is meant.
    Stub,
    /// GOT entries that hold the same thing.
    Got,
    /// Equal content, which is in memory once here.
    Shared,
    /// What ld made into another access to the same thread-local.
    ThreadLocal,
}

/// All classes, in the order of the table.
pub(crate) const CLASSES: [Class; 7] = [
    Class::Exact,
    Class::Elsewhere,
    Class::Slot,
    Class::Stub,
    Class::Got,
    Class::Shared,
    Class::ThreadLocal,
];

/// How many fields of which kind in which class.
#[derive(Default, Clone)]
pub(crate) struct Counts {
    fields: BTreeMap<(&'static str, Class), u64>,
    /// Bytes compared, fields included.
    pub(crate) bytes: u64,
    /// Unwind records compared.
    pub(crate) frames: u64,
}

impl Counts {
    pub(crate) fn add(&mut self, kind: &'static str, class: Class) {
        *self.fields.entry((kind, class)).or_default() += 1;
    }

    pub(crate) fn merge(&mut self, other: &Counts) {
        for (key, count) in &other.fields {
            *self.fields.entry(*key).or_default() += count;
        }
        self.bytes += other.bytes;
        self.frames += other.frames;
    }

    pub(crate) fn kind(&self, kind: &str) -> u64 {
        self.fields.iter().filter(|((it, _), _)| *it == kind).map(|(_, count)| count).sum()
    }

    /// Fields that hold other bits than ld's, and mean the same.
    pub(crate) fn by_content(&self) -> u64 {
        CLASSES.iter().filter(|class| **class != Class::Exact).map(|it| self.class(*it)).sum()
    }

    pub(crate) fn class(&self, class: Class) -> u64 {
        self.fields.iter().filter(|((_, it), _)| *it == class).map(|(_, count)| count).sum()
    }

    pub(crate) fn table(&self) -> String {
        let mut table = format!("{:30}", "kind");
        for class in CLASSES {
            write!(table, "{:>12}", format!("{class:?}")).unwrap();
        }
        table.push('\n');
        let mut kinds: Vec<&str> = self.fields.keys().map(|(name, _)| *name).collect();
        kinds.dedup();
        for kind in kinds.into_iter().chain(["all"]) {
            write!(table, "{kind:30}").unwrap();
            for class in CLASSES {
                let count = match kind {
                    "all" => self.class(class),
                    _ => self.fields.get(&(kind, class)).copied().unwrap_or(0),
                };
                write!(table, "{count:>12}").unwrap();
            }
            table.push('\n');
        }
        writeln!(table, "{} bytes, {} unwind records", self.bytes, self.frames).unwrap();
        table
    }
}
