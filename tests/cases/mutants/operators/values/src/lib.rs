//! A function of every return type that has a rule, and of some that have none.

use std::borrow::Cow;
use std::collections::*;
use std::num::*;
use std::rc::Rc;
use std::sync::{Arc, Mutex};

pub struct Own<T>(T);
pub struct Twice<A, B>(A, B);
pub struct Borrowed<'a, T>(&'a T);
pub type Short<T> = Result<T, String>;

pub fn unit() { println!() }
pub fn unit_said() -> () { println!() }
pub fn already() {
    ()
}
pub fn nothing() {}
pub fn bool() -> bool { !false }
pub fn already_true() -> bool { true }
pub fn int8() -> i8 { 3 }
pub fn int_size() -> isize { 3 }
pub fn already_minus() -> i64 { -1 }
pub fn unsigned() -> u128 { 3 }
pub fn float() -> f32 { 3.0 }
pub fn char() -> char { 'c' }
pub fn string() -> String { "a".to_owned() }
pub fn whole_path_of_string() -> std::string::String { "a".to_owned() }
pub fn text() -> &'static str { "a" }
pub fn text_mut<'a>(a: &'a mut str) -> &'a mut str { a }
pub fn nonzero_old() -> NonZeroU8 { todo!() }
pub fn nonzero_old_signed() -> std::num::NonZeroIsize { todo!() }
pub fn nonzero_new() -> NonZero<u16> { todo!() }
pub fn nonzero_new_signed() -> std::num::NonZero<i16> { todo!() }
pub fn nonzero_any<T: ZeroablePrimitive>(a: NonZero<T>) -> NonZero<T> { a }
pub fn result() -> Result<u8, String> { Ok(2) }
pub fn result_short() -> Short<u8> { Ok(2) }
pub fn result_of_result() -> Result<std::io::Result<bool>, ()> { Ok(Ok(true)) }
pub fn result_without_arguments() -> std::fmt::Result { Ok(()) }
pub fn result_unit() -> Result<(), String> { Ok(()) }
pub fn option() -> Option<i32> { Some(4) }
pub fn option_none() -> Option<i32> { None }
pub fn option_of_option() -> std::option::Option<Option<bool>> { Some(Some(false)) }
pub fn option_text() -> Option<&'static str> { Some("") }
pub fn vec() -> Vec<u8> { vec![2] }
pub fn vec_empty() -> Vec<u8> { vec![] }
pub fn vec_of_vec() -> Vec<Vec<String>> { vec![] }
pub fn cow() -> Cow<'static, str> { "a".into() }
pub fn cow_slice<'a>(a: &'a [u8]) -> Cow<'a, [u8]> { a.into() }
pub fn boxed() -> Box<u8> { Box::new(7) }
pub fn boxed_slice() -> Box<[u8]> { Box::new([7]) }
pub fn boxed_dyn() -> Box<dyn Fn(u8) -> u8> { Box::new(|a| a) }
pub fn shared() -> Arc<Mutex<Option<bool>>> { Arc::new(Mutex::new(None)) }
pub fn counted() -> Rc<std::cell::RefCell<String>> { todo!() }
pub fn set() -> BTreeSet<u8> { BTreeSet::new() }
pub fn set_hashed() -> HashSet<bool> { HashSet::new() }
pub fn queue() -> std::collections::VecDeque<String> { VecDeque::new() }
pub fn heap() -> BinaryHeap<u8> { todo!() }
pub fn list() -> LinkedList<()> { todo!() }
pub fn map() -> BTreeMap<u8, bool> { BTreeMap::from([(1, true)]) }
pub fn map_hashed() -> HashMap<String, Option<u8>> { HashMap::new() }
pub fn map_of_a_hasher<S: Default>() -> HashMap<u8, u8, S> { HashMap::default() }
pub fn own() -> Own<u8> { Own(3) }
pub fn own_of_own() -> Own<Own<bool>> { Own(Own(true)) }
pub fn twice() -> Twice<u8, u8> { Twice(1, 2) }
pub fn borrowed<'a>(a: &'a u8) -> Borrowed<'a, u8> { Borrowed(a) }
pub fn array() -> [u8; 4] { [9; 4] }
pub fn array_by_constant<const N: usize>() -> [bool; N] { [false; N] }
pub fn array_of_arrays() -> [[i8; 2]; 1 + 1] { [[2; 2]; 1 + 1] }
pub fn slice(a: &[u8]) -> &[u8] { a }
pub fn slice_mut(a: &mut [String]) -> &mut [String] { a }
pub fn reference(a: &u8) -> &u8 { a }
pub fn reference_mut(a: &mut Option<u8>) -> &mut Option<u8> { a }
pub fn reference_dyn(a: &dyn std::fmt::Debug) -> &dyn std::fmt::Debug { a }
pub fn pair() -> (bool, u8) { (true, 5) }
pub fn triple() -> (u8, String, Option<()>) { todo!() }
pub fn single() -> (u8,) { (9,) }
pub fn pair_with_iterator() -> (u8, impl Sized) { (9, 9) }
pub fn iterator() -> impl Iterator<Item = u8> { [4].into_iter() }
pub fn iterator_captures<'a>(a: &'a [u8]) -> impl 'a + Iterator<Item = &'a u8> + use<'a> { a.iter() }
pub fn iterator_double() -> impl DoubleEndedIterator<Item = u8> { [4].into_iter() }
pub fn displayed() -> impl std::fmt::Display { 7 }
pub fn never() -> ! { loop {} }
pub fn pointer() -> *const u8 { &3 }
pub fn function() -> fn(u8) -> u8 { |a| a }
pub fn parenthesised() -> (u8) { 3 }
pub fn own_type() -> std::time::Duration { todo!() }
pub fn associated<T: Iterator>(mut a: T) -> Option<T::Item> { a.next() }
pub fn qualified<T: Iterator>(mut a: T) -> <T as Iterator>::Item { a.next().unwrap() }
pub fn generic<T>(a: T) -> T where T: Copy { a }
pub fn in_macro() -> concat_idents!(u, 8) { 3 }
pub async fn later() -> u8 { 3 }
pub const fn constant() -> u8 { 3 }
pub extern "C" fn foreign() -> u8 { 3 }
