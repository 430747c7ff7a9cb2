//! How a closure's state becomes one of another type: by the file's `migrate`, or field by field.
//!
//! `fn migrate(old: &Old) -> State` is an ordinary function of two ordinary types of one text. It is
//! used when `Old` is what is live, under another name: the same fields of the same types in the same order, as
//! the texts say, and the same sizes and offsets, as the shims of both generations say.

use std::sync::Arc;

use segue_compiler::{Fingerprint, Migration, State};

use crate::{
    commit::{Change, Migrate, SlotRef},
    deliver::Part,
    error::Error,
    generation::Generation,
    held::{self, Disposal, Held, data_shim, entry, layout_of},
    state::{
        Fate, FieldLine, StateLayout,
        carry::{Calls, Carry},
        plan::{self, Shims, Side},
        shape::{self, Kind, Place, Shape, Shapes},
        spares::{Fill, Made, Spares},
    },
};

/// Plans how `held` becomes the `state` of `generation`, and makes what that takes.
///
/// # Errors
///
/// There is no memory, or a `Default` panicked.
pub(crate) fn plan(
    held: &Held,
    generation: &Arc<Generation>,
    state: &State,
    slot: SlotRef,
) -> Result<Part, Error> {
    let migrations = generation.interface.migrations.iter();
    let mut not_used = Vec::new();
    for migration in migrations.filter(|migration| migration.state == state.name) {
        let layout = layout_of(generation, state)?;
        match make_of(&held.layout, &layout, migration, generation) {
            Ok(make) => {
                let lines = migrated(&layout);
                let after = Held::room(generation, state, Arc::new(layout))?;
                let path = migration.path.clone();
                let change = Some(Change::Migrate(Migrate { path, make, is_made: false }));
                return Ok(Part { slot, after, change, spares: Vec::new(), lines });
            }
            Err(why) => {
                let (name, fate) = (migration.path.clone(), Fate::NotUsed { why });
                not_used.push(FieldLine { name, ty: String::new(), was: None, fate });
            }
        }
    }
    let after = Held::new(generation, state)?;
    let mut code = Code { old: &held.generation, new: generation, spares: Vec::new() };
    match plan::plan(&held.layout, &after.layout, &mut code) {
        Ok((steps, mut lines)) => {
            lines.extend(not_used);
            let change = Some(Change::Carry(Carry::new(steps)));
            Ok(Part { slot, after, change, spares: code.spares, lines })
        }
        Err(error) => {
            Disposal::put_spares(code.spares, &after);
            // SAFETY: made just now, given to nobody.
            unsafe { after.dispose() };
            Err(error)
        }
    }
}

/// A line for each field of a state that `migrate` makes.
fn migrated(layout: &StateLayout) -> Vec<FieldLine> {
    let line = |name: &str, ty: &str| {
        let (name, ty) = (name.to_owned(), ty.to_owned());
        FieldLine { name, ty, was: None, fate: Fate::Migrated }
    };
    match layout.root.and_then(|root| layout.shapes.get(root)) {
        Some(Shape { is_enum: false, variants, .. })
            if variants.iter().any(|variant| !variant.fields.is_empty()) =>
        {
            let fields = variants.iter().flat_map(|variant| &variant.fields);
            fields.map(|field| line(&field.name, &field.part.ty)).collect()
        }
        _ => vec![line(&layout.name, "")],
    }
}

type Make = unsafe extern "C-unwind" fn(*const u8, *mut u8);

/// The shim of `migration` if it makes `new` from what is `live`, or why it does not.
fn make_of(
    live: &StateLayout,
    new: &StateLayout,
    migration: &Migration,
    generation: &Generation,
) -> Result<Make, String> {
    let no_shim = || {
        let reason = migration.no_shim_reason.as_deref();
        reason.unwrap_or("the compiler left it out").to_owned()
    };
    let shim = migration.shim.as_deref().ok_or_else(no_shim)?;
    let make = entry(generation, shim).map_err(|_| no_shim())?;
    // SAFETY: the shim of a migration has this type (`Migration::shim` says so).
    let make = unsafe { std::mem::transmute::<usize, Make>(make) };
    let mut numbers = [0_usize; 2];
    // SAFETY: asked with a null pointer, the shim writes two words.
    unsafe { make(std::ptr::null(), numbers.as_mut_ptr().cast()) };
    let [old, made] = numbers.map(|number| match segue_compiler::Number::from_word(number) {
        segue_compiler::Number::Data(index) => Some(index),
        _ => None,
    });
    let is_made = made.is_some() && made == new.root;
    if !is_made {
        return Err(format!("it does not make `{}`", new.name));
    }
    let old = old.and_then(|index| new.shapes.get(index));
    let live_shape = live.root.and_then(|root| live.shapes.get(root));
    let (Some(old), Some(live_shape)) = (old, live_shape) else {
        return Err("what is inside of the old state is not known".to_owned());
    };
    match difference(live_shape, old) {
        Some(difference) => Err(format!("`{}` is not what is live: {difference}", old.name)),
        None if is_same_layout((live_shape, &live.shapes), (old, &new.shapes)) => Ok(make),
        None => Err(format!("rustc lays out `{}` in another way than what is live", old.name)),
    }
}

/// How the text of `old` differs from what is live.
fn difference(live: &Shape, old: &Shape) -> Option<String> {
    if live.structure == old.structure {
        return None;
    }
    let fields = |shape: &Shape| -> Vec<(String, Fingerprint, String)> {
        let fields = shape.variants.iter().flat_map(|variant| {
            let of = if shape.is_enum { format!("{}.", variant.name) } else { String::new() };
            let each = variant.fields.iter();
            each.map(move |field| {
                (format!("{of}{}", field.name), field.structure, field.part.ty.clone())
            })
        });
        fields.collect()
    };
    let (live, old) = (fields(live), fields(old));
    for (name, _, ty) in &live {
        if !old.iter().any(|(other, ..)| other == name) {
            return Some(format!("there is no `{name}: {ty}` in it"));
        }
    }
    for (name, structure, ty) in &old {
        match live.iter().find(|(other, ..)| other == name) {
            None => return Some(format!("nothing live is `{name}: {ty}`")),
            Some((_, live, other)) if live != structure => {
                return Some(format!("there `{name}` is `{other}`, here `{ty}`"));
            }
            Some(_) => {}
        }
    }
    let is_in_order = live.iter().map(|field| &field.0).eq(old.iter().map(|field| &field.0));
    let what = match is_in_order {
        true => "its variants or its representation are others",
        false => "its fields stand in another order",
    };
    Some(what.to_owned())
}

/// Whether both generations put everything in the same place.
fn is_same_layout(a: (&Shape, &Shapes), b: (&Shape, &Shapes)) -> bool {
    fn shapes(a: (&Shape, &Shapes), b: (&Shape, &Shapes), depth: usize) -> bool {
        let ((a, a_all), (b, b_all)) = (a, b);
        a.size == b.size
            && a.align == b.align
            && a.is_enum == b.is_enum
            && a.variants.len() == b.variants.len()
            && a.variants.iter().zip(&b.variants).all(|(x, y)| {
                x.fields.len() == y.fields.len()
                    && x.fields.iter().zip(&y.fields).all(|(x, y)| {
                        x.offset == y.offset && parts((&x.part, a_all), (&y.part, b_all), depth)
                    })
            })
    }
    fn parts(a: (&shape::Part, &Shapes), b: (&shape::Part, &Shapes), depth: usize) -> bool {
        let ((a, a_all), (b, b_all)) = (a, b);
        let inside = |x, y| parts((x, a_all), (y, b_all), depth);
        let same = match (&a.kind, &b.kind) {
            // Behind a box a type may contain itself.
            (Kind::Data(_), Kind::Data(_)) if depth == 0 => true,
            (Kind::Data(x), Kind::Data(y)) => match (a_all.get(*x), b_all.get(*y)) {
                (Some(x), Some(y)) => shapes((x, a_all), (y, b_all), depth - 1),
                _ => false,
            },
            (Kind::Primitive(x), Kind::Primitive(y)) => x == y,
            (Kind::Opaque, Kind::Opaque) | (Kind::Empty, Kind::Empty) => true,
            (Kind::Array { element: x, .. }, Kind::Array { element: y, .. }) => inside(x, y),
            (Kind::Option { some: x, .. }, Kind::Option { some: y, .. }) => inside(x, y),
            (Kind::Boxed(x), Kind::Boxed(y)) => inside(x, y),
            (Kind::Tuple(x), Kind::Tuple(y)) => {
                x.len() == y.len() && x.iter().zip(y).all(|(x, y)| x.0 == y.0 && inside(&x.1, &y.1))
            }
            _ => false,
        };
        same && a.size == b.size && a.align == b.align
    }
    // Types nested deeper than this are compared by their texts alone.
    shapes(a, b, shape::DEPTH)
}

/// The code of both generations, as planning uses it.
struct Code<'a> {
    old: &'a Generation,
    new: &'a Generation,
    spares: Vec<Spares>,
}

impl Shims for Code<'_> {
    fn calls(&self, side: Side, place: &Place) -> Option<Calls> {
        let generation = match side {
            Side::Old => self.old,
            Side::New => self.new,
        };
        let shim = data_shim(generation, &place.symbol)?;
        Some(Calls { shim, place: place.place })
    }

    fn spares(
        &mut self,
        place: &Place,
        variant: usize,
        layout: (usize, usize),
        fill: Fill,
    ) -> Result<Option<Made>, Error> {
        let Some(calls) = self.calls(Side::New, place) else { return Ok(None) };
        // SAFETY: size and alignment were written by the same shim; the flight that gets the spares
        // keeps the generation; only of constants copies are asked for.
        let made = unsafe { Spares::make(calls, variant, layout, fill) };
        let made = made.map_err(|caught| held::panicked("default", &caught))?;
        Ok(made.map(|spares| {
            let made = spares.made();
            self.spares.push(spares);
            made
        }))
    }
}
