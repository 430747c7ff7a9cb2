//! The library's newer methods: strict and carrying arithmetic, arrays at the ends of slices, disjoint parts, texts of bytes, room that may be refused.
//# inputs: 0 1 2 3 4 5 6 7 8
use std::fmt::Write;
use std::pin::Pin;
use std::time::Duration;
fn digest(text: &str) -> u64 { text.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ b as u64).wrapping_mul(0x100_0000_01b3)) }
macro_rules! note { ($to:ident, $($value:expr),+ $(,)?) => {{ $(write!($to, "{:?};", $value).unwrap();)+ }} }
fn strict(out: &mut String) {
    note!(out, 5u8.strict_add(250), 5i8.strict_sub(-100), 7u16.strict_mul(9), (-7i32).strict_div(2), (-7i64).strict_rem(4), (-7i8).strict_div_euclid(2), (-7i8).strict_rem_euclid(4), 5i16.strict_neg(), 1u8.strict_shl(7), 128u8.strict_shr(7), 3u32.strict_pow(20), (-9i64).strict_abs());
    note!(out, (-100i8).strict_add_unsigned(200), 100i8.strict_sub_unsigned(200), 200u8.strict_add_signed(-100), 100u8.strict_sub_signed(-100), 1u8.unbounded_shl(8), 255u8.unbounded_shr(9), (-1i8).unbounded_shr(100), 1i32.unbounded_shl(40), unsafe { 4i8.unchecked_neg() });
    for (a, b) in [(0u8, 0i8), (255, -1), (0, 1), (100, -128), (3, 127)] {
        note!(out, a.checked_sub_signed(b), a.overflowing_sub_signed(b), a.saturating_sub_signed(b), a.wrapping_sub_signed(b));
    }
    for (a, b) in [(0u64, 0u64), (u64::MAX, 1), (u64::MAX, u64::MAX), (1 << 63, 2)] {
        note!(out, a.carrying_add(b, true), a.borrowing_sub(b, true), a.carrying_mul(b, u64::MAX), a.carrying_mul_add(b, 7, 9), (a as u8).carrying_mul(b as u8, 255), (a as u128 * 3).carrying_mul(b as u128 * 5, 1));
    }
}
fn panics(input: u64) -> u64 {
    match input { 6 => 200u8.strict_add(input as u8 * 10) as u64, 7 => i32::MIN.strict_div(6 - input as i32) as u64, _ => 1u16.strict_shl(input as u32 * 2) as u64 }
}
fn ends(out: &mut String) {
    let mut n = [1, 2, 3, 4, 5, 6, 7];
    note!(out, n.split_first_chunk::<2>(), n.split_last_chunk::<3>(), n.split_first_chunk::<8>(), n.as_rchunks::<3>(), n.array_windows::<3>().map(|w| w[0] * w[2]).collect::<Vec<_>>(), n.array_windows::<2>().rev().next(), n.array_windows::<7>().len(), n.element_offset(&n[4]), unsafe { n[..6].as_chunks_unchecked::<2>() });
    n.first_chunk_mut::<2>().unwrap().reverse();
    n.last_chunk_mut::<2>().unwrap().reverse();
    if let Some((head, rest)) = n.split_first_chunk_mut::<1>() { head[0] += rest.len() }
    if let Some((rest, tail)) = n.split_last_chunk_mut::<1>() { tail[0] += rest.len() }
    n.as_rchunks_mut::<2>().1[0] = [40, 50];
    unsafe { n[1..5].as_chunks_unchecked_mut::<2>()[1][0] = 99; }
    let range = n.as_mut_ptr_range();
    unsafe { *range.end.sub(1) = 8; }
    note!(out, n);
    n.rchunks_mut(3).for_each(|c| c[0] = 0);
    n.rchunks_exact_mut(3).for_each(|c| c.swap(1, 2));
    note!(out, n, n.split_inclusive(|x| *x == 0).collect::<Vec<_>>(), n.rsplit(|x| *x == 0).collect::<Vec<_>>(), n.rsplitn(2, |x| *x == 0).collect::<Vec<_>>());
    n.split_inclusive_mut(|x| *x == 0).for_each(|p| p[0] += 1);
    n.rsplit_mut(|x| *x == 1).next().unwrap()[0] += 5;
    n.splitn_mut(2, |x| *x == 1).last().unwrap()[0] += 7;
    n.rsplitn_mut(2, |x| *x == 8).last().unwrap()[0] += 9;
    note!(out, n, n.split(|x| x % 2 == 0).rev().collect::<Vec<_>>());
    let mut rest = &n[..];
    note!(out, rest.split_off_first(), rest.split_off_last(), rest.split_off(..2), rest.split_off(5..), rest.split_off(1..), rest);
    let mut rest = &mut n[..];
    *rest.split_off_first_mut().unwrap() = 31;
    *rest.split_off_last_mut().unwrap() = 32;
    rest.split_off_mut(..=1).unwrap().fill(33);
    rest.fill(34);
    note!(out, n, n.get_disjoint_mut([0, 3]).map(|[a, b]| { std::mem::swap(a, b); *a }), n.get_disjoint_mut([1, 1]).is_err(), n.get_disjoint_mut([9]), n.get_disjoint_mut([0..2, 4..6]).map(|p| p.map(|s| s.len())));
    unsafe { let [a, b] = n.get_disjoint_unchecked_mut([5, 6]); std::mem::swap(a, b); }
    let mut words = [1u16, 2, 3, 4];
    let (a, b, c) = unsafe { words.align_to::<u8>() };
    note!(out, n, a.len(), b.len(), c.len());
    unsafe { words.align_to_mut::<u8>().1[2] = 77; }
    note!(out, words, [1, 2, 3].strip_prefix(&[1, 2]), [1, 2, 3].strip_suffix(&[3][..]), [1].strip_prefix(&[2]));
}
fn bytes(out: &mut String) {
    note!(out, b" \tx y\n".trim_ascii(), b" a ".trim_ascii_start(), b" a ".trim_ascii_end(), " a\u{b} ".trim_ascii(), " b".trim_ascii_start(), "b \u{a0}".trim_ascii_end(), b"a\"\n\\\x00\xff".escape_ascii().to_string(), std::ascii::escape_default(b'\t').to_string());
    for chunk in b"ok\xffn\xe4\xb8".utf8_chunks() { note!(out, chunk.valid(), chunk.invalid()); }
    #[allow(deprecated)]
    let old = (" x ".trim_left(), " x ".trim_right(), "aax".trim_left_matches('a'), "xaa".trim_right_matches("a"));
    note!(out, old, "aXbX".rmatches('X').count(), "a;b;".rsplit_terminator(';').collect::<Vec<_>>(), "a;b;".split_terminator(';').rev().collect::<Vec<_>>(), "é€".floor_char_boundary(3), "é€".ceil_char_boundary(3), "a-b-c".split('-').rev().collect::<Vec<_>>(), "a-b-c".rsplitn(2, '-').collect::<Vec<_>>(), "".split(',').count(), "".split_terminator(',').count(), "x".split("").collect::<Vec<_>>(), "αβ".matches("").count());
    let mut raw = *b"abc";
    std::str::from_utf8_mut(&mut raw).unwrap().make_ascii_uppercase();
    note!(out, raw, std::str::from_utf8_mut(&mut [0xff]).is_err(), String::from_utf8(vec![0xc3]).unwrap_err().utf8_error().valid_up_to(), "\u{301}a\u{301}\u{200b}'\"", '\u{301}', "\u{301}a\u{301}".escape_debug().to_string(), ['\'', '"']);
}
fn rooms(out: &mut String) {
    let mut v = vec![1u32];
    note!(out, v.try_reserve(10), v.try_reserve_exact(usize::MAX).is_err(), v.capacity() >= 11, v.try_reserve(usize::MAX / 2).unwrap_err().to_string());
    *v.push_mut(3) += 1;
    *v.insert_mut(1, 2) += 5;
    v.spare_capacity_mut()[0].write(9);
    unsafe { v.set_len(4); }
    note!(out, v);
    let (start, length, capacity) = v.into_raw_parts();
    let v = unsafe { Vec::from_raw_parts(start, length, capacity) };
    note!(out, v, vec![[1, 2], [3, 4]].into_flattened(), String::from("x").try_reserve(5), String::new().try_reserve_exact(usize::MAX).is_err());
    let mut boxed = Box::new_uninit();
    boxed.write(5u8);
    note!(out, unsafe { boxed.assume_init() }, unsafe { Box::<u64>::new_zeroed().assume_init() }, Box::<[u8]>::new_uninit_slice(3).len(), Box::into_pin(Box::new(3)));
    let shared = std::rc::Rc::new(4);
    let raw = std::rc::Rc::into_raw(shared.clone());
    unsafe {
        std::rc::Rc::increment_strong_count(raw);
        note!(out, std::rc::Rc::strong_count(&shared), *raw);
        std::rc::Rc::decrement_strong_count(raw);
        note!(out, std::rc::Rc::from_raw(raw), std::rc::Rc::strong_count(&shared));
    }
    let cell = std::cell::RefCell::new((1, "two"));
    let (one, two) = std::cell::Ref::map_split(cell.borrow(), |p| (&p.0, &p.1));
    note!(out, *one, *two, cell.try_borrow_mut().is_err());
    drop((one, two));
    { let (mut one, _two) = std::cell::RefMut::map_split(cell.borrow_mut(), |p| (&mut p.0, &mut p.1)); *one += 1; note!(out, cell.try_borrow().is_err()); }
    note!(out, cell.try_borrow_mut().is_ok(), std::cell::Ref::filter_map(cell.borrow(), |p| (p.0 == 2).then_some(&p.1)).is_ok());
    let mut items = ["1", "x", "3"].into_iter().peekable();
    note!(out, items.next_if_map(|t| t.parse::<u8>().map_err(|_| t)), items.next_if_map(|t| t.parse::<u8>().map_err(|_| t)), items.next_if_map_mut(|t| (*t == "x").then_some(0)), items.next());
}
fn pinned(out: &mut String) {
    static N: u8 = 4;
    let mut value = (1, 2);
    let mut pin = Pin::new(&mut value);
    pin.set((3, 4));
    note!(out, *pin, pin.as_ref().get_ref().0, Pin::static_ref(&N), unsafe { Pin::into_inner_unchecked(Pin::new(&5)) });
    let mut first = unsafe { pin.map_unchecked_mut(|p| &mut p.0) };
    *first += 10;
    note!(out, first.as_mut().into_ref(), unsafe { Pin::new(&value).map_unchecked(|p| &p.1) }, Pin::static_mut(Box::leak(Box::new(6))));
    let spans = [Duration::from_hours(1), Duration::from_mins(2), Duration::from_nanos_u128(1_234_567_890_123), Duration::from_secs_f32(0.1), Duration::new(3, 141_592_653).mul_f32(2.0), Duration::from_secs(1).div_f64(3.0), Duration::from_millis(7).div_f32(2.0), Duration::MAX.saturating_mul(2)];
    note!(out, spans, spans[0].div_duration_f64(spans[1]), spans[1].div_duration_f32(spans[0]), Duration::try_from_secs_f64(-1.0), Duration::try_from_secs_f32(1e30).is_err(), Duration::try_from_secs_f64(1e-10), spans[2..6].iter().sum::<Duration>());
    write!(out, "{:.2?}|{:>12?}|{:<9.0?}|{:+?}|{:^11.1?}|{:.3?}", spans[2], spans[3], Duration::from_millis(2_500), spans[1], Duration::from_nanos(1_950), Duration::from_nanos(7)).unwrap();
    let pointers = [1u32, 2, 3];
    let (start, end) = (pointers.as_ptr(), unsafe { pointers.as_ptr().add(2) });
    unsafe { note!(out, end.byte_offset_from(start), end.byte_offset_from_unsigned(start), *start.with_addr(end.addr()), *start.map_addr(|a| a + 4), *end.wrapping_byte_offset(-4), start.align_offset(4), start.cast::<u8>().wrapping_add(1).align_offset(4)) }
}
pub fn run(input: u64) -> u64 {
    let mut out = String::new();
    match input { 0 => strict(&mut out), 1 => ends(&mut out), 2 => bytes(&mut out), 3 => rooms(&mut out), 4 => pinned(&mut out), 5 => {} _ => return panics(input) }
    digest(&out)
}
