//! The library's raw memory: layouts, pointers, uninitialised values, boxes and counted values by hand.
//# inputs: 0 1 2 3 4
use std::alloc::{self, Layout};
use std::fmt::Write;
use std::mem::{self, MaybeUninit};
use std::ptr::{self, NonNull};
use std::rc::{Rc, Weak};
fn digest(text: &str) -> u64 { text.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ b as u64).wrapping_mul(0x100_0000_01b3)) }
macro_rules! note { ($to:ident, $($value:expr),+ $(,)?) => {{ $(write!($to, "{:?};", $value).unwrap();)+ }} }
fn allocations(out: &mut String) {
    let layout = Layout::from_size_align(24, 8).unwrap();
    note!(out, layout.size(), layout.align(), Layout::from_size_align(8, 3).is_err(), Layout::from_size_align(usize::MAX, 8).is_err(), Layout::for_value(&[1u16; 5]).size(), Layout::new::<(u8, u32)>().align(), Layout::array::<u64>(3).unwrap() == layout);
    unsafe {
        let memory = alloc::alloc(layout).cast::<u64>();
        for n in 0..3 { memory.add(n).write(n as u64 * 11) }
        let grown = alloc::realloc(memory.cast(), layout, 48).cast::<u64>();
        grown.add(3).write(33);
        note!(out, std::slice::from_raw_parts(grown, 4));
        alloc::dealloc(grown.cast(), Layout::from_size_align_unchecked(48, 8));
        let zeros = alloc::alloc_zeroed(layout);
        note!(out, std::slice::from_raw_parts(zeros, 24).iter().all(|b| *b == 0));
        alloc::dealloc(zeros, layout);
    }
}
fn pointers(out: &mut String) {
    let mut numbers = [1u32, 2, 3, 4, 5, 6];
    let start = numbers.as_mut_ptr();
    unsafe {
        let read = start.cast_const();
        note!(out, *read.byte_add(4), *read.add(3).byte_sub(8), *read.byte_offset(8), *read.wrapping_offset(2), *read.wrapping_byte_add(16), *read.wrapping_add(5).wrapping_byte_sub(4), read.add(4).offset_from(read), read.add(4).offset_from_unsigned(read), read.is_aligned(), read.cast_mut() == start);
        note!(out, *start.byte_add(8), *start.byte_offset(12), *start.add(2).byte_sub(4), *start.wrapping_offset(1), *start.wrapping_byte_add(4), *start.wrapping_add(3).wrapping_byte_sub(4), start.add(3).offset_from_unsigned(start), start.is_aligned());
        read.copy_to(start.add(3), 2);
        note!(out, *start.cast::<[u32; 6]>());
        start.copy_from(read.add(1), 3);
        start.add(4).copy_from_nonoverlapping(read, 2);
        read.copy_to_nonoverlapping(start.add(3), 1);
        start.copy_to(start.add(1), 2);
        start.add(5).copy_to_nonoverlapping(start, 1);
        ptr::swap_nonoverlapping(start, start.add(3), 2);
        note!(out, *start.cast::<[u32; 6]>());
        ptr::swap(start, start.add(5));
        note!(out, start.replace(50), start.add(1).read_unaligned(), numbers);
    }
    note!(out, ptr::dangling::<u32>().addr(), ptr::dangling_mut::<u64>().is_aligned(), ptr::without_provenance::<u8>(16).addr(), ptr::without_provenance_mut::<u8>(0).is_null(), ptr::from_ref(&numbers[1]) == unsafe { numbers.as_ptr().add(1) }, ptr::slice_from_raw_parts(numbers.as_ptr(), 3).len(), unsafe { &*ptr::slice_from_raw_parts(numbers.as_ptr(), 2) }, numbers.as_ptr_range().end.addr() - numbers.as_ptr_range().start.addr(), numbers.as_ptr().expose_provenance() == numbers.as_ptr().addr());
    let slot = ptr::slice_from_raw_parts_mut(numbers.as_mut_ptr(), 6);
    unsafe { (*slot)[2] = 77; }
    note!(out, numbers, ptr::addr_eq(&raw const numbers, &raw const numbers[0]));
    let mut value = 8u16;
    let mut place = NonNull::from(&mut value);
    unsafe { *place.as_mut() += 1; note!(out, *place.as_ref(), NonNull::new_unchecked(place.as_ptr()) == place, place.cast::<[u8; 2]>().as_ref()) }
    let mut row = [1u32, 2, 3, 4];
    let first = NonNull::from(&mut row[0]);
    unsafe {
        let third = first.byte_add(8);
        third.byte_sub(4).write_unaligned(20);
        first.copy_to(third, 1);
        third.copy_from(first.byte_offset(12), 1);
        first.copy_to_nonoverlapping(third, 1);
        third.add(1).copy_from_nonoverlapping(first, 1);
        first.swap(first.add(1));
        note!(out, third.offset_from_unsigned(first), third.read_unaligned(), third.replace(9), first.is_aligned(), first.addr().get() == first.as_ptr().addr());
        first.add(3).write_bytes(1, 1);
        note!(out, *first.cast::<[u32; 4]>().as_ref());
    }
    note!(out, NonNull::<u64>::dangling().as_ptr().addr(), NonNull::new(ptr::null_mut::<u8>()), NonNull::slice_from_raw_parts(place, 1).len(), NonNull::from_ref(&value).as_ptr().addr() == (&raw const value).addr());
}
struct Loud<'a>(&'a std::cell::Cell<u32>, u32);
impl Drop for Loud<'_> { fn drop(&mut self) { self.0.set(self.0.get() * 10 + self.1) } }
fn uninitialised(out: &mut String) {
    let log = std::cell::Cell::new(0);
    let mut place = MaybeUninit::uninit();
    place.write(Loud(&log, 1));
    unsafe {
        place.assume_init_mut().1 += 1;
        note!(out, place.assume_init_ref().1);
        place.assume_init_drop();
        let value = Loud(&log, 3);
        let copy: Loud = mem::transmute_copy(&value);
        mem::forget(value);
        drop(copy);
        let mut kept = mem::ManuallyDrop::new(Loud(&log, 4));
        ptr::drop_in_place(&raw mut *kept);
        let mut fifth = mem::ManuallyDrop::new(Loud(&log, 5));
        (&raw mut *fifth).drop_in_place();
        let mut sixth = mem::ManuallyDrop::new(Loud(&log, 6));
        NonNull::from(&mut *sixth).drop_in_place();
        note!(out, mem::zeroed::<(u8, f64, [i16; 3])>(), MaybeUninit::<u64>::zeroed().assume_init(), mem::transmute::<f32, u32>(1.5), mem::align_of_val(&1u16), mem::size_of_val("four"), mem::needs_drop::<String>(), mem::discriminant(&Some(1)) == mem::discriminant(&Some(2)));
    }
    note!(out, log.get(), mem::take(&mut vec![1, 2]), mem::replace(&mut 3, 4));
}
fn owned(out: &mut String) {
    let raw = Box::into_raw(Box::new([1u8, 2, 3]));
    let back = unsafe { Box::from_raw(raw) };
    let leaked: &'static mut u32 = Box::leak(Box::new(40));
    *leaked += 2;
    let pinned = Box::pin(7);
    let moved: Box<[String]> = vec!["a".to_string(), "b".to_string()].into_boxed_slice();
    note!(out, back, leaked, *pinned, pinned.as_ref().get_ref(), moved, moved.clone().into_vec().len(), Box::<[u8]>::from(&[9, 8][..]), Box::new(5) == Box::new(5), Box::<u16>::default());
    let log = std::cell::Cell::new(0);
    let tree = Rc::new_cyclic(|me: &Weak<(u8, Weak<u8>)>| { log.set(me.upgrade().is_none() as u32); (4, Weak::new()) });
    let again = Rc::clone(&tree);
    note!(out, log.get(), tree.0, tree.1.upgrade(), Rc::strong_count(&again), Rc::weak_count(&tree), Rc::ptr_eq(&tree, &again));
    let shared = Rc::new(vec![1]);
    let other = shared.clone();
    note!(out, Rc::unwrap_or_clone(shared), Rc::try_unwrap(other), *Rc::pin(3), Rc::<str>::from("text"), Rc::new(5).cmp(&Rc::new(6)));
    let mut counted = Rc::new(1);
    *Rc::get_mut(&mut counted).unwrap() = 2;
    let second = counted.clone();
    *Rc::make_mut(&mut counted) += 5;
    note!(out, counted, second, Rc::get_mut(&mut counted).is_some(), Rc::downgrade(&counted).strong_count());
}
fn cells(out: &mut String) {
    use std::cell::{Cell, OnceCell, RefCell};
    let cell = RefCell::new(vec![1]);
    note!(out, cell.replace_with(|old| { old.push(2); vec![9] }), cell.try_borrow().is_ok(), cell.try_borrow_mut().is_ok());
    { let held = cell.borrow_mut(); note!(out, cell.try_borrow().is_err(), cell.try_borrow_mut().is_err(), held.len()); }
    { let held = cell.borrow(); note!(out, cell.try_borrow().is_ok(), cell.try_borrow_mut().is_err(), std::cell::Ref::map(held, |v| &v[0])); }
    note!(out, cell.take(), cell.replace(vec![3]), cell.into_inner());
    let number = Cell::new(4);
    note!(out, number.replace(5), number.take(), number.get(), number.into_inner());
    let once = OnceCell::new();
    note!(out, once.get().is_none(), once.get_or_init(|| 6), once.set(7), once.into_inner());
}
pub fn run(input: u64) -> u64 {
    let mut out = String::new();
    match input { 0 => allocations(&mut out), 1 => pointers(&mut out), 2 => uninitialised(&mut out), 3 => owned(&mut out), _ => cells(&mut out) }
    digest(&out)
}
