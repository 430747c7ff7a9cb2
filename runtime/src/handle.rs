//! Typed handles: a live function that Rust code calls as what it is.
//!
//! The signature is checked once, against the source. A call through a pinned handle is one load
//! and one indirect call.

use std::{fmt, marker::PhantomData, sync::Arc};

use crate::{
    commit::SlotRef,
    core::Core,
    epoch::{Guard, Participant},
    fault::{self, Caught, Fault},
    keep::Hold,
    live::RootHandle,
};

/// A type that may cross between host and live code in a typed handle's signature.
///
/// # Safety
///
/// `name` is the type's text as live code writes it, and names the same type in any crate.
pub unsafe trait Portable {
    /// Appends the type's name, as `f32`, `*const u8`, `[f32; 4]`.
    fn name(out: &mut String);
}

macro_rules! portable {
    ($($ty:ty),*) => {$(
        // SAFETY: a primitive type means the same everywhere.
        unsafe impl Portable for $ty {
            fn name(out: &mut String) {
                out.push_str(stringify!($ty));
            }
        }
    )*};
}
portable!(u8, u16, u32, u64, u128, usize, i8, i16, i32, i64, i128, isize, f32, f64, bool, char, ());

// SAFETY: a pointer is its pointee's name with a prefix; its layout depends on nothing else.
unsafe impl<T: Portable> Portable for *const T {
    fn name(out: &mut String) {
        out.push_str("*const ");
        T::name(out);
    }
}

// SAFETY: as above.
unsafe impl<T: Portable> Portable for *mut T {
    fn name(out: &mut String) {
        out.push_str("*mut ");
        T::name(out);
    }
}

// SAFETY: an array is its element's type and a number.
unsafe impl<T: Portable, const N: usize> Portable for [T; N] {
    fn name(out: &mut String) {
        out.push('[');
        T::name(out);
        out.push_str(&format!("; {N}]"));
    }
}

/// A function pointer type that a handle can have: `fn(A, ..) -> R` of [`Portable`] types.
pub trait Signature {
    /// The parameters' types as live code writes them.
    fn parameters() -> Vec<String>;
    /// The result's type.
    fn result() -> String;
}

fn name_of<T: Portable>() -> String {
    let mut name = String::new();
    T::name(&mut name);
    name
}

/// What a handle calls through, and what keeps that.
#[derive(Clone, Debug)]
pub(crate) enum Bound {
    /// The slot of its signature, under `Commit::Immediate`.
    Slot(Arc<Hold>),
    /// A root, under `Commit::Snapshot`.
    Root(Arc<RootHandle>),
}

/// A live function of type `F`, as `Live<fn(f32) -> f32>`.
///
/// It stays valid whatever is edited. When the function's signature changes in the source, the
/// handle goes on calling the last generation that had this one.
pub struct Live<F> {
    /// The slot, unless the entry is in the roots.
    slot: Option<SlotRef>,
    bound: Bound,
    core: Arc<Core>,
    path: Arc<str>,
    _signature: PhantomData<F>,
}

// SAFETY: a handle names a slot, which is an atomic word made to be shared; `F` is only a marker.
unsafe impl<F> Send for Live<F> {}
// SAFETY: as above.
unsafe impl<F> Sync for Live<F> {}

impl<F> Clone for Live<F> {
    fn clone(&self) -> Live<F> {
        Live::new(self.core.clone(), self.bound.clone(), self.path.clone())
    }
}

impl<F> Live<F> {
    /// A handle on what was bound, whose function is known to have signature `F`.
    pub(crate) fn new(core: Arc<Core>, bound: Bound, path: Arc<str>) -> Live<F> {
        let slot = match &bound {
            Bound::Slot(hold) => Some(SlotRef::new(hold.slot.slot())),
            Bound::Root(_) => None,
        };
        Live { slot, bound, core, path, _signature: PhantomData }
    }

    /// Pins `participant` for a number of calls.
    ///
    /// # Panics
    ///
    /// When the participant was registered with another program.
    #[inline]
    pub fn pin<'a>(&'a self, participant: &'a Participant) -> Pinned<'a, F> {
        assert!(participant.belongs_to(self.core.epochs()), "a participant of another program");
        let guard = participant.pin();
        let word = self.slot.unwrap_or_else(|| self.root(&guard));
        Pinned { word, guard, handle: self }
    }

    #[inline]
    fn root(&self, guard: &Guard<'_>) -> SlotRef {
        let word = match &self.bound {
            Bound::Slot(hold) => Some(hold.slot.slot()),
            Bound::Root(root) => guard.root(root.number()),
        };
        // The newest roots have every function that a handle is bound to (`live::shims`).
        SlotRef::new(word.expect("a handle's function is among the newest roots"))
    }
}

impl<F> fmt::Debug for Live<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Live").field("bound", &self.bound).finish_non_exhaustive()
    }
}

/// A handle together with the proof that its thread is pinned.
#[derive(Debug)]
pub struct Pinned<'a, F> {
    /// Holds the entry: the slot itself, or a word of the scope's roots.
    word: SlotRef,
    guard: Guard<'a>,
    handle: &'a Live<F>,
}

impl<F> Pinned<'_, F> {
    /// The epoch since which nothing is reached from here that was replaced before it.
    #[inline]
    fn began(&self) -> u64 {
        // Slots change under a guard, the roots of a scope do not.
        if self.handle.slot.is_some() { self.guard.now() } else { self.guard.since() }
    }
}

macro_rules! signature {
    ($($letter:ident $name:ident),*) => {
        impl<$($letter: Portable,)* R: Portable> Signature for fn($($letter),*) -> R {
            fn parameters() -> Vec<String> {
                vec![$(name_of::<$letter>()),*]
            }
            fn result() -> String {
                name_of::<R>()
            }
        }

        impl<$($letter: Portable,)* R: Portable> Pinned<'_, fn($($letter),*) -> R> {
            /// Calls the newest generation: one load and one indirect call.
            ///
            /// A panic of live code unwinds out of this call. Its payload may refer to data of the
            /// program (a message that is a literal): drop it before the program and its handles.
            #[inline(always)]
            pub fn call(&self $(, $name: $letter)*) -> R {
                self.function()($($name),*)
            }

            /// As [`call`](Self::call), behind a guard: a fault of live code comes back as a value, and
            /// what the newest commit stored is taken back before this returns, for all callers.
            ///
            /// # Errors
            ///
            /// What went wrong. `back_to` is the generation that this thread went back to; `None` when
            /// there was no way back at hand, so that the program's own threads go back, if they can.
            /// The program tells the fault as an event too.
            pub fn try_call(&self $(, $name: $letter)*) -> Result<R, Box<Fault>> {
                let began = self.began();
                let _within = fault::within(self.handle.core.limits().handles);
                // The entry is loaded inside: what comes before may make system calls, and a thread that
                // blocks in one may hold no entry but on its stack (`epoch::census`).
                let called = fault::catch(|| self.function()($($name),*));
                called.map_err(|caught| {
                    let caught = Caught { began, ..caught };
                    self.handle.core.faulted(&self.handle.path, caught)
                })
            }

            #[inline(always)]
            fn function(&self) -> extern "C-unwind" fn($($letter),*) -> R {
                // SAFETY: the handle has a share of the slot, which keeps it and the table; roots are
                // kept by the guard.
                let entry = unsafe { self.word.get() }.entry();
                // SAFETY: the word belongs to one signature, checked to be `F` when the handle was
                // bound; only shims of that signature, at the C ABI, are ever published into it,
                // and it had an entry when the handle was made. The guard keeps the code.
                unsafe {
                    std::mem::transmute::<usize, extern "C-unwind" fn($($letter),*) -> R>(entry)
                }
            }
        }
    };
}
signature!();
signature!(A a);
signature!(A a, B b);
signature!(A a, B b, C c);
signature!(A a, B b, C c, D d);
signature!(A a, B b, C c, D d, E e);
signature!(A a, B b, C c, D d, E e, G g);
