//! Names, lifetimes and qualifiers that a shim must repeat or leave out.
#![allow(unused_variables, non_camel_case_types)]
//# function: loop fn(&str)
//# function: longest fn(&str, &str) -> &str
//# function: fixed fn(&'static str) -> &str
//# function: raw fn(*const f32, *mut [u8; 4]) -> f32
//# function: foreign fn(i32) -> i32
//# function: pair fn((f32, u32), (f32,)) -> (u32, f32)
//# function: boxed fn(Box<dyn Fn(f32) -> f32 + Send>) -> HashMap<u32, Vec<Option<f32>>>
//# function: pointer fn(fn(f32) -> f32, &[f32; SIZE])
//# function: destructured fn((f32, f32), Point) -> f32
//# function: never fn() -> !
//# function: clash fn(Cow<str>) -> f32
//# function: a0 fn(f32, f32) -> f32

const SIZE: usize = 4;

pub struct Point {
    x: f32,
}

pub fn r#loop(r#match: &str) {}

pub fn longest<'a, 'b: 'a>(a: &'a str, b: &'b str) -> &'a str {
    if a.len() > b.len() { a } else { b }
}

pub fn fixed(a: &'static str) -> &'static str {
    a
}

pub unsafe fn raw(a: *const f32, b: *mut [u8; 4]) -> f32 {
    unsafe { *a }
}

pub extern "C" fn foreign(x: i32) -> i32 {
    x
}

pub fn pair(a: (f32, u32), b: (f32,)) -> (u32, f32) {
    (a.1, b.0)
}

pub fn boxed(
    f: Box<dyn Fn(f32) -> f32 + Send + 'static>,
) -> std::collections::HashMap<u32, std::vec::Vec<Option<f32>>> {
    let mut map = std::collections::HashMap::new();
    map.insert(1, vec![Some(f(1.0))]);
    map
}

pub fn pointer(f: fn(f32) -> f32, all: &[f32; SIZE]) -> () {}

pub fn destructured((a, _): (f32, f32), Point { x }: Point) -> f32 {
    a + x
}

pub fn never() -> ! {
    panic!("never")
}

pub fn clash(__segue_f0: std::borrow::Cow<'_, str>) -> f32 {
    1.0
}

pub fn a0(a1: f32, a0: f32) -> f32 {
    a1 - a0
}
