//! The record of a function with mutants, and a macro that writes a function with its record.

use std::sync::atomic::{AtomicPtr, AtomicU64};

#[repr(C)]
pub struct Slot {
    pub function: u32,
    pub arms: u32,
    pub hits: AtomicU64,
    pub entry: AtomicPtr<()>,
    pub arm: *const Arm,
}
#[repr(C)]
pub struct Arm {
    pub mutant: u32,
    pub entry: *mut (),
}
unsafe impl Sync for Slot {}
unsafe impl Sync for Arm {}

macro_rules! live {
    ($number:literal fn $name:ident($arg:ident: $type:ty) -> $result:ty $body:block $($mutant:literal $other:ident $new:block)*) => {
        live! { ($number) $name ($arg: $type) -> $result { $body $(($mutant) $other $new)* } }
    };
    (($number:expr) $name:ident ($arg:ident: $type:ty) -> $result:ty { $body:block $(($mutant:expr) $other:ident $new:block)* }) => {
        #[inline(never)]
        fn $name($arg: $type) -> $result {
            use std::sync::atomic::{AtomicPtr, AtomicU64, Ordering};
            #[allow(unused)]
            fn original($arg: $type) -> $result $body
            $(#[allow(unused)] fn $other($arg: $type) -> $result $new)*
            static ARMS: [crate::live::Arm; [$($mutant),*].len()] =
                [$(crate::live::Arm { mutant: $mutant, entry: $other as fn($type) -> $result as *mut () }),*];
            #[link_section = "segue_slots"]
            static SLOT: crate::live::Slot = crate::live::Slot {
                function: $number,
                arms: ARMS.len() as u32,
                hits: AtomicU64::new(0),
                entry: AtomicPtr::new(original as fn($type) -> $result as *mut ()),
                arm: ARMS.as_ptr(),
            };
            SLOT.hits.fetch_add(1, Ordering::Relaxed);
            let entry = SLOT.entry.load(Ordering::Relaxed);
            unsafe { std::mem::transmute::<*mut (), fn($type) -> $result>(entry)($arg) }
        }
    };
}
