//! What has no body: the compiler knows these by name, and makes MIR operations of them.
//!
//! The names and meanings are the real `core`'s, where it has them. On floats and integers alike the type
//! parameter is always a primitive; a signed type asks for the signed operation. What is said to be
//! undefined there (`unchecked_add` that overflows) may do anything that the operation of the MIR does.

// Integers. The amounts of `unchecked_shl` and `unchecked_shr` are less than the number of bits; those of
// the rotations are any.
macro_rules! intrinsics {
    ($($(#[$attribute:meta])* fn $name:ident [$($generics:tt)*] ($($parameters:tt)*) $(-> $result:ty)?;)*) => {
        $(
            #[rustc_intrinsic]
            $(#[$attribute])*
            pub const unsafe fn $name<$($generics)*>($($parameters)*) $(-> $result)?;
        )*
    };
}
macro_rules! safe_intrinsics {
    ($($(#[$attribute:meta])* fn $name:ident [$($generics:tt)*] ($($parameters:tt)*) $(-> $result:ty)?;)*) => {
        $(
            #[rustc_intrinsic]
            $(#[$attribute])*
            pub const fn $name<$($generics)*>($($parameters)*) $(-> $result)?;
        )*
    };
}

safe_intrinsics! {
    fn wrapping_add[T: Copy](a: T, b: T) -> T;
    fn wrapping_sub[T: Copy](a: T, b: T) -> T;
    fn wrapping_mul[T: Copy](a: T, b: T) -> T;
    fn add_with_overflow[T: Copy](x: T, y: T) -> (T, bool);
    fn sub_with_overflow[T: Copy](x: T, y: T) -> (T, bool);
    fn mul_with_overflow[T: Copy](x: T, y: T) -> (T, bool);
    fn saturating_add[T: Copy](a: T, b: T) -> T;
    fn saturating_sub[T: Copy](a: T, b: T) -> T;
    fn rotate_left[T: Copy](x: T, shift: u32) -> T;
    fn rotate_right[T: Copy](x: T, shift: u32) -> T;
    fn ctpop[T: Copy](x: T) -> u32;
    fn ctlz[T: Copy](x: T) -> u32;
    fn cttz[T: Copy](x: T) -> u32;
    fn bswap[T: Copy](x: T) -> T;
    fn bitreverse[T: Copy](x: T) -> T;

    // Types.
    fn size_of[T]() -> usize;
    fn align_of[T]() -> usize;
    fn needs_drop[T: ?Sized]() -> bool;
    fn type_name[T: ?Sized]() -> &'static str;
    /// Another number for another type.
    fn type_id[T: ?Sized]() -> u128;
    fn discriminant_value[T](v: &T) -> <T as crate::marker::DiscriminantKind>::Discriminant;

    // Without effect at run time.
    fn forget[T](value: T);
    fn likely[](b: bool) -> bool;
    fn unlikely[](b: bool) -> bool;
    fn cold_path[]();
    fn black_box[T](value: T) -> T;

    /// Ends the process.
    fn abort[]() -> !;
    /// The place of the call of the `#[track_caller]` function in which this stands.
    fn caller_location[]() -> &'static crate::panic::Location<'static>;

    // Floats. `minnum` and `maxnum` give the other one where one is NaN.
    fn fabsf32[](x: f32) -> f32;
    fn fabsf64[](x: f64) -> f64;
    fn sqrtf32[](x: f32) -> f32;
    fn sqrtf64[](x: f64) -> f64;
    fn floorf32[](x: f32) -> f32;
    fn floorf64[](x: f64) -> f64;
    fn ceilf32[](x: f32) -> f32;
    fn ceilf64[](x: f64) -> f64;
    fn truncf32[](x: f32) -> f32;
    fn truncf64[](x: f64) -> f64;
    fn round_ties_even_f32[](x: f32) -> f32;
    fn round_ties_even_f64[](x: f64) -> f64;
    fn minnumf32[](x: f32, y: f32) -> f32;
    fn minnumf64[](x: f64, y: f64) -> f64;
    fn maxnumf32[](x: f32, y: f32) -> f32;
    fn maxnumf64[](x: f64, y: f64) -> f64;
    fn copysignf32[](x: f32, y: f32) -> f32;
    fn copysignf64[](x: f64, y: f64) -> f64;
}

intrinsics! {
    fn unchecked_add[T: Copy](x: T, y: T) -> T;
    fn unchecked_sub[T: Copy](x: T, y: T) -> T;
    fn unchecked_mul[T: Copy](x: T, y: T) -> T;
    fn unchecked_div[T: Copy](x: T, y: T) -> T;
    fn unchecked_rem[T: Copy](x: T, y: T) -> T;
    fn unchecked_shl[T: Copy, U: Copy](x: T, y: U) -> T;
    fn unchecked_shr[T: Copy, U: Copy](x: T, y: U) -> T;

    // Values and memory. `offset` is in elements, `arith_offset` as well but may wrap. `Ptr` is a raw
    // pointer, `Delta` is `usize` or `isize`.
    fn size_of_val[T: ?Sized](ptr: *const T) -> usize;
    fn align_of_val[T: ?Sized](ptr: *const T) -> usize;
    fn transmute[Src, Dst](src: Src) -> Dst;
    fn transmute_unchecked[Src, Dst](src: Src) -> Dst;
    fn read_via_copy[T](ptr: *const T) -> T;
    fn write_via_move[T](ptr: *mut T, value: T);
    fn copy_nonoverlapping[T](src: *const T, dst: *mut T, count: usize);
    fn copy[T](src: *const T, dst: *mut T, count: usize);
    fn write_bytes[T](dst: *mut T, val: u8, count: usize);
    fn volatile_load[T](src: *const T) -> T;
    fn volatile_store[T](dst: *mut T, val: T);
    fn offset[Ptr: Copy, Delta: Copy](dst: Ptr, offset: Delta) -> Ptr;
    fn arith_offset[T](dst: *const T, offset: isize) -> *const T;
    fn ptr_offset_from[T](ptr: *const T, base: *const T) -> isize;
    fn ptr_offset_from_unsigned[T](ptr: *const T, base: *const T) -> usize;
    /// A `*const [T]`, `*const str` or the like from an address and a length.
    fn aggregate_raw_ptr[P, D, M](data: D, meta: M) -> P;
    /// The length of what a fat pointer to a slice points to.
    fn ptr_metadata[P: ?Sized, M](ptr: *const P) -> M;
    fn compare_bytes[](left: *const u8, right: *const u8, bytes: usize) -> i32;
    /// Calls what the pointer points to, and consumes it: the memory is the caller's again.
    fn call_once_in_place[F: ?Sized, Args, Output](f: *mut F, args: Args) -> Output;
    fn unreachable[]() -> !;
    fn assume[](b: bool);
    fn float_to_int_unchecked[Float: Copy, Int: Copy](value: Float) -> Int;
}
