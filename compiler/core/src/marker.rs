//! Traits and types that say what a type is, rather than what it does.

#[lang = "pointee_sized"]
#[fundamental]
#[rustc_specialization_trait]
#[rustc_coinductive]
pub trait PointeeSized {}

#[lang = "meta_sized"]
#[fundamental]
#[rustc_specialization_trait]
#[rustc_coinductive]
pub trait MetaSized: PointeeSized {}

#[lang = "sized"]
#[fundamental]
#[rustc_specialization_trait]
#[rustc_coinductive]
pub trait Sized: MetaSized {}

#[lang = "unsize"]
pub trait Unsize<T: PointeeSized>: PointeeSized {}

pub unsafe auto trait Send {}

impl<T: ?Sized> !Send for *const T {}
impl<T: ?Sized> !Send for *mut T {}
unsafe impl<T: Sync + ?Sized> Send for &T {}
unsafe impl<T: Send + ?Sized> Send for &mut T {}

#[lang = "sync"]
pub unsafe auto trait Sync {}

impl<T: ?Sized> !Sync for *const T {}
impl<T: ?Sized> !Sync for *mut T {}

#[lang = "unpin"]
pub auto trait Unpin {}

#[lang = "freeze"]
pub unsafe auto trait Freeze {}

impl<T: ?Sized> !Freeze for crate::cell::UnsafeCell<T> {}
unsafe impl<T: ?Sized> Freeze for PhantomData<T> {}
unsafe impl<T: ?Sized> Freeze for *const T {}
unsafe impl<T: ?Sized> Freeze for *mut T {}
unsafe impl<T: ?Sized> Freeze for &T {}
unsafe impl<T: ?Sized> Freeze for &mut T {}

#[lang = "copy"]
pub trait Copy: Clone {}

#[rustc_builtin_macro]
pub macro Copy($item:item) {}

macro_rules! copy {
    ($($t:ty)*) => {
        $(impl Copy for $t {})*
    };
}
copy! { u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f32 f64 bool char }

impl Copy for ! {}

impl<T: ?Sized> Copy for *const T {}
impl<T: ?Sized> Copy for *mut T {}
impl<T: ?Sized> Copy for &T {}
impl<T: Copy, const N: usize> Copy for [T; N] {}

#[lang = "structural_peq"]
pub trait StructuralPartialEq {}

#[lang = "tuple_trait"]
pub trait Tuple {}

#[lang = "fn_ptr_trait"]
pub trait FnPtr: Copy + Clone {
    #[lang = "fn_ptr_addr"]
    fn addr(self) -> *const ();
}

#[lang = "destruct"]
pub trait Destruct: PointeeSized {}

#[lang = "discriminant_kind"]
pub trait DiscriminantKind {
    #[lang = "discriminant_type"]
    type Discriminant;
}

#[lang = "phantom_data"]
pub struct PhantomData<T: ?Sized>;

impl<T: ?Sized> Clone for PhantomData<T> {
    #[inline]
    fn clone(&self) -> Self {
        Self
    }
}

impl<T: ?Sized> Copy for PhantomData<T> {}

impl<T: ?Sized> Default for PhantomData<T> {
    #[inline]
    fn default() -> Self {
        Self
    }
}

impl<T: ?Sized> PartialEq for PhantomData<T> {
    #[inline]
    fn eq(&self, _other: &PhantomData<T>) -> bool {
        true
    }
}

impl<T: ?Sized> Eq for PhantomData<T> {}

impl<T: ?Sized> PartialOrd for PhantomData<T> {
    #[inline]
    fn partial_cmp(&self, _other: &PhantomData<T>) -> Option<crate::cmp::Ordering> {
        Some(crate::cmp::Ordering::Equal)
    }
}

impl<T: ?Sized> Ord for PhantomData<T> {
    #[inline]
    fn cmp(&self, _other: &PhantomData<T>) -> crate::cmp::Ordering {
        crate::cmp::Ordering::Equal
    }
}

impl<T: ?Sized> crate::hash::Hash for PhantomData<T> {
    #[inline]
    fn hash<H: crate::hash::Hasher>(&self, _state: &mut H) {}
}

pub struct PhantomPinned;

impl !Unpin for PhantomPinned {}
