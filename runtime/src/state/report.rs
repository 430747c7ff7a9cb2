//! What is told of a state whose type changed: a line for each field, nested ones by their paths.

use std::fmt;

/// What became of one field of a state whose type changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldLine {
    /// Where the field is: `gain`, `filter.q`, `pair.0`, `voices[].phase` (of every element),
    /// `spare?.phase` (of what is in the `Option`), `boxed*.phase` (of what is in the `Box`),
    /// `mode::Saw.width` (of that variant), `mode::Saw` (the variant).
    pub name: String,
    /// Its type in the new text (in the old one, for a dropped field); empty for a variant.
    pub ty: String,
    /// Where it was before, if a `#[doc(alias = "..")]` on the way says that it had another name.
    pub was: Option<String>,
    /// What became of it.
    pub fate: Fate,
}

/// What became of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fate {
    /// Same name, same type: the value is the old one, bit for bit.
    Kept,
    /// A number of a type that holds every value of the old type: the same number.
    Widened {
        /// The type that the field had.
        from: String,
    },
    /// An array of another length: elements that both have are the old ones, the rest come from `Default`.
    Resized {
        /// The type that the field had.
        from: String,
        /// How many elements both have.
        carried: usize,
    },
    /// Made by the file's `migrate`.
    Migrated,
    /// Not in the old type: the value comes from `Default`.
    New,
    /// Not in the new type: the value was dropped.
    Dropped,
    /// Same name, another type: the value comes from `Default`.
    Retyped {
        /// The type that the field had.
        from: String,
    },
    /// Same name and type name, but the type's definition changed: the value comes from `Default`.
    Redefined,
    /// The value comes from `Default` for another reason.
    NotCarried {
        /// The reason, and what to do about it.
        why: String,
    },
    /// Not a field: there is a `migrate`, and it was not used.
    NotUsed {
        /// The reason.
        why: String,
    },
}

impl fmt::Display for FieldLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let FieldLine { name, ty, was, fate } = self;
        let and = if ty.is_empty() { "" } else { ": " };
        match fate {
            Fate::Kept => write!(f, "{name}: kept"),
            Fate::Widened { from } => write!(f, "{name}: {from} widened to {ty}"),
            Fate::Resized { from, carried } if from == ty => {
                write!(f, "{name}: {ty} has another length now, {carried} carried over")
            }
            Fate::Resized { from, carried } => {
                write!(f, "{name}: {from} became {ty}, {carried} carried over")
            }
            Fate::Migrated => write!(f, "{name}: made by `migrate`"),
            Fate::New if ty.is_empty() => write!(f, "{name} is new"),
            Fate::New => write!(f, "{name}: {ty} is new, starts as its default"),
            Fate::Dropped => write!(f, "{name}{and}{ty} dropped"),
            Fate::Retyped { from } => {
                write!(f, "{name}: {from} became {ty}, starts as its default")
            }
            Fate::Redefined => {
                write!(f, "{name}{and}{ty} was redefined, starts as its default")
            }
            Fate::NotCarried { why } => write!(f, "{name}{and}{ty} starts as its default: {why}"),
            Fate::NotUsed { why } => write!(f, "`{name}` was not used: {why}"),
        }?;
        was.iter().try_for_each(|was| write!(f, " (was `{was}`)"))
    }
}
