//! Enums and `Option`: which variants meet, and the spares that take the place of a value.

use super::{At, Path, Planner, Side, Target, merge, pairs};
use crate::{
    error::Error,
    state::{
        Fate,
        carry::{Arm, Done, FIELDS, Spare, Step, Variants},
        shape::{DEPTH, Part, Place, Shape, Variant},
        spares::{Fill, Made},
    },
};

impl Planner<'_> {
    pub(super) fn option(
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
    pub(super) fn variants(
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
