//! What the compiler may make use of.

use crate::intrinsics;

#[inline(always)]
#[track_caller]
pub const unsafe fn unreachable_unchecked() -> ! {
    unsafe { intrinsics::unreachable() }
}

#[inline(always)]
#[track_caller]
pub const unsafe fn assert_unchecked(cond: bool) {
    unsafe { intrinsics::assume(cond) }
}

#[inline(always)]
pub fn spin_loop() {}

#[inline]
pub fn black_box<T>(dummy: T) -> T {
    intrinsics::black_box(dummy)
}

#[inline(always)]
pub const fn must_use<T>(value: T) -> T {
    value
}

#[inline(always)]
pub fn select_unpredictable<T>(condition: bool, true_val: T, false_val: T) -> T {
    if condition { true_val } else { false_val }
}

#[inline(always)]
pub const fn cold_path() {
    intrinsics::cold_path()
}
