//! The shims that describe data types: what stands where, and how to handle what only rustc knows.
//!
//! For structs offsets say all. Of enums nobody tells a layout, so their shims do by `match`
//! what the runtime cannot: say which variant a value is and where its fields are, and write a variant with
//! defaults in it. **What a name means is rustc's answer**: every part comes with a number, given by
//! a trait that only the described types and the primitive ones implement.

use std::fmt::Write;

use crate::data::{FoundData, FoundField, FoundForm, FoundPart, FoundVariant, TUPLE};
use crate::shim::Origin;
use crate::states::Survey;
use crate::symbol::PREFIX;

/// The primitive types, in the order of their numbers, which start at 1.
pub(crate) const PRIMITIVES: &[&str] = &[
    "bool", "char", "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128",
    "isize", "f32", "f64",
];

/// The number of what cannot be looked into, and whose `Default` is a constant that owns nothing.
pub(crate) const EMPTY: usize = 128;

/// The number of the first described type.
pub(crate) const FIRST: usize = 256;

/// The symbol of a data type's shim; the number keeps two of one name apart.
pub(crate) fn symbol(number: usize, data: &FoundData<'_>) -> String {
    format!("{PREFIX}type_{}_{number}", data.name)
}

/// What of [`common`] speaks of types that own heap memory.
const HEAP_IMPORT: &str = "use ::std::boxed::Box;";
const HEAP_POINTEE: &str =
    "impl<T> Ty<Box<T>> { #[inline(always)] pub fn pointee(self) -> Ty<T> { Ty(PhantomData) } }";

fn heap_numbers() -> String {
    let mut known = String::new();
    for name in ["vec::Vec<T>", "collections::VecDeque<T>"] {
        let _ =
            write!(known, "impl<T> Known for ::std::{name} {{ const NUMBER: usize = {EMPTY}; }} ");
    }
    let _ =
        write!(known, "impl Known for ::std::string::String {{ const NUMBER: usize = {EMPTY}; }} ");
    known
}

/// A region without what speaks of types that own heap memory: for a compiler that has none.
#[cfg(feature = "jit")]
pub(crate) fn without_heap(region: &str) -> String {
    let numbers = heap_numbers();
    [HEAP_IMPORT, HEAP_POINTEE, numbers.as_str()]
        .into_iter()
        .fold(region.to_owned(), |text, part| text.replace(part, ""))
}

/// Where a field of a struct or a tuple is, as `offset_of!` says; in words that every compiler of ours knows.
fn offset(ty: &str, member: impl std::fmt::Display) -> String {
    format!(
        "unsafe {{ let __segue_room = ::core::mem::MaybeUninit::<{ty}>::uninit(); let __segue_start = __segue_room.as_ptr(); \
         (&raw const (*__segue_start).{member}) as usize - __segue_start as usize }}"
    )
}

/// What the shims share, once in the main file's region.
pub(crate) fn common() -> String {
    let mut tuples = String::new();
    for length in 1..=TUPLE {
        let names: Vec<String> = (0..length).map(|index| format!("T{index}")).collect();
        let (all, of) = (names.join(", "), format!("({},)", names.join(", ")));
        let mut methods = String::new();
        for (index, name) in names.iter().enumerate() {
            let offset = offset(&of, index);
            let _ = write!(
                methods,
                "#[inline(always)] pub fn item{index}(self) -> Ty<{name}> {{ Ty(PhantomData) }} \
                 #[inline(always)] pub fn offset{index}(self) -> usize {{ {offset} }} "
            );
        }
        let _ = write!(tuples, "impl<{all}> Ty<{of}> {{ {methods} }} ");
    }
    let mut known = String::new();
    for (index, name) in PRIMITIVES.iter().enumerate() {
        let _ = write!(
            known,
            "impl Known for ::core::primitive::{name} {{ const NUMBER: usize = {}; }} ",
            index + 1
        );
    }
    known.push_str(&heap_numbers());
    format!(
        "pub mod __segue_types {{ use ::core::marker::PhantomData; use ::core::prelude::rust_2024::*; {HEAP_IMPORT} \
         pub struct Ty<T>(PhantomData<T>); \
         impl<T> Clone for Ty<T> {{ #[inline(always)] fn clone(&self) -> Self {{ Ty(PhantomData) }} }} impl<T> Copy for Ty<T> {{}} \
         #[inline(always)] pub fn field<S, T>(_: impl FnOnce(*const S) -> *const T) -> Ty<T> {{ Ty(PhantomData) }} \
         #[inline(always)] pub fn payload<S, T>(_: impl FnOnce(&S) -> Option<&T>) -> Ty<T> {{ Ty(PhantomData) }} \
         #[inline(always)] pub fn migration<A, B>(_: fn(&A) -> B) -> (Ty<A>, Ty<B>) {{ (Ty(PhantomData), Ty(PhantomData)) }} \
         impl<T> Ty<T> {{ \
         #[inline(always)] pub fn of() -> Ty<T> {{ Ty(PhantomData) }} \
         #[inline(always)] pub fn size(self) -> usize {{ ::core::mem::size_of::<T>() }} \
         #[inline(always)] pub fn align(self) -> usize {{ ::core::mem::align_of::<T>() }} \
         #[inline(always)] pub fn owns(self) -> usize {{ ::core::mem::needs_drop::<T>() as usize }} \
         #[inline(always)] pub unsafe fn fill(self, at: *mut u8, out: *mut usize, make: impl Fn() -> Option<T>) -> usize {{ unsafe {{ \
         for n in 0..*out.add(1) {{ match make() {{ Some(made) => at.cast::<T>().add(n).write(made), None => return 0 }} \
         out.add(2).write_volatile(n + 1); }} 1 }} }} \
         #[inline(always)] pub unsafe fn variants(self, at: *mut u8, out: *mut usize, of: impl Fn(&T) -> usize) -> usize {{ unsafe {{ \
         let (stride, count) = (*out, *out.add(1)); \
         for n in 0..count {{ out.add(n).write(of(&*at.add(n * stride).cast::<T>())); }} 0 }} }} \
         #[inline(always)] pub unsafe fn drop_all(self, at: *mut u8, out: *mut usize) -> usize {{ unsafe {{ \
         for n in *out..*out.add(1) {{ out.write_volatile(n + 1); at.cast::<T>().add(n).drop_in_place(); }} 0 }} }} }} \
         impl<T, const N: usize> Ty<[T; N]> {{ #[inline(always)] pub fn element(self) -> Ty<T> {{ Ty(PhantomData) }} }} \
         {HEAP_POINTEE} \
         impl<T> Ty<Option<T>> {{ \
         #[inline(always)] pub fn some(self) -> Ty<T> {{ Ty(PhantomData) }} \
         #[inline(always)] pub unsafe fn fields(self, at: *mut u8, out: *mut usize) -> usize {{ \
         match unsafe {{ &*at.cast::<Option<T>>() }} {{ None => 0, Some(x) => {{ unsafe {{ out.write(x as *const T as usize) }}; 1 }} }} }} \
         #[inline(always)] pub unsafe fn kinds(self, at: *mut u8, out: *mut usize) -> usize {{ \
         unsafe {{ self.variants(at, out, |x| x.is_some() as usize) }} }} }} \
         pub trait Known {{ const NUMBER: usize; }} \
         pub trait Number {{ fn __segue_number(&self) -> usize; }} \
         impl<T: Known> Number for Ty<T> {{ #[inline(always)] fn __segue_number(&self) -> usize {{ T::NUMBER }} }} \
         pub trait NoNumber {{ fn __segue_number(&self) -> usize; }} \
         impl<T> NoNumber for &Ty<T> {{ #[inline(always)] fn __segue_number(&self) -> usize {{ 0 }} }} \
         pub trait Dropped {{ fn __segue_drops(&self) -> usize; }} \
         #[allow(drop_bounds)] impl<T: Drop> Dropped for Ty<T> {{ #[inline(always)] fn __segue_drops(&self) -> usize {{ 1 }} }} \
         pub trait NotDropped {{ fn __segue_drops(&self) -> usize; }} \
         impl<T> NotDropped for &Ty<T> {{ #[inline(always)] fn __segue_drops(&self) -> usize {{ 0 }} }} \
         pub trait Made<T> {{ fn __segue_default(&self) -> Option<T>; }} \
         impl<T: Default> Made<T> for Ty<T> {{ #[inline(always)] fn __segue_default(&self) -> Option<T> {{ Some(T::default()) }} }} \
         pub trait NotMade<T> {{ fn __segue_default(&self) -> Option<T>; }} \
         impl<T> NotMade<T> for &Ty<T> {{ #[inline(always)] fn __segue_default(&self) -> Option<T> {{ None }} }} \
         #[inline(always)] pub unsafe fn put<const N: usize>(out: &mut *mut usize, words: [usize; N]) {{ \
         for word in words {{ unsafe {{ out.write(word); *out = out.add(1); }} }} }} \
         {known} {tuples} }}"
    )
}

/// What the lines of the file `index` need.
pub(crate) fn import(index: usize) -> String {
    let (from, itself) = match index {
        0 => ("__segue_types", ""),
        _ => ("crate::__segue::__segue_types", "self, "),
    };
    format!(
        "use {from}::{{{itself}Known as __SegueKnown, Number as _, NoNumber as _, Dropped as _, NotDropped as _, Made as _, NotMade as _}};"
    )
}

/// The shim of the data type with this number.
///
/// `fn(what, place, at, out) -> usize`, see [`crate::Data::shim`].
pub(crate) fn data_shim(number: usize, data: &FoundData<'_>) -> String {
    let module: String = data.defined.inline.iter().map(|name| format!("{name}::")).collect();
    let ident = match data.defined.item {
        syn::Item::Struct(item) => item.ident.to_string(),
        syn::Item::Enum(item) => item.ident.to_string(),
        _ => String::new(),
    };
    let ty = format!("super::{module}{ident}");
    let mut words = String::new();
    let mut options = Vec::new();
    for variant in &data.variants {
        for field in &variant.fields {
            let base = base(&ty, variant, field);
            if !data.is_enum() {
                let _ = write!(words, "put(&mut out, [{}]); ", offset(&ty, &field.member));
            }
            let _ = write!(words, "{{ let t = {base}; {} }} ", describe(&field.part));
            find_options(&field.part, &base, &mut options);
        }
    }
    let places = places(&ty, data, &options);
    format!(
        "impl __SegueKnown for {ty} {{ const NUMBER: usize = {known}; }} \
         #[unsafe(export_name = \"{symbol}\")] pub unsafe extern \"C-unwind\" fn __segue_t{number}(what: usize, place: usize, at: *mut u8, mut out: *mut usize) -> usize {{ \
         use __segue_types::{{Ty, put, field, payload}}; \
         unsafe {{ match (what, place) {{ \
         (0, _) => {{ let t = Ty::<{ty}>::of(); put(&mut out, [t.size(), t.align(), (&t).__segue_drops()]); {words} 0 }} \
         {places} _ => 0 }} }} }}",
        known = FIRST + number,
        symbol = symbol(number, data),
    )
}

/// The type of a field, as an expression. The closures are never called.
fn base(ty: &str, variant: &FoundVariant<'_>, field: &FoundField<'_>) -> String {
    let member = &field.member;
    match variant.ident {
        None => format!("field(|s: *const {ty}| &raw const (*s).{member})"),
        Some(variant) => format!(
            "payload(|s: &{ty}| match s {{ {ty}::{variant} {{ {member}: __x, .. }} => ::core::option::Option::Some(__x), _ => ::core::option::Option::None }})"
        ),
    }
}

/// Statements that write size, alignment and number of the part `t`, then those of the parts in it.
fn describe(part: &FoundPart<'_>) -> String {
    let mut text = "put(&mut out, [t.size(), t.align(), (&t).__segue_number()]); ".to_owned();
    let mut inside = |projection: &str, inner: &FoundPart<'_>| {
        let _ = write!(text, "{{ let t = t.{projection}(); {} }} ", describe(inner));
    };
    match &part.form {
        FoundForm::Plain => {}
        FoundForm::Array(inner) => inside("element", inner),
        FoundForm::Option(inner) => inside("some", inner),
        FoundForm::Boxed(inner) => inside("pointee", inner),
        FoundForm::Tuple(items) => {
            for (index, item) in items.iter().enumerate() {
                let _ = write!(
                    text,
                    "put(&mut out, [t.offset{index}()]); {{ let t = t.item{index}(); {} }} ",
                    describe(item)
                );
            }
        }
    }
    text
}

/// Expressions for the `Option`s in `part`, in the order in which they are described.
fn find_options(part: &FoundPart<'_>, at: &str, found: &mut Vec<String>) {
    match &part.form {
        FoundForm::Plain => {}
        FoundForm::Array(inner) => find_options(inner, &format!("{at}.element()"), found),
        FoundForm::Boxed(inner) => find_options(inner, &format!("{at}.pointee()"), found),
        FoundForm::Option(inner) => {
            found.push(at.to_owned());
            find_options(inner, &format!("{at}.some()"), found);
        }
        FoundForm::Tuple(items) => {
            for (index, item) in items.iter().enumerate() {
                find_options(item, &format!("{at}.item{index}()"), found);
            }
        }
    }
}

/// The arms of the shim for what only `match` can do.
fn places(ty: &str, data: &FoundData<'_>, options: &[String]) -> String {
    let mut arms = String::new();
    if data.is_enum() {
        let (mut fields, mut fill, mut variants) = (String::new(), String::new(), String::new());
        for (number, variant) in data.variants.iter().enumerate() {
            let Some(name) = variant.ident else { continue };
            let (mut bound, mut written, mut made) = (String::new(), String::new(), String::new());
            for (index, field) in variant.fields.iter().enumerate() {
                let member = &field.member;
                let _ = write!(bound, "{member}: __x{index}, ");
                let _ =
                    write!(written, "out.add({index}).write(__x{index} as *const _ as usize); ");
                let base = base(ty, variant, field);
                let _ = write!(made, "{member}: (&{base}).__segue_default()?, ");
            }
            let _ = write!(fields, "{ty}::{name} {{ {bound} }} => {{ {written} {number} }} ");
            let _ = write!(variants, "{ty}::{name} {{ .. }} => {number}, ");
            let _ = write!(
                fill,
                "{number} => ::core::option::Option::Some({ty}::{name} {{ {made} }}), "
            );
        }
        let _ = write!(
            arms,
            "(1, 0) => match &*at.cast::<{ty}>() {{ {fields} }}, \
             (2, 0) => {{ let variant = *out; \
             Ty::<{ty}>::of().fill(at, out, || match variant {{ {fill} _ => ::core::option::Option::None }}) }} \
             (3, 0) => Ty::<{ty}>::of().drop_all(at, out), \
             (4, 0) => Ty::<{ty}>::of().owns(), \
             (5, 0) => Ty::<{ty}>::of().variants(at, out, |__x| match __x {{ {variants} }}), "
        );
    }
    for (index, option) in options.iter().enumerate() {
        let place = index + 1;
        let _ = write!(
            arms,
            "(1, {place}) => {option}.fields(at, out), \
             (2, {place}) => {{ let (t, variant) = ({option}, *out); \
             t.fill(at, out, || if variant == 0 {{ ::core::option::Option::Some(::core::option::Option::None) }} \
             else {{ (&t.some()).__segue_default().map(::core::option::Option::Some) }}) }} \
             (3, {place}) => {option}.drop_all(at, out), \
             (4, {place}) => {option}.owns(), \
             (5, {place}) => {option}.kinds(at, out), "
        );
    }
    arms
}

/// The shims of what `migrate` functions stand in the file `index`, in the module `scope` of it.
///
/// `fn(old, new)`: makes the new state from the old one; when `old` is null it writes the numbers of
/// both types to `new` instead.
pub(crate) fn migrations(
    survey: &Survey<'_>,
    index: usize,
    scope: &[String],
    up: &str,
) -> Vec<(Origin, String)> {
    let mut shims = Vec::new();
    for (number, migration) in survey.migrations.iter().enumerate() {
        let function = &survey.functions[migration.function];
        if function.file != index || function.inline != scope {
            continue;
        }
        let module: String = function.inline.iter().map(|name| format!("{name}::")).collect();
        let path = format!("{up}{module}migrate");
        let symbol = migration_symbol(number);
        let text = format!(
            "#[unsafe(export_name = \"{symbol}\")] pub unsafe extern \"C-unwind\" fn __segue_m{number}(old: *const u8, new: *mut u8) {{ \
             use crate::__segue::__segue_types::{{migration, Number as _, NoNumber as _}}; \
             fn make<A, B>(f: fn(&A) -> B, old: *const u8, new: *mut u8) {{ unsafe {{ new.cast::<B>().write(f(&*old.cast::<A>())) }} }} \
             if old.is_null() {{ let (a, b) = migration({path}); let out = new.cast::<usize>(); unsafe {{ out.write((&a).__segue_number()); out.add(1).write((&b).__segue_number()) }} }} \
             else {{ make({path}, old, new) }} }}"
        );
        shims.push((Origin::Migration(number), text));
    }
    shims
}

/// The symbol of the shim of a `migrate`.
pub(crate) fn migration_symbol(number: usize) -> String {
    format!("{PREFIX}migrate_{number}")
}
