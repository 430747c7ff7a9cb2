//! The Rust text that every instrumented crate gets: the record of a live function, as `crate::image` describes it,
//! and what reads it. It stands at the end of the crate's first file; it needs `core` only, and no edition.

use std::fmt::Write;

/// The module. What counts and chooses is a few instructions of the processor: tests are compiled without optimisation, where each
/// function of `core` is a call, and of a function that is entered a hundred million times they are most of its time. They stand in
/// one function: everywhere, they would take longer to compile. A count is exact with any number of threads, and orders nothing. The
/// server relies on it that it counts before it reads (`prefix`).
///
/// Names are written in full, since it stands in crates that have other preludes, modules called
/// `core`, or no `std`. It has no lint attributes: a crate that forbids a lint forbids to allow it, too; lints are
/// capped when the copy is compiled.
pub(crate) const MODULE: &str = r#"
#[doc(hidden)]
pub mod __segue {
    #[repr(C)]
    pub struct Slot {
        function: u32,
        arms: u32,
        hits: core::sync::atomic::AtomicU64,
        entry: core::sync::atomic::AtomicPtr<()>,
        arm: *const Arm,
    }
    #[repr(C)]
    pub struct Arm {
        mutant: u32,
        entry: *const (),
    }
    unsafe impl core::marker::Sync for Slot {}
    unsafe impl core::marker::Sync for Arm {}
    impl Slot {
        pub const fn new(function: u32, arms: u32, entry: *const (), arm: *const Arm) -> Slot {
            Slot {
                function: function,
                arms: arms,
                hits: core::sync::atomic::AtomicU64::new(0),
                entry: core::sync::atomic::AtomicPtr::new(entry as *mut ()),
                arm: arm,
            }
        }
        #[inline(always)]
        pub fn arm(&self) -> usize {
            self.enter() as usize
        }
        #[inline]
        pub fn chosen(&self) -> usize {
            self.entry.load(core::sync::atomic::Ordering::Relaxed) as usize
        }
        #[inline(always)]
        pub unsafe fn entry<F: core::marker::Copy>(&self, mut original: F) -> F {
            let place = &mut original as *mut F as *mut *const ();
            unsafe { *place = self.enter() };
            original
        }
        #[cfg(target_arch = "x86_64")]
        #[inline]
        fn enter(&self) -> *const () {
            let entry: *const ();
            unsafe {
                core::arch::asm!(
                    "lock inc qword ptr [{slot} + 8]",
                    "mov {entry}, qword ptr [{slot} + 16]",
                    slot = in(reg) self,
                    entry = out(reg) entry,
                    options(nostack)
                );
            }
            entry
        }
        #[cfg(not(target_arch = "x86_64"))]
        #[inline]
        fn enter(&self) -> *const () {
            self.hits.fetch_add(1, core::sync::atomic::Ordering::Relaxed);
            self.entry.load(core::sync::atomic::Ordering::Relaxed)
        }
    }
    #[derive(Clone)]
    pub enum Either<A, B> {
        Left(A),
        Right(B),
    }
    impl<T, A: core::iter::Iterator<Item = T>, B: core::iter::Iterator<Item = T>> core::iter::Iterator
        for Either<A, B>
    {
        type Item = T;
        fn next(&mut self) -> core::option::Option<T> {
            match *self {
                Either::Left(ref mut of) => of.next(),
                Either::Right(ref mut of) => of.next(),
            }
        }
        fn size_hint(&self) -> (usize, core::option::Option<usize>) {
            match *self {
                Either::Left(ref of) => of.size_hint(),
                Either::Right(ref of) => of.size_hint(),
            }
        }
    }
    impl<T, A, B> core::iter::DoubleEndedIterator for Either<A, B>
    where
        A: core::iter::DoubleEndedIterator<Item = T>,
        B: core::iter::DoubleEndedIterator<Item = T>,
    {
        fn next_back(&mut self) -> core::option::Option<T> {
            match *self {
                Either::Left(ref mut of) => of.next_back(),
                Either::Right(ref mut of) => of.next_back(),
            }
        }
    }
    impl<T, A, B> core::iter::ExactSizeIterator for Either<A, B>
    where
        A: core::iter::ExactSizeIterator<Item = T>,
        B: core::iter::ExactSizeIterator<Item = T>,
    {
    }
    impl<T, A, B> core::iter::FusedIterator for Either<A, B>
    where
        A: core::iter::FusedIterator<Item = T>,
        B: core::iter::FusedIterator<Item = T>,
    {
    }
    impl Arm {
        pub const fn new(mutant: u32, entry: *const ()) -> Arm {
            Arm { mutant: mutant, entry: entry }
        }
    }
}
"#;

/// One arm: a mutant and what is stored to choose it, as an expression.
pub(crate) struct Arm {
    pub(crate) mutant: u32,
    pub(crate) entry: String,
}

/// The statics that make up a function's record, in one line.
pub(crate) fn record(
    name: &str,
    conditions: &str,
    edition: &str,
    function: u32,
    entry: &str,
    arms: &[Arm],
) -> String {
    let section = if matches!(edition, "2015" | "2018" | "2021") {
        "#[link_section = \"segue_slots\"]"
    } else {
        "#[unsafe(link_section = \"segue_slots\")]"
    };
    let mut list = String::new();
    for arm in arms {
        let _ = write!(list, "crate::__segue::Arm::new({}, {}), ", arm.mutant, arm.entry);
    }
    let count = arms.len();
    format!(
        " {conditions} static {name}_ARMS: [crate::__segue::Arm; {count}] = [{list}]; {conditions} #[used] {section} \
         static {name}: crate::__segue::Slot = crate::__segue::Slot::new({function}, {count}, {entry}, &{name}_ARMS as *const _ as *const crate::__segue::Arm);"
    )
}
