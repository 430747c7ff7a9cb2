//! The plan: which parts of an old and a new state type meet, and a line for each field.
//!
//! Fields meet by name, or by a former name where nothing else bears it; items of tuples and elements of
//! arrays by position; variants by name. What meets and is of one type changes places whole. What is of
//! two types is looked into; where that is not possible the new value stays the default.

use std::{ops::Range, ptr::NonNull};

use super::{
    Fate, FieldLine, StateLayout,
    carry::{Arm, Calls, Done, FIELDS, Spare, Step, Variants, Widening},
    shape::{DEPTH, Field, Kind, Part, Place, Shape, Shapes, Variant},
    spares::{Fill, Made},
};
use crate::error::Error;

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

    fn option(
        &mut self,
        path: &Path,
        (a, x): (&Place, &Part),
        (b, y, whole): (&Place, &Part, &Part),
        at: At,
        steps: &mut Vec<Step>,
    ) -> Result<(), Error> {
        let mut target = Target { place: b, layout: (whole.size, whole.align), room: None };
        let none = self.arm(&mut target, (0, true), Vec::new())?;
        let lines = self.lines.len();
        let mut inside = Vec::new();
        self.part(&path.then("?", "?"), x, y, At { from: 0, to: 0 }, &mut inside)?;
        let variant = (1, self.new.has_constant_default(y, DEPTH));
        let some = self.arm(&mut target, variant, vec![(0, 0, merge(inside))])?;
        if some.is_none() {
            self.lines.truncate(lines);
            let why = format!("`{}` has no `Default` to start from", y.ty);
            self.not_carried(&path.then("?", "?"), &y.ty, &why);
        }
        self.push_step((a, b), whole.size, vec![none, some], at, steps);
        Ok(())
    }

    /// Two enums.
    fn variants(
        &mut self,
        path: &Path,
        (old, new): (&Shape, &Shape),
        at: At,
        steps: &mut Vec<Step>,
    ) -> Result<(), Error> {
        let place = |shape: &Shape| Place { symbol: shape.symbol.clone(), place: 0 };
        let (a, b) = (place(old), place(new));
        let mut target = Target { place: &b, layout: (new.size, new.align), room: None };
        let mut arms = Vec::new();
        for variant in &old.variants {
            let path_of =
                |new: &str| path.then(&format!("::{new}"), &format!("::{}", variant.name));
            let Some((number, meets)) = counterpart(variant, old, new) else {
                self.line(&path_of(&variant.name), "", Fate::Dropped);
                arms.push(None);
                continue;
            };
            let path = path_of(&meets.name);
            let lines = self.lines.len();
            let fields = self.payload(&path, variant, meets)?;
            let arm = match fields {
                Some(fields) => {
                    let variant = (number, self.new.is_constant(new, meets));
                    self.arm(&mut target, variant, fields)?
                }
                None => None,
            };
            if arm.is_none() {
                self.lines.truncate(lines);
                let why = match variant.fields.len().max(meets.fields.len()) > FIELDS {
                    true => format!("it has more than {FIELDS} fields"),
                    false => "one of its fields has no `Default` to start from".to_owned(),
                };
                self.not_carried(&path, "", &why);
            }
            arms.push(arm);
        }
        for (number, variant) in new.variants.iter().enumerate() {
            let meets = |old_variant: &Variant| {
                counterpart(old_variant, old, new).is_some_and(|(met, _)| met == number)
            };
            if !old.variants.iter().any(meets) {
                let name = format!("::{}", variant.name);
                self.line(&path.then(&name, &name), "", Fate::New);
            }
        }
        self.push_step((&a, &b), new.size, arms, at, steps);
        Ok(())
    }

    /// The fields of two variants; `None` when there are too many.
    #[expect(clippy::type_complexity, reason = "what an arm holds")]
    fn payload(
        &mut self,
        path: &Path,
        old: &Variant,
        new: &Variant,
    ) -> Result<Option<Vec<(usize, usize, Vec<Step>)>>, Error> {
        if old.fields.len().max(new.fields.len()) > FIELDS {
            return Ok(None);
        }
        let mut fields = Vec::new();
        for (a, b) in pairs(old, new) {
            match (a, b) {
                (Some((from, a)), Some((to, b))) => {
                    let (at, mut inside) = (At { from: 0, to: 0 }, Vec::new());
                    let path = path.fields(&b.name, &a.name);
                    self.part(&path, &a.part, &b.part, at, &mut inside)?;
                    fields.push((from, to, merge(inside)));
                }
                (None, Some((_, b))) => self.line(&path.field(&b.name), &b.part.ty, Fate::New),
                (Some((_, a)), None) => self.line(&path.field(&a.name), &a.part.ty, Fate::Dropped),
                (None, None) => {}
            }
        }
        Ok(Some(fields))
    }

    /// What happens to a value that becomes this new `variant`; `fields` go by the numbers of the old and
    /// the new one.
    fn arm(
        &mut self,
        target: &mut Target<'_>,
        (variant, is_constant): (usize, bool),
        fields: Vec<(usize, usize, Vec<Step>)>,
    ) -> Result<Option<Arm>, Error> {
        let Some((made, spare)) = self.spare(target, variant, is_constant)? else {
            return Ok(None);
        };
        let offsets = made.offsets();
        let (mut steps, mut numbers) = (Vec::new(), Vec::new());
        for (from, to, inside) in fields {
            for mut step in inside {
                *step.starts().1 += offsets[to];
                steps.push(step);
                numbers.push(from);
            }
        }
        Ok(Some(Arm { variant, spare, steps, fields: numbers, is_located: false }))
    }

    fn spare(
        &mut self,
        target: &mut Target<'_>,
        variant: usize,
        is_constant: bool,
    ) -> Result<Option<(Made, Spare)>, Error> {
        let Target { place, layout, .. } = *target;
        if !is_constant {
            let made = self.shims.spares(place, variant, layout, Fill::Each(self.instances))?;
            return Ok(made.map(|made| (made, Spare::Each(made.at))));
        }
        let Some(made) = self.shims.spares(place, variant, layout, Fill::Copies(1))? else {
            return Ok(None);
        };
        let value = made.at;
        let drops = self.shims.calls(Side::New, place).is_none_or(|calls| calls.drops());
        if !drops {
            return Ok(Some((made, Spare::Copied(value))));
        }
        if target.room.is_none() {
            let room = self.shims.spares(place, variant, layout, Fill::Copies(self.instances))?;
            target.room = room.map(|room| room.at);
        }
        Ok(target.room.map(|room| (made, Spare::CopiedInto { value, room })))
    }

    fn push_step(
        &mut self,
        (a, b): (&Place, &Place),
        size: usize,
        arms: Vec<Option<Arm>>,
        at: At,
        steps: &mut Vec<Step>,
    ) {
        let calls = (self.shims.calls(Side::Old, a), self.shims.calls(Side::New, b));
        let (Some(old), Some(new)) = calls else { return };
        if arms.iter().all(Option::is_none) {
            return;
        }
        let At { from, to } = at;
        let done = vec![Done::Nothing; self.instances];
        steps.push(Step::Variants(Box::new(Variants { from, to, old, new, size, arms, done })));
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

/// The new variant that `variant` becomes.
fn counterpart<'a>(variant: &Variant, old: &Shape, new: &'a Shape) -> Option<(usize, &'a Variant)> {
    let mut numbered = new.variants.iter().enumerate();
    let same = numbered.find(|(_, each)| each.name == variant.name);
    same.or_else(|| {
        let is_new = |each: &Variant| old.variants.iter().all(|before| before.name != each.name);
        let mut numbered = new.variants.iter().enumerate();
        numbered.find(|(_, each)| is_new(each) && each.former_names.contains(&variant.name))
    })
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
