//! The plan: which parts of an old and a new state type meet, and a line for each field.
//!
//! Fields meet by name, or by a former name where nothing else bears it; items of tuples and elements of
//! arrays by position; variants by name. What meets and is of one type changes places whole. What is of
//! two types is looked into; where that is not possible the new value stays the default.

use std::{ops::Range, ptr::NonNull};

use super::{
    Fate, FieldLine, StateLayout,
    carry::{Calls, Step},
    shape::{Field, Kind, Part, Place, Shape, Shapes, Variant},
    spares::{Fill, Made},
    widen::Widening,
};
use crate::error::Error;

mod variants;

/// Which of the two generations a place belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Old,
    New,
}

/// What planning needs of the generations' own code.
pub(crate) trait Shims {
    /// How to ask about `place`.
    fn calls(&self, side: Side, place: &Place) -> Option<Calls>;

    /// Makes values of `variant` at the new `place`, with this size and alignment. `None` when a
    /// field of it has no default.
    fn spares(
        &mut self,
        place: &Place,
        variant: usize,
        layout: (usize, usize),
        fill: Fill,
    ) -> Result<Option<Made>, Error>;
}

/// Plans how `old` becomes `new`.
///
/// # Errors
///
/// A `Default` that makes a spare panicked.
pub(crate) fn plan(
    old: &StateLayout,
    new: &StateLayout,
    shims: &mut dyn Shims,
) -> Result<(Vec<Step>, Vec<FieldLine>), Error> {
    let mut planner = Planner {
        old: &old.shapes,
        new: &new.shapes,
        shims,
        lines: Vec::new(),
        around: Vec::new(),
        instances: 1,
    };
    let mut steps = Vec::new();
    match (old.root, new.root) {
        (Some(a), Some(b)) => planner.root(&new.name, (a, b), &mut steps)?,
        _ => {
            let side = if new.root.is_none() { "new" } else { "old" };
            let why = format!("what is inside of the {side} one is not known");
            planner.line(&Path::default().field(&new.name), "", Fate::NotCarried { why });
        }
    }
    if planner.lines.is_empty() {
        planner.line(&Path::default().field(&new.name), "", Fate::Redefined);
    }
    let lines = planner.lines;
    Ok((merge(steps), lines))
}

/// A field's path in the new type, and in the old one.
#[derive(Clone, Debug, Default)]
struct Path {
    new: String,
    old: String,
}

impl Path {
    fn then(&self, new: &str, old: &str) -> Path {
        Path { new: format!("{}{new}", self.new), old: format!("{}{old}", self.old) }
    }

    fn field(&self, name: &str) -> Path {
        self.fields(name, name)
    }

    fn fields(&self, new: &str, old: &str) -> Path {
        let dotted = |path: &str, name: &str| match path {
            "" => name.to_owned(),
            path => format!("{path}.{name}"),
        };
        Path { new: dotted(&self.new, new), old: dotted(&self.old, old) }
    }
}

/// Where two parts are: their offsets from where the surrounding steps start.
#[derive(Clone, Copy, Debug)]
struct At {
    from: usize,
    to: usize,
}

/// An enum or an `Option` of the new type.
struct Target<'a> {
    place: &'a Place,
    /// Size and alignment.
    layout: (usize, usize),
    /// Room for what a copied spare drives out, if it was needed already.
    room: Option<NonNull<u8>>,
}

struct Planner<'a> {
    old: &'a Shapes,
    new: &'a Shapes,
    shims: &'a mut dyn Shims,
    lines: Vec<FieldLine>,
    /// The pairs of data types around the current one: behind a box a type may contain itself.
    around: Vec<(usize, usize)>,
    /// How often the current steps run.
    instances: usize,
}

impl Planner<'_> {
    fn line(&mut self, path: &Path, ty: &str, fate: Fate) {
        let carried = !matches!(fate, Fate::New | Fate::Dropped);
        let was = (carried && path.old != path.new).then(|| path.old.clone());
        self.lines.push(FieldLine { name: path.new.clone(), ty: ty.to_owned(), was, fate });
    }

    fn not_carried(&mut self, path: &Path, ty: &str, why: &str) {
        self.line(path, ty, Fate::NotCarried { why: why.to_owned() });
    }

    fn root(
        &mut self,
        name: &str,
        pair: (usize, usize),
        steps: &mut Vec<Step>,
    ) -> Result<(), Error> {
        let (Some(a), Some(b)) = (self.old.get(pair.0), self.new.get(pair.1)) else {
            return Ok(());
        };
        let (path, at) = (Path::default(), At { from: 0, to: 0 });
        match (a.is_enum, b.is_enum) {
            (false, false) => self.fields(&path, a, b, at, steps),
            (true, true) => self.variants(&path.fields(name, &a.name), (a, b), at, steps),
            _ => {
                let from = a.name.clone();
                self.line(&path.field(name), name, Fate::Retyped { from });
                Ok(())
            }
        }
    }

    /// The fields of two structs.
    fn fields(
        &mut self,
        path: &Path,
        old: &Shape,
        new: &Shape,
        at: At,
        steps: &mut Vec<Step>,
    ) -> Result<(), Error> {
        let ([old], [new]) = (&old.variants[..], &new.variants[..]) else { return Ok(()) };
        for (a, b) in pairs(old, new) {
            match (a, b) {
                (Some((_, a)), Some((_, b))) => {
                    let path = path.fields(&b.name, &a.name);
                    let at = At { from: at.from + a.offset, to: at.to + b.offset };
                    self.part(&path, &a.part, &b.part, at, steps)?;
                }
                (None, Some((_, b))) => self.line(&path.field(&b.name), &b.part.ty, Fate::New),
                (Some((_, a)), None) => self.line(&path.field(&a.name), &a.part.ty, Fate::Dropped),
                (None, None) => {}
            }
        }
        Ok(())
    }

    /// Two types that meet, with at least one line.
    fn part(
        &mut self,
        path: &Path,
        old: &Part,
        new: &Part,
        at: At,
        steps: &mut Vec<Step>,
    ) -> Result<(), Error> {
        let lines = self.lines.len();
        let At { from, to } = at;
        if old.is_same_type(new) {
            steps.push(Step::Swap { from, to, size: new.size });
            self.line(path, &new.ty, Fate::Kept);
            return Ok(());
        }
        match (&old.kind, &new.kind) {
            (Kind::Primitive(a), Kind::Primitive(b)) if a == b => {
                steps.push(Step::Swap { from, to, size: new.size });
            }
            (Kind::Primitive(a), Kind::Primitive(b)) => match Widening::between(a, b) {
                Some(how) => {
                    steps.push(Step::Widen { from, to, how });
                    self.line(path, &new.ty, Fate::Widened { from: old.ty.clone() });
                }
                None => self.line(path, &new.ty, Fate::Retyped { from: old.ty.clone() }),
            },
            (Kind::Array { count: a, element: x }, Kind::Array { count: b, element: y }) => {
                let carried = *a.min(b);
                match x.is_same_type(y) {
                    true => steps.push(Step::Swap { from, to, size: carried * y.size }),
                    false => self.each(path, carried, (x, y), at, steps)?,
                }
                if a != b {
                    let fate = Fate::Resized { from: old.ty.clone(), carried };
                    self.line(path, &new.ty, fate);
                }
            }
            (Kind::Tuple(a), Kind::Tuple(b)) => {
                for (index, ((from, x), (to, y))) in a.iter().zip(b).enumerate() {
                    let at = At { from: at.from + from, to: at.to + to };
                    self.part(&path.field(&index.to_string()), x, y, at, steps)?;
                }
                for (index, (_, item)) in b.iter().enumerate().skip(a.len()) {
                    self.line(&path.field(&index.to_string()), &item.ty, Fate::New);
                }
                for (index, (_, item)) in a.iter().enumerate().skip(b.len()) {
                    self.line(&path.field(&index.to_string()), &item.ty, Fate::Dropped);
                }
            }
            (Kind::Option { at: a, some: x }, Kind::Option { at: b, some: y }) => {
                self.option(path, (a, x), (b, y, new), at, steps)?;
            }
            (Kind::Boxed(a), Kind::Boxed(b)) => {
                let mut inside = Vec::new();
                self.part(&path.then("*", "*"), a, b, At { from: 0, to: 0 }, &mut inside)?;
                if !inside.is_empty() {
                    steps.push(Step::Boxed { from, to, steps: merge(inside) });
                }
            }
            (Kind::Data(a), Kind::Data(b)) => self.data(path, (*a, *b), (old, new), at, steps)?,
            _ => self.opaque(path, old, new),
        }
        if self.lines.len() == lines {
            self.line(path, &new.ty, Fate::Kept);
        }
        Ok(())
    }

    fn opaque(&mut self, path: &Path, old: &Part, new: &Part) {
        if old.ty != new.ty {
            return self.line(path, &new.ty, Fate::Retyped { from: old.ty.clone() });
        }
        let is_name =
            new.ty.chars().all(|character| character.is_alphanumeric() || character == '_');
        if is_name {
            return self.line(path, &new.ty, Fate::Redefined);
        }
        let why = "a type in it was redefined, and nobody but its own code can look inside: write \
                   `fn migrate(old: &Old) -> State`";
        self.not_carried(path, &new.ty, why);
    }

    fn data(
        &mut self,
        path: &Path,
        pair: (usize, usize),
        (old, new): (&Part, &Part),
        at: At,
        steps: &mut Vec<Step>,
    ) -> Result<(), Error> {
        let (Some(a), Some(b)) = (self.old.get(pair.0), self.new.get(pair.1)) else {
            self.opaque(path, old, new);
            return Ok(());
        };
        if a.name != b.name && !b.former_names.contains(&a.name) || a.is_enum != b.is_enum {
            self.line(path, &new.ty, Fate::Retyped { from: old.ty.clone() });
            return Ok(());
        }
        if self.around.contains(&pair) {
            self.not_carried(path, &new.ty, "it contains itself");
            return Ok(());
        }
        self.around.push(pair);
        let planned = match a.is_enum {
            true => self.variants(path, (a, b), at, steps),
            false => self.fields(path, a, b, at, steps),
        };
        self.around.pop();
        planned
    }

    fn each(
        &mut self,
        path: &Path,
        count: usize,
        (old, new): (&Part, &Part),
        at: At,
        steps: &mut Vec<Step>,
    ) -> Result<(), Error> {
        let At { from, to } = at;
        let outside = self.instances;
        self.instances = outside.saturating_mul(count);
        let mut inside = Vec::new();
        let planned =
            self.part(&path.then("[]", "[]"), old, new, At { from: 0, to: 0 }, &mut inside);
        self.instances = outside;
        planned?;
        if !inside.is_empty() {
            let (steps_of_one, strides) = (merge(inside), (old.size, new.size));
            steps.push(Step::Each { from, to, strides, count, steps: steps_of_one });
        }
        Ok(())
    }
}

/// Fields that meet, with their numbers, in the order of the new ones; then the old ones left over.
#[expect(clippy::type_complexity, reason = "a pair of what meets, either of which may be missing")]
fn pairs<'a>(
    old: &'a Variant,
    new: &'a Variant,
) -> Vec<(Option<(usize, &'a Field)>, Option<(usize, &'a Field)>)> {
    let named = |fields: &'a [Field], name: &str| {
        fields.iter().enumerate().find(|(_, field)| field.name == name)
    };
    // A former name counts only for who is new, and only where nobody bears it any more.
    let former = |field: &Field| {
        let mut gone = field.former_names.iter().filter(|name| named(&new.fields, name).is_none());
        gone.find_map(|name| named(&old.fields, name))
    };
    let mut met = vec![false; old.fields.len()];
    let mut pairs = Vec::new();
    for (number, field) in new.fields.iter().enumerate() {
        let meets = named(&old.fields, &field.name).or_else(|| former(field));
        let meets = meets.filter(|(number, _)| !std::mem::replace(&mut met[*number], true));
        pairs.push((meets, Some((number, field))));
    }
    let left = old.fields.iter().enumerate().filter(|(number, _)| !met[*number]);
    pairs.extend(left.map(|left| (Some(left), None)));
    pairs
}

/// Puts swaps of bytes that follow each other on both sides together.
fn merge(mut steps: Vec<Step>) -> Vec<Step> {
    let (mut swaps, others): (Vec<_>, Vec<_>) =
        steps.drain(..).partition(|step| matches!(step, Step::Swap { .. }));
    let range = |step: &Step| -> Range<usize> {
        match step {
            Step::Swap { from, size, .. } => *from..*from + *size,
            _ => 0..0,
        }
    };
    swaps.sort_by_key(|step| range(step).start);
    let mut merged: Vec<Step> = Vec::with_capacity(swaps.len() + others.len());
    for step in swaps {
        let Step::Swap { from, to, size } = step else { continue };
        match merged.last_mut() {
            Some(Step::Swap { from: a, to: b, size: before })
                if *a + *before == from && *b + *before == to =>
            {
                *before += size;
            }
            _ if size > 0 => merged.push(Step::Swap { from, to, size }),
            _ => {}
        }
    }
    merged.extend(others);
    merged
}

#[cfg(all(test, not(loom)))]
mod tests;
