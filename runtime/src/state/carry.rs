//! Carrying values between two states of different types, on the calling thread, between two blocks.
//!
//! A [`Carry`] is prepared by the program's thread; to run it takes no allocation and no lock. What both
//! states have in common changes places, byte by byte. A value of an enum has fields only while
//! it is of their variant: so the program prepares *spares*, values of every variant with defaults in it. A
//! spare changes places with what the new state holds there, and then the fields change places. At every
//! moment each of the two states, and each spare, is a whole value of its own type.
//!
//! **Running it back undoes it**, also when code of the new type has run in between: what that code
//! wrote into fields that both types have comes along. Where it put another variant, the old state
//! keeps its variant, and the fields of it hold defaults.

use std::{alloc, mem::MaybeUninit, ptr::NonNull};

use crate::fault::{self, Caught};

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
    /// A value of the new variant for each instance of the step.
    pub(crate) spares: NonNull<u8>,
    /// Number of the old and of the new field, and the steps between them.
    pub(crate) fields: Vec<(usize, usize, Vec<Step>)>,
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
    /// The variant of the value at `at`; where its fields are goes to `fields`.
    ///
    /// # Safety
    ///
    /// `at` holds a value of the place, and no variant that matters has more than [`FIELDS`] fields.
    unsafe fn fields(&self, at: *mut u8, fields: &mut Addresses) -> usize {
        // SAFETY: the caller's promise; a shim writes one word per field of the variant.
        unsafe { (self.shim)(1, self.place, at, fields.as_mut_ptr().cast()) }
    }
}

type Addresses = [MaybeUninit<usize>; FIELDS];

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
                    std::ptr::swap_nonoverlapping(old.add(*from), new.add(*to), *size);
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
        let (mut from, mut to) = ([MaybeUninit::uninit(); FIELDS], [MaybeUninit::uninit(); FIELDS]);
        // SAFETY: the caller's promise.
        let variant = unsafe { self.old.fields(old, &mut from) };
        let arm = self.arms.get_mut(variant).and_then(Option::as_mut);
        let (Some(arm), Some(done)) = (arm, self.done.get_mut(instance)) else { return };
        *done = Done::Fields;
        // SAFETY: there is a spare for each instance that `done` has a place for, a value of the new
        // type and of the arm's variant; it and the state do not overlap.
        unsafe {
            if self.new.fields(new, &mut to) != arm.variant {
                *done = Done::SpareAndFields;
                arm.swap_spare(new, instance, self.size);
                self.new.fields(new, &mut to);
            }
            arm.run(&from, &to, instance, Way::There);
        }
    }

    /// # Safety
    ///
    /// As for [`Variants::there`], which was called with the same states before.
    unsafe fn back(&mut self, old: *mut u8, new: *mut u8, instance: usize) {
        let (mut from, mut to) = ([MaybeUninit::uninit(); FIELDS], [MaybeUninit::uninit(); FIELDS]);
        // SAFETY: the caller's promise; nobody has changed the old state since.
        let variant = unsafe { self.old.fields(old, &mut from) };
        let arm = self.arms.get_mut(variant).and_then(Option::as_mut);
        let (Some(arm), Some(done)) = (arm, self.done.get_mut(instance)) else { return };
        let done = std::mem::replace(done, Done::Nothing);
        // SAFETY: as in `there`.
        unsafe {
            if done != Done::Nothing && self.new.fields(new, &mut to) == arm.variant {
                arm.run(&from, &to, instance, Way::Back);
            }
            if done == Done::SpareAndFields {
                arm.swap_spare(new, instance, self.size);
            }
        }
    }
}

impl Arm {
    /// # Safety
    ///
    /// `new` is a value of `size` bytes, and there are spares up to `instance`.
    unsafe fn swap_spare(&self, new: *mut u8, instance: usize, size: usize) {
        // SAFETY: the caller's promise; spares are allocations of their own.
        unsafe {
            let spare = self.spares.add(instance * size).as_ptr();
            std::ptr::swap_nonoverlapping(new, spare, size);
        }
    }

    /// # Safety
    ///
    /// `from` and `to` have the addresses of the fields of the old variant and of this arm's.
    unsafe fn run(&mut self, from: &Addresses, to: &Addresses, instance: usize, way: Way) {
        for (a, b, steps) in &mut self.fields {
            // SAFETY: the caller's promise: both numbers are below those of the fields.
            unsafe {
                let (old, new) = (from[*a].assume_init(), to[*b].assume_init());
                let old = std::ptr::with_exposed_provenance_mut(old);
                let new = std::ptr::with_exposed_provenance_mut(new);
                run(steps, old, new, instance, way);
            }
        }
    }
}

/// Values of one variant, with defaults in them, in an allocation of their own.
#[derive(Debug)]
pub(crate) struct Spares {
    at: NonNull<u8>,
    layout: alloc::Layout,
    size: usize,
    made: usize,
    calls: Calls,
}

// SAFETY: they are parts of a state, whose type is checked to be Send.
unsafe impl Send for Spares {}

impl Spares {
    /// Makes `count` values of `variant`; `None` when a field of it has no default, or there is no
    /// memory for them.
    ///
    /// # Safety
    ///
    /// `calls` belong to a type of this layout, and their code outlives what is returned.
    pub(crate) unsafe fn make(
        calls: Calls,
        variant: usize,
        (size, align): (usize, usize),
        count: usize,
    ) -> Result<Option<Spares>, Caught> {
        let bytes = size.checked_mul(count).filter(|bytes| *bytes <= LIMIT);
        let layout = bytes.and_then(|bytes| alloc::Layout::from_size_align(bytes, align).ok());
        let Some(layout) = layout else { return Ok(None) };
        let at = match layout.size() {
            0 => NonNull::new(std::ptr::without_provenance_mut(align)),
            // SAFETY: the size is not zero.
            _ => NonNull::new(unsafe { alloc::alloc(layout) }),
        };
        let Some(at) = at else { return Ok(None) };
        let mut spares = Spares { at, layout, size, made: 0, calls };
        fault::catch(|| {
            for index in 0..count {
                let mut variant = variant;
                // SAFETY: within the allocation; the caller's promise about `calls`.
                let made = unsafe {
                    (calls.shim)(2, calls.place, at.add(index * size).as_ptr(), &raw mut variant)
                };
                if made == 0 {
                    return;
                }
                spares.made = index + 1;
            }
        })?;
        Ok((spares.made == count).then_some(spares))
    }

    pub(crate) fn at(&self) -> NonNull<u8> {
        self.at
    }

    /// Drops the values. A drop that faults leaks what it had left; the first fault is given back.
    pub(crate) fn drop_values(&mut self) -> Result<(), Caught> {
        let mut all = Ok(());
        for index in 0..std::mem::take(&mut self.made) {
            // SAFETY: a whole value of the type, made by `make` or exchanged for another one since;
            // whoever made the spares keeps the code.
            let dropped = fault::catch(|| unsafe {
                let at = self.at.add(index * self.size).as_ptr();
                (self.calls.shim)(3, self.calls.place, at, std::ptr::null_mut());
            });
            all = all.and(dropped);
        }
        all
    }
}

/// Bytes of spares of one variant.
const LIMIT: usize = 1 << 30;

impl Drop for Spares {
    fn drop(&mut self) {
        let _ = self.drop_values();
        if self.layout.size() > 0 {
            // SAFETY: allocated in `make` with this layout.
            unsafe { alloc::dealloc(self.at.as_ptr(), self.layout) };
        }
    }
}

#[cfg(all(test, not(loom)))]
mod tests;
