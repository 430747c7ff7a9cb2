//! Carrying values between two states of different types, on the calling thread, between two blocks.
//!
//! A [`Carry`] is prepared by the program's thread; to run it takes no allocation and no lock. What both
//! states have in common changes places, byte by byte. A value of an enum has fields only while
//! it is of their variant: so the program prepares *spares*, values of every variant with defaults in it
//! ([`super::spares`]). A spare changes places with what the new state holds there, and then the fields
//! change places. At every moment each of the two states, and each spare, is a whole value of its own type.
//!
//! **Running it back undoes it**, also when code of the new type has run in between: what that code
//! wrote into fields that both types have comes along. Where it put another variant, the old state
//! keeps its variant, and the fields of it hold defaults.

use std::{
    mem::MaybeUninit,
    ptr::{NonNull, swap_nonoverlapping},
};

use super::widen::Widening;

/// The shim of a data type.
pub(crate) type Shim = unsafe extern "C-unwind" fn(usize, usize, *mut u8, *mut usize) -> usize;

/// Variants with more fields than this are not carried.
pub(crate) const FIELDS: usize = 32;

/// So many elements of an array are carried by one step before the next one comes: what a step costs besides
/// is paid once for all of them, and they are still in the cache when the next one comes.
const CHUNK: usize = 64;

type Numbers = [MaybeUninit<usize>; CHUNK];

/// One step. Offsets are from where the step is told to start, in the old state and in the new one.
#[derive(Debug)]
pub(crate) enum Step {
    /// Bytes change places.
    Swap { from: usize, to: usize, size: usize },
    /// A number of the old state is written to the new one. Nothing is to be done on the way back.
    Widen { from: usize, to: usize, how: Widening },
    /// The steps for each of so many elements.
    Each { from: usize, to: usize, strides: (usize, usize), count: usize, steps: Vec<Step> },
    /// The steps behind two boxes.
    Boxed { from: usize, to: usize, steps: Vec<Step> },
    /// An enum or an `Option`.
    Variants(Box<Variants>),
}

/// What happens to a value of an enum.
#[derive(Debug)]
pub(crate) struct Variants {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) old: Calls,
    pub(crate) new: Calls,
    /// Size of the new type.
    pub(crate) size: usize,
    /// By the old variant; `None`: such a value is not carried.
    pub(crate) arms: Vec<Option<Arm>>,
    /// What was done for each instance of this step.
    pub(crate) done: Vec<Done>,
}

/// A value of one variant.
#[derive(Debug)]
pub(crate) struct Arm {
    /// The new variant.
    pub(crate) variant: usize,
    pub(crate) spare: Spare,
    /// The steps between the two values, each with the number of the old field that it starts from.
    pub(crate) steps: Vec<Step>,
    pub(crate) fields: Vec<usize>,
    /// Whether the steps start from the old value instead: the first one of the variant shows where its fields are.
    pub(crate) is_located: bool,
}

/// What goes into the new state where it holds another variant.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Spare {
    /// A value for each instance of the step: it changes places with what is there.
    Each(NonNull<u8>),
    /// The bytes of this one value, which own nothing. What is there owns nothing either.
    Copied(NonNull<u8>),
    /// The same where what is there may own something: it is kept in a room for each instance, in the place of
    /// a value that owns nothing.
    CopiedInto { value: NonNull<u8>, room: NonNull<u8> },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Done {
    Nothing,
    /// The fields changed places; the new state had the variant already.
    Fields,
    /// A spare went into the new state first.
    SpareAndFields,
}

/// How to ask a shim about a place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Calls {
    pub(crate) shim: Shim,
    pub(crate) place: usize,
}

impl Calls {
    /// The variants of `count` values, the first one at `at`, each `stride` bytes after the one before.
    ///
    /// # Safety
    ///
    /// There are so many values of the place, at most [`CHUNK`].
    unsafe fn variants(&self, at: *mut u8, stride: usize, count: usize) -> Numbers {
        let mut numbers = [MaybeUninit::uninit(); CHUNK];
        numbers[0].write(stride);
        numbers[1].write(count);
        // SAFETY: the caller's promise; a shim reads two words and writes one for each value.
        unsafe { (self.shim)(5, self.place, at, numbers.as_mut_ptr().cast()) };
        numbers
    }

    /// Whether to drop a value of the place does anything.
    pub(crate) fn drops(&self) -> bool {
        // SAFETY: a shim looks at nothing and writes nothing here.
        unsafe { (self.shim)(4, self.place, std::ptr::null_mut(), std::ptr::null_mut()) != 0 }
    }

    /// The offsets of the fields of the value at `at`, which are those of every value of its variant.
    ///
    /// # Safety
    ///
    /// `at` holds a value of the place, of a variant with at most [`FIELDS`] fields.
    pub(crate) unsafe fn offsets(&self, at: *mut u8) -> [usize; FIELDS] {
        let mut fields = [at.addr(); FIELDS];
        // SAFETY: the caller's promise; a shim writes one word per field of the variant.
        unsafe { (self.shim)(1, self.place, at, fields.as_mut_ptr()) };
        fields.map(|field| field - at.addr())
    }
}

/// Everything that is done between one old and one new state, and whether it is done.
#[derive(Debug)]
pub(crate) struct Carry {
    steps: Vec<Step>,
    is_carried: bool,
}

impl Step {
    /// Offsets in the old and in the new state, from where the step is told to start.
    pub(crate) fn starts(&mut self) -> (&mut usize, &mut usize) {
        match self {
            Step::Swap { from, to, .. }
            | Step::Widen { from, to, .. }
            | Step::Each { from, to, .. }
            | Step::Boxed { from, to, .. } => (from, to),
            Step::Variants(step) => (&mut step.from, &mut step.to),
        }
    }
}

/// Where steps start: in some elements of an old and a new array, or in two values.
#[derive(Clone, Copy)]
struct Spot {
    old: *mut u8,
    new: *mut u8,
    /// From one element to the next.
    strides: (usize, usize),
    /// How many, at most [`CHUNK`].
    count: usize,
    /// The number of the first one, among all that the steps run for.
    instance: usize,
}

impl Spot {
    fn one(old: *mut u8, new: *mut u8, instance: usize) -> Spot {
        Spot { old, new, strides: (0, 0), count: 1, instance }
    }

    /// # Safety
    ///
    /// The offsets lie within the elements.
    unsafe fn at(self, from: usize, to: usize) -> Spot {
        // SAFETY: the caller's promise.
        unsafe { Spot { old: self.old.add(from), new: self.new.add(to), ..self } }
    }

    /// Each element.
    ///
    /// # Safety
    ///
    /// There are as many elements.
    unsafe fn each(self) -> impl Iterator<Item = (*mut u8, *mut u8)> {
        let Spot { old, new, strides, count, .. } = self;
        // SAFETY: the caller's promise.
        (0..count).map(move |n| unsafe { (old.add(n * strides.0), new.add(n * strides.1)) })
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    There,
    Back,
}

impl Carry {
    pub(crate) fn new(steps: Vec<Step>) -> Carry {
        Carry { steps, is_carried: false }
    }

    /// Carries from the live state to the other one: there the first time, back the second.
    ///
    /// # Safety
    ///
    /// The states are those that this was planned for, whole values that nobody else uses; the code of both
    /// generations is there, and so are the spares.
    pub(crate) unsafe fn run(&mut self, live: *mut u8, other: *mut u8) {
        let (old, new, way) = match self.is_carried {
            false => (live, other, Way::There),
            true => (other, live, Way::Back),
        };
        self.is_carried = !self.is_carried;
        // SAFETY: the caller's promise.
        unsafe { run(&mut self.steps, Spot::one(old, new, 0), way) };
    }
}

/// # Safety
///
/// As for [`Carry::run`]; `spot` is where the steps start.
unsafe fn run(steps: &mut [Step], spot: Spot, way: Way) {
    for step in steps {
        // SAFETY: offsets lie within both states (planned from their layouts), which are two
        // allocations and so do not overlap; the same holds for what is behind their boxes, and
        // element `first` of `count` lies within an array.
        unsafe {
            match step {
                Step::Swap { from, to, size } => swap_each(spot.at(*from, *to), *size),
                Step::Widen { from, to, how } => {
                    if way == Way::There {
                        spot.at(*from, *to).each().for_each(|(old, new)| how.write(old, new));
                    }
                }
                Step::Each { from, to, strides, count, steps } => {
                    let arrays = spot.at(*from, *to).each().zip(spot.instance..);
                    for ((old, new), instance) in arrays {
                        for first in (0..*count).step_by(CHUNK) {
                            let (old, new) =
                                (old.add(first * strides.0), new.add(first * strides.1));
                            let instance = instance * *count + first;
                            let count = CHUNK.min(*count - first);
                            run(steps, Spot { old, new, strides: *strides, count, instance }, way);
                        }
                    }
                }
                Step::Boxed { from, to, steps } => {
                    for ((old, new), instance) in spot.at(*from, *to).each().zip(spot.instance..) {
                        let old = old.cast::<*mut u8>().read_unaligned();
                        let new = new.cast::<*mut u8>().read_unaligned();
                        run(steps, Spot::one(old, new, instance), way);
                    }
                }
                Step::Variants(step) => {
                    let spot = spot.at(step.from, step.to);
                    step.run(spot, way);
                }
            }
        }
    }
}

impl Variants {
    /// # Safety
    ///
    /// The spot has values of the step's types; otherwise as for [`Carry::run`]. On the way back, these are the
    /// values of the way there, and nobody has changed the old ones since.
    unsafe fn run(&mut self, spot: Spot, way: Way) {
        let Spot { old, new, strides, count, instance } = spot;
        // SAFETY: the caller's promise.
        let numbers = unsafe {
            (self.old.variants(old, strides.0, count), self.new.variants(new, strides.1, count))
        };
        let instances = instance..instance + count;
        let Some(done) = self.done.get_mut(instances.clone()) else { return };
        // SAFETY: the caller's promise.
        let values = unsafe { spot.each() };
        for (n, ((old, new), done)) in values.zip(done).enumerate() {
            // SAFETY: the shims wrote the number of each value.
            let (before, after) =
                unsafe { (numbers.0[n].assume_init(), numbers.1[n].assume_init()) };
            let Some(Some(arm)) = self.arms.get_mut(before) else { continue };
            let value = Value { old, new, instance: instance + n, size: self.size };
            let is_there = after == arm.variant;
            // SAFETY: a variant with an arm has no more fields than `FIELDS`, and `before` is the old
            // value's. There is a spare for each instance that `done` has a place for.
            unsafe {
                match way {
                    Way::There => {
                        if !arm.is_located {
                            arm.locate(&self.old.offsets(old));
                        }
                        *done = arm.there(value, is_there);
                    }
                    Way::Back => {
                        let done = std::mem::replace(done, Done::Nothing);
                        arm.back(value, is_there, done);
                    }
                }
            }
        }
    }
}

/// One value of an enum, in both states.
#[derive(Clone, Copy)]
struct Value {
    old: *mut u8,
    new: *mut u8,
    instance: usize,
    /// Of the new type.
    size: usize,
}

impl Arm {
    /// Takes the offsets of the old variant's fields.
    fn locate(&mut self, offsets: &[usize; FIELDS]) {
        for (step, field) in self.steps.iter_mut().zip(&self.fields) {
            *step.starts().0 += offsets[*field];
        }
        self.is_located = true;
    }

    /// # Safety
    ///
    /// The arm is located; the values are of its variants.
    unsafe fn run(&mut self, old: *mut u8, new: *mut u8, instance: usize, way: Way) {
        let spot = Spot::one(old, new, instance);
        for step in &mut self.steps {
            // SAFETY: the caller's promise.
            unsafe {
                match step {
                    // Most are, and one value is little work.
                    Step::Swap { from, to, size } => swap_each(spot.at(*from, *to), *size),
                    step => run(std::slice::from_mut(step), spot, way),
                }
            }
        }
    }

    /// # Safety
    ///
    /// The arm is located; the old value is of its old variant. The new one is of the arm's variant if
    /// `is_there`.
    unsafe fn there(&mut self, value: Value, is_there: bool) -> Done {
        let Value { old, new, instance, size } = value;
        // SAFETY: the caller's promise; spares are of the arm's variant, and no part of the state.
        unsafe {
            if !is_there {
                self.spare.put(new, instance, size);
            }
            self.run(old, new, instance, Way::There);
        }
        if is_there { Done::Fields } else { Done::SpareAndFields }
    }

    /// # Safety
    ///
    /// As for `there`, which gave `done` for the same values if it was called.
    unsafe fn back(&mut self, value: Value, is_there: bool, done: Done) {
        let Value { old, new, instance, size } = value;
        // SAFETY: as in `there`.
        unsafe {
            if done != Done::Nothing && is_there {
                self.run(old, new, instance, Way::Back);
            }
            if done == Done::SpareAndFields {
                self.spare.take(new, instance, size);
            }
        }
    }
}

impl Spare {
    /// # Safety
    ///
    /// `new` is a value of `size` bytes, and there are spares, or room, up to `instance`.
    unsafe fn put(self, new: *mut u8, instance: usize, size: usize) {
        // SAFETY: the caller's promise; spares and room are allocations of their own. What is
        // overwritten owns nothing: the new state's value as `Copied` says, the room's as it was made.
        unsafe {
            match self {
                Spare::Each(spares) => {
                    swap_nonoverlapping(new, spares.as_ptr().add(instance * size), size)
                }
                Spare::Copied(value) => new.copy_from_nonoverlapping(value.as_ptr(), size),
                Spare::CopiedInto { value, room } => {
                    new.copy_to_nonoverlapping(room.as_ptr().add(instance * size), size);
                    new.copy_from_nonoverlapping(value.as_ptr(), size);
                }
            }
        }
    }

    /// Undoes `put`, as far as anything would be lost otherwise: the new state is dropped after that.
    ///
    /// # Safety
    ///
    /// As for `put`, which was called with the same values before.
    unsafe fn take(self, new: *mut u8, instance: usize, size: usize) {
        match self {
            // SAFETY: as in `put`.
            Spare::Each(of_each) | Spare::CopiedInto { room: of_each, .. } => unsafe {
                swap_nonoverlapping(new, of_each.as_ptr().add(instance * size), size);
            },
            Spare::Copied(_) => {}
        }
    }
}

/// The bytes of every element change places.
///
/// # Safety
///
/// The elements have so many bytes, and do not overlap.
#[inline(always)]
unsafe fn swap_each(spot: Spot, size: usize) {
    // SAFETY: for who calls it: as above, with this size.
    #[inline(always)]
    unsafe fn sized<const SIZE: usize>(spot: Spot) {
        // SAFETY: the caller's promise.
        unsafe {
            for (old, new) in spot.each() {
                swap_nonoverlapping(old.cast::<[u8; SIZE]>(), new.cast(), 1);
            }
        }
    }
    // SAFETY: the caller's promise.
    unsafe {
        // The sizes of most numbers without a loop.
        match size {
            1 => sized::<1>(spot),
            2 => sized::<2>(spot),
            4 => sized::<4>(spot),
            8 => sized::<8>(spot),
            16 => sized::<16>(spot),
            24 => sized::<24>(spot),
            _ => spot.each().for_each(|(old, new)| swap_nonoverlapping(old, new, size)),
        }
    }
}

#[cfg(all(test, not(loom)))]
mod tests;
