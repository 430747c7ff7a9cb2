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

use std::ptr::NonNull;

/// The shim of a data type.
pub(crate) type Shim = unsafe extern "C-unwind" fn(usize, usize, *mut u8, *mut usize) -> usize;

/// Variants with more fields than this are not carried.
pub(crate) const FIELDS: usize = 32;

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
    /// Number of the old field, offset of the new one, and the steps between them.
    pub(crate) fields: Vec<(usize, usize, Vec<Step>)>,
    /// Whether the numbers have become offsets: the first value of the variant shows them.
    pub(crate) is_located: bool,
}

/// What goes into the new state where it holds another variant.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Spare {
    /// A value for each instance of the step: it changes places with what is there.
    Each(NonNull<u8>),
    /// The bytes of this one value, which own nothing. What is there owns nothing either.
    Copied(NonNull<u8>),
    /// The same where what is there may own something: it changes places with a value that is made of
    /// those bytes. There is room for one for each instance, which holds one that owns nothing.
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
    /// The variant of the value at `at`.
    ///
    /// # Safety
    ///
    /// `at` holds a value of the place.
    unsafe fn variant(&self, at: *mut u8) -> usize {
        // SAFETY: the caller's promise; a shim writes nothing here.
        unsafe { (self.shim)(5, self.place, at, std::ptr::null_mut()) }
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

/// Conversions that lose nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Widening {
    Unsigned { from: usize, to: usize },
    Signed { from: usize, to: usize },
    UnsignedToFloat { from: usize, to: usize },
    SignedToFloat { from: usize, to: usize },
    FloatToDouble,
}

impl Widening {
    /// How a number of the primitive type `from` becomes one of `to`, if every one can.
    pub(crate) fn between(from: &str, to: &str) -> Option<Widening> {
        let parse = |name: &str| -> Option<(char, usize)> {
            let name = name.replace("size", "64");
            let kind = name.chars().next().filter(|kind| "uif".contains(*kind))?;
            Some((kind, name[1..].parse::<usize>().ok()? / 8))
        };
        let ((a, from), (b, to)) = (parse(from)?, parse(to)?);
        // A float holds every integer that is shorter than its mantissa: 24 and 53 bits.
        let exact = (to == 4 && from <= 2) || (to == 8 && from <= 4);
        match (a, b) {
            ('u', 'u') if from <= to => Some(Widening::Unsigned { from, to }),
            ('u', 'i') if from < to => Some(Widening::Unsigned { from, to }),
            ('i', 'i') if from <= to => Some(Widening::Signed { from, to }),
            ('u', 'f') if exact => Some(Widening::UnsignedToFloat { from, to }),
            ('i', 'f') if exact => Some(Widening::SignedToFloat { from, to }),
            ('f', 'f') if from < to => Some(Widening::FloatToDouble),
            _ => None,
        }
    }

    /// # Safety
    ///
    /// `from` and `to` hold numbers of the types that this was made for, aligned or not.
    unsafe fn write(self, from: *const u8, to: *mut u8) {
        let unsigned = |size| {
            let mut bytes = [0; 16];
            // SAFETY: the caller's promise; no number is longer than 16 bytes.
            unsafe { std::ptr::copy_nonoverlapping(from, bytes.as_mut_ptr(), size) };
            u128::from_le_bytes(bytes)
        };
        let signed = |size: usize| {
            let unused = 128 - 8 * u32::try_from(size).unwrap_or(16);
            (unsigned(size) << unused).cast_signed() >> unused
        };
        let put = |bytes: &[u8]| {
            // SAFETY: the caller's promise: `to` has room for a number of this size.
            unsafe { std::ptr::copy_nonoverlapping(bytes.as_ptr(), to, bytes.len()) };
        };
        let float = |number: f64, size| match size {
            // Exact: `between` lets no number through that a float cannot hold.
            4 => put(&(number as f32).to_le_bytes()),
            _ => put(&number.to_le_bytes()),
        };
        match self {
            Widening::Unsigned { from, to } => put(&unsigned(from).to_le_bytes()[..to]),
            Widening::Signed { from, to } => put(&signed(from).to_le_bytes()[..to]),
            Widening::UnsignedToFloat { from, to } => float(unsigned(from) as f64, to),
            Widening::SignedToFloat { from, to } => float(signed(from) as f64, to),
            Widening::FloatToDouble => {
                // SAFETY: the caller's promise: an f32.
                let number = unsafe { from.cast::<f32>().read_unaligned() };
                put(&f64::from(number).to_le_bytes());
            }
        }
    }
}

/// Everything that is done between one old and one new state, and whether it is done.
#[derive(Debug)]
pub(crate) struct Carry {
    steps: Vec<Step>,
    is_carried: bool,
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
        unsafe { run(&mut self.steps, old, new, 0, way) };
    }
}

/// # Safety
///
/// As for [`Carry::run`]; `old` and `new` are where the steps start, `instance` counts the loops
/// around them.
unsafe fn run(steps: &mut [Step], old: *mut u8, new: *mut u8, instance: usize, way: Way) {
    for step in steps {
        // SAFETY: offsets lie within both states (planned from their layouts), which are two
        // allocations and so do not overlap; the same holds for what is behind their boxes, and
        // element `index` of `count` lies within an array.
        unsafe {
            match step {
                Step::Swap { from, to, size } => {
                    swap(old.add(*from), new.add(*to), *size);
                }
                Step::Widen { from, to, how } => {
                    if way == Way::There {
                        how.write(old.add(*from), new.add(*to));
                    }
                }
                Step::Each { from, to, strides, count, steps } => {
                    for index in 0..*count {
                        let old = old.add(*from + index * strides.0);
                        let new = new.add(*to + index * strides.1);
                        run(steps, old, new, instance * *count + index, way);
                    }
                }
                Step::Boxed { from, to, steps } => {
                    let old = old.add(*from).cast::<*mut u8>().read_unaligned();
                    let new = new.add(*to).cast::<*mut u8>().read_unaligned();
                    run(steps, old, new, instance, way);
                }
                Step::Variants(step) => {
                    let (old, new) = (old.add(step.from), new.add(step.to));
                    match way {
                        Way::There => step.there(old, new, instance),
                        Way::Back => step.back(old, new, instance),
                    }
                }
            }
        }
    }
}

impl Variants {
    /// # Safety
    ///
    /// `old` and `new` are values of the step's types; otherwise as for [`Carry::run`].
    unsafe fn there(&mut self, old: *mut u8, new: *mut u8, instance: usize) {
        // SAFETY: the caller's promise.
        let variant = unsafe { self.old.variant(old) };
        let arm = self.arms.get_mut(variant).and_then(Option::as_mut);
        let (Some(arm), Some(done)) = (arm, self.done.get_mut(instance)) else { return };
        *done = Done::Fields;
        // SAFETY: a variant with an arm has no more fields than `FIELDS`. There is a spare for each
        // instance that `done` has a place for, a value of the new type and of the arm's variant; it
        // and the state do not overlap.
        unsafe {
            if !arm.is_located {
                arm.locate(&self.old.offsets(old));
            }
            if self.new.variant(new) != arm.variant {
                *done = Done::SpareAndFields;
                arm.spare.put(new, instance, self.size);
            }
            arm.run(old, new, instance, Way::There);
        }
    }

    /// # Safety
    ///
    /// As for [`Variants::there`], which was called with the same states before.
    unsafe fn back(&mut self, old: *mut u8, new: *mut u8, instance: usize) {
        // SAFETY: the caller's promise; nobody has changed the old state since.
        let variant = unsafe { self.old.variant(old) };
        let arm = self.arms.get_mut(variant).and_then(Option::as_mut);
        let (Some(arm), Some(done)) = (arm, self.done.get_mut(instance)) else { return };
        let done = std::mem::replace(done, Done::Nothing);
        // SAFETY: as in `there`.
        unsafe {
            if done != Done::Nothing && self.new.variant(new) == arm.variant {
                arm.run(old, new, instance, Way::Back);
            }
            if done == Done::SpareAndFields {
                arm.spare.take(new, instance, self.size);
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
                Spare::Each(spares) => swap(new, spares.as_ptr().add(instance * size), size),
                Spare::Copied(value) => new.copy_from_nonoverlapping(value.as_ptr(), size),
                Spare::CopiedInto { value, room } => {
                    let room = room.as_ptr().add(instance * size);
                    room.copy_from_nonoverlapping(value.as_ptr(), size);
                    swap(new, room, size);
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
                swap(new, of_each.as_ptr().add(instance * size), size);
            },
            Spare::Copied(_) => {}
        }
    }
}

impl Arm {
    /// Takes the offsets of the old variant's fields.
    fn locate(&mut self, offsets: &[usize; FIELDS]) {
        for (field, ..) in &mut self.fields {
            *field = offsets[*field];
        }
        self.is_located = true;
    }

    /// # Safety
    ///
    /// The arm is located; `old` is a value of the old variant, and `new` one of the new.
    unsafe fn run(&mut self, old: *mut u8, new: *mut u8, instance: usize, way: Way) {
        for (from, to, steps) in &mut self.fields {
            // SAFETY: the caller's promise: these are the offsets of fields.
            unsafe { run(steps, old.add(*from), new.add(*to), instance, way) };
        }
    }
}

/// Bytes change places; the sizes of most numbers without a loop.
///
/// # Safety
///
/// Both are memory of `size` bytes, and do not overlap.
unsafe fn swap(a: *mut u8, b: *mut u8, size: usize) {
    // SAFETY: the caller's promise.
    unsafe {
        match size {
            1 => std::ptr::swap_nonoverlapping(a, b, 1),
            4 => std::ptr::swap_nonoverlapping(a.cast::<[u8; 4]>(), b.cast(), 1),
            8 => std::ptr::swap_nonoverlapping(a.cast::<[u8; 8]>(), b.cast(), 1),
            16 => std::ptr::swap_nonoverlapping(a.cast::<[u8; 16]>(), b.cast(), 1),
            24 => std::ptr::swap_nonoverlapping(a.cast::<[u8; 24]>(), b.cast(), 1),
            _ => std::ptr::swap_nonoverlapping(a, b, size),
        }
    }
}

#[cfg(all(test, not(loom)))]
mod tests;
