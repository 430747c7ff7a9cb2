//! The library's methods of slices, arrays, vectors and iterators that other programs do not come to.
//# inputs: 0 1 2 3 4 5
use std::fmt::Write;
fn digest(text: &str) -> u64 { text.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ b as u64).wrapping_mul(0x100_0000_01b3)) }
macro_rules! note { ($to:ident, $($value:expr),+ $(,)?) => {{ $(write!($to, "{:?};", $value).unwrap();)+ }} }
fn slices(out: &mut String) {
    let mut n = [5, 1, 4, 1, 5, 9, 2, 6];
    note!(out, n.split_at_checked(3), n.split_at_checked(9), n.first_chunk::<2>(), n.last_chunk::<3>(), n.first_chunk::<9>(), n.as_slice().as_array::<8>().is_some(), n.as_slice().as_array::<7>(), n.rchunks_exact(3).map(|c| c.to_vec()).collect::<Vec<_>>(), n.rchunks_exact(3).remainder(), n.rchunks(3).last(), n.binary_search_by(|x| x.cmp(&0)), unsafe { n.split_at_unchecked(2) });
    n.chunks_exact_mut(3).for_each(|c| c.reverse());
    note!(out, n, n.chunks_exact_mut(3).into_remainder());
    if let Some(first) = n.first_mut() { *first += 10 }
    if let Some((last, rest)) = n.split_last_mut() { *last = rest.len() as i32 }
    if let Some((left, right)) = n.split_at_mut_checked(4) { left.swap_with_slice(right) }
    unsafe { let (a, b) = n.split_at_mut_unchecked(1); std::mem::swap(&mut a[0], &mut b[0]); }
    note!(out, n, n.split_at_mut_checked(20).is_none());
    let (chunks, rest) = n.as_chunks_mut::<3>();
    chunks[1] = [0; 3];
    rest[0] += 1;
    note!(out, n);
    n.chunk_by_mut(|a, b| a <= b).for_each(|run| run[0] = -run[0]);
    note!(out, n, n.chunk_by(|a, b| a <= b).count());
    let (low, mid, high) = n.select_nth_unstable_by(3, |a, b| b.cmp(a));
    let (low, mid, high) = (low.iter().min().copied(), *mid, high.iter().max().copied());
    note!(out, low, mid, high, *n.select_nth_unstable_by_key(2, |x| x.abs()).1, *n.select_nth_unstable(0).1);
    let mut words = [String::from("a"), String::from("b")];
    words.clone_from_slice(&[String::from("c"), String::from("d")]);
    note!(out, words, std::slice::from_ref(&words[0]), std::array::from_ref(&3), words.each_mut().map(|w| { w.push('!'); w.len() }), words.as_mut_slice()[1], words.each_ref().len());
    note!(out, [1, 2, 3].iter().rev().as_slice_like(), [3, 1, 2].is_sorted(), [1, 1, 2].is_sorted(), [1, 2, 2, 3].partition_point(|x| *x < 3), [1, 2].starts_with(&[1]), [1, 2].strip_prefix(&[1][..]), [[1, 2], [3, 4]].as_flattened(), [1, 2, 3, 4].rotate_left_copy(1));
}
trait Like { fn as_slice_like(self) -> Vec<i32>; }
impl<'a, I: Iterator<Item = &'a i32>> Like for I { fn as_slice_like(self) -> Vec<i32> { self.copied().collect() } }
trait Rotated { fn rotate_left_copy(self, by: usize) -> Self; }
impl Rotated for [i32; 4] { fn rotate_left_copy(mut self, by: usize) -> Self { self.rotate_left(by); self.as_mut_slice().rotate_right(by * 2); self } }
fn vectors(out: &mut String) {
    let mut v = vec![3, 3, 4, 8, 8, 1];
    v.reserve(10);
    v.reserve_exact(30);
    note!(out, v.capacity() >= 36);
    v.dedup_by(|a, b| *a == *b + 1);
    v.extend_from_within(1..3);
    note!(out, v, v.pop_if(|x| *x == 8), v.pop_if(|x| *x == 8));
    v.resize_with(7, || 70);
    v.retain_mut(|x| { *x += 1; *x % 2 == 0 });
    note!(out, v);
    v.shrink_to(5);
    v.shrink_to_fit();
    note!(out, v.capacity() >= v.len(), v.as_mut_slice().iter_mut().map(|x| { *x *= 2; *x }).sum::<i32>(), v.clone().into_boxed_slice(), Vec::leak(v.clone()));
    unsafe { v.set_len(1); }
    note!(out, v, Vec::from([1, 2]), vec![vec![1u8]; 3], v.splice(0..1, [5, 6, 7]).collect::<Vec<_>>(), v, v.drain(..2).rev().collect::<Vec<_>>(), v, v.insert(0, 2), v.swap_remove(0), v.is_empty(), v.split_off(1));
    let mut names = vec!["bb", "a", "ccc"];
    names.sort_by_cached_key(|n| std::cmp::Reverse(n.len()));
    let mut rest = names.clone().into_iter();
    rest.next();
    note!(out, names, rest.as_slice(), rest.as_mut_slice().len(), rest.next_back(), rest.len(), [4, 5].iter_mut().into_slice(), Vec::from_iter(0..2), [1, 2, 3].into_iter().as_mut_slice());
    names.dedup_by_key(|n| n.len());
    names.append(&mut vec!["z"]);
    names.truncate(3);
    note!(out, names, names.iter().rposition(|n| *n == "a"), names.first_chunk::<1>());
    let mut sorted: Vec<(i32, char)> = "stable sort keeps".chars().map(|c| ((c as i32) % 3, c)).collect();
    sorted.sort_by_key(|p| p.0);
    note!(out, sorted);
    sorted.sort_unstable();
    note!(out, sorted, sorted.binary_search_by_key(&2, |p| p.0).is_ok());
}
fn iterators(out: &mut String) {
    let mut peeked = [1, 2, 3, 9].iter().copied().peekable();
    note!(out, peeked.next_if(|n| *n == 1), peeked.next_if_eq(&3), peeked.peek_mut().map(|n| { *n *= 10; *n }), peeked.next(), peeked.peek(), peeked.size_hint());
    note!(out, std::iter::once_with(|| 4).chain(std::iter::repeat_with(|| 5).take(2)).collect::<Vec<_>>(), std::iter::successors(Some(1), |n| (*n < 50).then_some(n * 3)).collect::<Vec<_>>(), std::iter::from_fn({ let mut n = 0; move || { n += 1; (n < 4).then_some(n) } }).collect::<Vec<_>>(), std::iter::repeat_n("x", 2).collect::<String>(), std::iter::empty::<u8>().next(), std::iter::zip([1, 2], "ab".chars()).collect::<Vec<_>>());
    note!(out, (0..10).step_by(4).rev().collect::<Vec<_>>(), (0..5).map_while(|n| (n < 3).then_some(n * n)).collect::<Vec<_>>(), (1..=4).scan(1, |p, n| { *p *= n; Some(*p) }).collect::<Vec<_>>(), [1, 2, 3, 4].iter().partition::<Vec<i32>, _>(|n| **n > 2), (1..=3).flat_map(|n| 0..n).collect::<Vec<_>>(), [3, 1, 2].iter().min_by_key(|n| (**n - 2i32).abs()), (0..4).cycle().skip(3).take(6).collect::<Vec<_>>(), ["a", "b"].iter().enumerate().last(), (0..6).reduce(|a, b| a * 2 + b), [1, 5, 2].iter().is_sorted_by_key(|n| *n), (0..3).rev().chain(7..9).rev().collect::<Vec<_>>(), [(1, 'a'), (2, 'b')].into_iter().unzip::<_, _, Vec<_>, String>(), (0..100).nth_back(3), (0..10).position(|n| n == 4), [1.5, 0.5].iter().copied().fold(f64::INFINITY, f64::min), (1..4).map(|n| n as f32).product::<f32>(), [[1, 2], [3, 4]].into_iter().flatten().rev().collect::<Vec<_>>(), (0..7).skip_while(|n| *n < 4).inspect(|n| assert!(*n > 3)).count(), (0..3).eq([0, 1, 2]), (0..3).lt(0..4), [1, 2, 3].array_windows_like());
    note!(out, (250u8..=255).len(), (250u8..=255).rev().step_by(2).collect::<Vec<_>>(), ('a'..='e').step_by(2).collect::<String>(), ('\u{d7fe}'..='\u{e001}').count(), (i8::MIN..=i8::MAX).step_by(100).collect::<Vec<_>>(), (0u64..u64::MAX).nth(1 << 40), (5..5).is_empty(), (1..=0).next_back(), (3..=9).contains(&9), (0..usize::MAX).size_hint(), (0..10).advance(4));
}
trait Windows { fn array_windows_like(&self) -> Vec<i32>; }
impl Windows for [i32; 3] { fn array_windows_like(&self) -> Vec<i32> { self.windows(2).map(|w| w[0] * w[1]).collect() } }
trait Advance { fn advance(self, by: usize) -> Option<i32>; }
impl Advance for std::ops::Range<i32> { fn advance(mut self, by: usize) -> Option<i32> { self.by_ref().take(by).for_each(drop); self.next() } }
fn hashed(out: &mut String) {
    use std::hash::{BuildHasher, BuildHasherDefault, Hash, Hasher};
    #[derive(Default)]
    struct Bytes(Vec<u8>);
    impl Hasher for Bytes { fn finish(&self) -> u64 { self.0.iter().fold(7, |h, b| h * 31 + *b as u64 & 0xffff_ffff) } fn write(&mut self, bytes: &[u8]) { self.0.extend(bytes) } }
    let mut h = Bytes::default();
    h.write_i8(-1); h.write_i16(-2); h.write_i32(3); h.write_i64(-4); h.write_i128(5); h.write_isize(-6); h.write_u8(7); h.write_u16(8); h.write_u32(9); h.write_u64(10); h.write_u128(11); h.write_usize(12);
    note!(out, h.0, h.finish());
    #[derive(Hash)]
    struct Point { x: i16, name: &'static str, tail: Option<(u8, char)> }
    #[derive(Hash)]
    enum Shape { Dot, Line(bool), Named { at: [u8; 2] } }
    let mut h = Bytes::default();
    Point { x: -2, name: "p", tail: Some((1, 'z')) }.hash(&mut h);
    Hash::hash_slice(&[Shape::Dot, Shape::Line(true), Shape::Named { at: [1, 2] }], &mut h);
    (1u8, "two", ()).hash(&mut h);
    vec![Some(1u16), None].hash(&mut h);
    note!(out, h.0.iter().filter(|b| **b != 0).count(), h.finish());
    let build = BuildHasherDefault::<Bytes>::default();
    note!(out, build.hash_one(5u32), build.build_hasher().finish(), build.hash_one("text") == build.hash_one(String::from("text")));
}
fn formatted(out: &mut String) {
    struct Parts;
    impl std::fmt::Debug for Parts { fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { write!(f, "{}{}{}|", f.sign_plus() as u8, f.sign_minus() as u8, f.sign_aware_zero_pad() as u8)?; f.debug_set().entry(&1).entries(["a", "b"]).finish() } }
    note!(out, Parts, Some(Parts));
    write!(out, "{Parts:+?}{Parts:-05?}{Parts:#?}{:>8.3}|{:^+9}|{:<#06x}|{:e}|{:?}", "truncated", 5, 255, 1500.0f64, 1e21f64).unwrap();
    #[derive(Debug)]
    struct Failed;
    impl std::fmt::Display for Failed { fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.pad("failed") } }
    impl std::error::Error for Failed {}
    let error: Box<dyn std::error::Error> = Box::new(Failed);
    note!(out, error.source().is_none(), error.to_string(), format!("{error:>8}"), Box::<dyn std::error::Error>::from("text").to_string());
}
fn atomics(out: &mut String) {
    use std::sync::atomic::{AtomicU32, Ordering, compiler_fence, fence};
    let mut value = 5u32;
    let shared = unsafe { AtomicU32::from_ptr(&mut value) };
    shared.fetch_add(4, Ordering::Relaxed);
    compiler_fence(Ordering::SeqCst);
    fence(Ordering::Acquire);
    std::hint::spin_loop();
    note!(out, shared.load(Ordering::Acquire), shared.fetch_max(20, Ordering::AcqRel), shared.fetch_update(Ordering::SeqCst, Ordering::Relaxed, |n| n.checked_sub(30)), shared.compare_exchange(20, 21, Ordering::SeqCst, Ordering::Relaxed), shared.swap(1, Ordering::Release), value);
}
pub fn run(input: u64) -> u64 {
    let mut out = String::new();
    match input { 0 => slices(&mut out), 1 => vectors(&mut out), 2 => iterators(&mut out), 3 => hashed(&mut out), 4 => formatted(&mut out), _ => atomics(&mut out) }
    digest(&out)
}
