//! Shared values as raw pointers and before they are written, pairs that leave tables by choice, queues' newer methods, atomics that are
//! updated, numbers that saturate.
use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap, HashSet, VecDeque};
use std::fmt::Write;
use std::num::{NonZero, Saturating, Wrapping};
use std::ops::Bound;
use std::rc::{Rc, Weak};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI16, AtomicPtr, AtomicU32, Ordering::SeqCst};
fn digest(text: &str) -> u64 { text.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ b as u64).wrapping_mul(0x100_0000_01b3)) }
fn put(to: &mut String, value: &dyn std::fmt::Debug) { write!(to, "{value:?};").unwrap() }
macro_rules! note { ($to:ident, $($value:expr),+ $(,)?) => {{ $(put($to, &$value);)+ }} }
struct Told<'a>(&'a Cell<u64>, u64);
impl Drop for Told<'_> { fn drop(&mut self) { self.0.set(self.0.get() * 10 + self.1) } }
macro_rules! shared { ($out:ident $name:ident) => {{
    let dropped = Cell::new(0);
    let first = $name::new(Told(&dropped, 1));
    let raw = $name::into_raw($name::clone(&first));
    unsafe {
        $name::increment_strong_count(raw);
        note!($out, $name::strong_count(&first), (*raw).1);
        $name::decrement_strong_count(raw);
        drop(first);
        note!($out, dropped.get());
        drop($name::from_raw(raw));
    }
    note!($out, dropped.get());
    let slice: $name<[Told]> = $name::from(vec![Told(&dropped, 2), Told(&dropped, 3)]);
    let raw = $name::into_raw(slice);
    note!($out, unsafe { (&*raw).len() }, unsafe { $name::from_raw(raw) }.iter().map(|it| it.1).sum::<u64>(), dropped.get());
    let text = unsafe { $name::<str>::from_raw($name::into_raw($name::<str>::from("text"))) };
    note!($out, text, $name::<[u8]>::from(text.clone()));
    let debug: $name<dyn std::fmt::Debug> = $name::new((1u8, 2u128));
    note!($out, unsafe { $name::from_raw($name::into_raw(debug)) });
    let mut number = $name::<u64>::new_uninit();
    $name::get_mut(&mut number).unwrap().write(7);
    note!($out, unsafe { number.assume_init() }, unsafe { $name::<[u16; 3]>::new_zeroed().assume_init() });
    let mut numbers = $name::<[u32]>::new_uninit_slice(3);
    for (at, number) in $name::get_mut(&mut numbers).unwrap().iter_mut().enumerate() { number.write(at as u32 + 5); }
    note!($out, unsafe { numbers.assume_init() }, unsafe { $name::<[u64]>::new_zeroed_slice(2).assume_init() });
    note!($out, <$name<[u8; 2]>>::try_from($name::<[u8]>::from([1, 2])), <$name<[u8; 3]>>::try_from($name::<[u8]>::from([1, 2])).is_err());
    let (mut list, mut letters) = ([3, 1], String::from("abc"));
    note!($out, $name::<[i32]>::from(&mut list[..]), $name::<str>::from(letters.as_mut_str()));
}} }
fn shared(out: &mut String) {
    shared!(out Rc);
    shared!(out Arc);
    let strong = Rc::new(5u8);
    let weak = unsafe { Weak::from_raw(Rc::downgrade(&strong).into_raw()) };
    note!(out, weak.upgrade(), Rc::weak_count(&strong), std::sync::Weak::<u8>::new().upgrade(), weak.as_ptr() == Rc::as_ptr(&strong));
}
fn tables(out: &mut String) {
    let mut sorted: BTreeMap<u32, u32> = (0..12).map(|it| (it, it * it)).collect();
    note!(out, sorted.extract_if(2..9, |key, value| { *value += 1; key % 3 == 0 }).collect::<Vec<_>>(), sorted);
    note!(out, sorted.extract_if(.., |_, _| true).next(), sorted.len(), sorted.range((Bound::Excluded(&2), Bound::Included(&5))).count());
    let mut set: BTreeSet<char> = "hello world".chars().collect();
    note!(out, set.extract_if(..'n', |it| *it != 'h').collect::<String>(), set);
    let mut hashed: HashMap<u32, u32> = (0..40).map(|it| (it, it + 100)).collect();
    let mut taken: Vec<_> = hashed.extract_if(|key, value| { *value += 1; key % 4 == 1 }).collect();
    taken.sort();
    note!(out, taken, hashed.len(), hashed.values().sum::<u32>());
    drop(hashed.extract_if(|_, _| true).take(3).count());
    note!(out, hashed.len(), (0..40).filter(|key| hashed.contains_key(key)).count(), hashed.try_reserve(usize::MAX / 2).is_err(), hashed.try_reserve(9).is_ok());
    hashed.shrink_to(0);
    hashed.extend([(1, 1), (2, 2)]);
    if let [Some(one), Some(two), None] = hashed.get_disjoint_mut([&1, &2, &99]) { std::mem::swap(one, two) }
    note!(out, hashed[&1], hashed[&2], unsafe { hashed.get_disjoint_unchecked_mut([&1, &98]) });
    let mut values: HashSet<u8> = (0..9).collect();
    values.shrink_to(20);
    note!(out, values.try_reserve(5).is_ok(), values.len(), std::collections::btree_map::Keys::<u8, u8>::default().len(), std::collections::hash_map::IntoIter::<u8, u8>::default().next());
    let mut heap = BinaryHeap::from([2, 9, 4]);
    heap.reserve_exact(10);
    heap.shrink_to(5);
    note!(out, heap.capacity() >= 5, heap.try_reserve(3).is_ok(), heap.try_reserve_exact(usize::MAX).is_err(), { heap.shrink_to_fit(); heap.pop() });
}
fn queues(out: &mut String) {
    let mut queue: VecDeque<u32> = VecDeque::from(vec![1, 2, 3]);
    *queue.push_front_mut(9) += 1;
    *queue.push_back_mut(7) += 1;
    *queue.insert_mut(2, 5) *= 3;
    note!(out, queue, queue.pop_front_if(|it| *it > 50), queue.pop_front_if(|it| *it == 10), queue.pop_back_if(|it| { *it += 1; *it == 9 }), queue);
    note!(out, queue.try_reserve(4).is_ok(), queue.try_reserve_exact(usize::MAX).is_err(), Vec::from(queue), Vec::from(VecDeque::from(vec![(); 3])).len());
    let mut ring: VecDeque<String> = (0..6).map(|it| it.to_string()).collect();
    ring.rotate_left(2);
    ring.push_front("front".into());
    note!(out, Vec::from(ring), std::collections::vec_deque::Iter::<u8>::default().next(), std::vec::IntoIter::<u8>::default().len(), std::slice::IterMut::<u8>::default().len());
    let (parts, length, capacity) = String::from("raw").into_raw_parts();
    note!(out, unsafe { String::from_raw_parts(parts, length, capacity) }, str::from_utf8(b"ok"), c"h\xffi".to_string_lossy(), c"plain".to_string_lossy());
    note!(out, Cell::new([1, 2, 3]).as_array_of_cells().each_ref().map(Cell::get), std::panic::AssertUnwindSafe(4u8).count_ones());
    let mut place = 3u8;
    let raw = &raw mut place;
    unsafe { *raw.as_mut_unchecked() += *raw.as_ref_unchecked() + *raw.cast_const().as_ref_unchecked() }
    let layout = std::alloc::Layout::new::<(u32, u8)>();
    let nowhere = std::ptr::without_provenance::<u8>(0xbeef);
    write!(out, "{nowhere:p} {nowhere:018p} {nowhere:#p} {nowhere:<10p}| {nowhere:>10p} {nowhere:?}").unwrap();
    note!(out, place, layout.pad_to_align(), layout.extend(std::alloc::Layout::new::<u64>()), layout.repeat(3), layout.align_to(64));
}
fn numbers(out: &mut String) {
    let count = AtomicU32::new(5);
    note!(out, count.try_update(SeqCst, SeqCst, |it| it.checked_sub(9)), count.try_update(SeqCst, SeqCst, |it| it.checked_sub(2)), count.update(SeqCst, SeqCst, |it| it << 3), count);
    #[allow(deprecated)]
    let swapped = (AtomicI16::new(-3).compare_and_swap(-3, 4, SeqCst), AtomicBool::new(true).compare_and_swap(false, true, SeqCst));
    let mut list = [10u64, 20, 30, 40];
    let at = AtomicPtr::new(&raw mut list[1]);
    unsafe { note!(out, swapped, *at.fetch_ptr_add(2, SeqCst), *at.fetch_ptr_sub(1, SeqCst), *at.fetch_byte_sub(16, SeqCst), *at.fetch_byte_add(8, SeqCst), *at.load(SeqCst)) }
    note!(out, at.fetch_or(1, SeqCst) == at.fetch_xor(1, SeqCst).wrapping_byte_sub(1), at.fetch_and(!0, SeqCst) == at.load(SeqCst));
    let (small, wide) = (Saturating(-128i8), Saturating(40u16));
    note!(out, small.abs(), -small, small.signum(), small.is_negative(), small.is_positive(), small.count_zeros(), wide.is_power_of_two(), wide.leading_zeros(), wide.trailing_zeros(), wide.rotate_left(12), wide.rotate_right(3));
    note!(out, wide.swap_bytes(), wide.reverse_bits(), wide.to_be(), wide.to_le(), Saturating::<u32>::from_be(Saturating(1)), Saturating::<u32>::from_le(Saturating(1)), Wrapping(0x1234u16).reverse_bits());
    write!(out, "{:x} {:#b} {:o} {:X}", wide, Wrapping(5u8), Saturating(64), Wrapping(-1i8)).unwrap();
    let (least, seven) = (NonZero::new(i16::MIN).unwrap(), NonZero::new(7u32).unwrap());
    note!(out, least.overflowing_abs(), least.saturating_abs(), least.overflowing_neg(), least.saturating_neg(), least.wrapping_neg(), least.cast_unsigned(), seven.cast_signed(), seven.isqrt(), seven.midpoint(NonZero::new(12).unwrap()), seven.div_ceil(NonZero::new(2).unwrap()));
    note!(out, bool::try_from(1u64), bool::try_from(-1i8).is_err(), std::mem::discriminant(&Some(1)));
    let constants: &'static [bool; 5] = &[1.5 < 2.0f32, 3u8 >= 4, 'a' == 'b', !true, (-0.5f64 * 4.0 == -2.0) != false];
    let ordinals: &'static [i16; 2] = &[std::cmp::Ordering::Less as i16, 'x' as u8 as i16 + 300];
    note!(out, constants, ordinals, &-Saturating(3i32), &(2.5f32 / 4.0 % 0.25), &-(1.25f64 + 1.0));
}
pub fn run(input: u64) -> u64 {
    let mut out = String::new();
    match input { 0 => shared(&mut out), 1 => tables(&mut out), 2 => queues(&mut out), _ => numbers(&mut out) }
    digest(&out)
}
