//! The library's methods of options, results, orderings and control flow that other programs do not come to.
use std::cmp::Ordering;
use std::fmt::Write;
use std::ops::ControlFlow;
fn digest(text: &str) -> u64 { text.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ b as u64).wrapping_mul(0x100_0000_01b3)) }
macro_rules! note { ($to:ident, $($value:expr),+ $(,)?) => {{ $(write!($to, "{:?};", $value).unwrap();)+ }} }
fn options(out: &mut String) {
    let mut text = Some(String::from("abc"));
    text.as_deref_mut().map(str::make_ascii_uppercase);
    note!(out, text, text.as_mut_slice().len(), text.as_slice(), unsafe { text.clone().unwrap_unchecked() });
    let mut none: Option<Vec<u8>> = None;
    none.get_or_insert_default().push(4);
    note!(out, none, none.is_none_or(|v| v.len() == 1), Some(3).is_some_and(|n| n > 3), Some(3).xor(None::<i32>), Some(1).zip(Some('x')), Some((1, 'y')).unzip(), Some(Some(5)).flatten(), Some(Ok::<i32, u8>(3)).transpose(), Some(4).filter(|n| n % 2 == 1), Some(2).inspect(|n| assert_eq!(*n, 2)));
    let mut taken = Some(9);
    note!(out, taken.take_if(|n| *n == 8), taken.take_if(|n| *n == 9), taken, taken.insert(3), taken.replace(4), taken.take(), taken.get_or_insert_with(|| 6), Some(1) < None, Some(1).max(Some(0)), Some(5).ok_or("none"), None::<u8>.map_or_else(|| 1, |n| n + 1));
}
fn results(out: &mut String) {
    let mut good: Result<String, i32> = Ok("fine".into());
    good.as_deref_mut().map(str::make_ascii_uppercase).unwrap();
    let bad: Result<u8, String> = Err("bad".into());
    note!(out, good, good.as_deref(), good.as_ref().is_ok_and(|t| t.len() == 4), bad.as_ref().is_err_and(|t| t.is_empty()), bad.clone().inspect_err(|e| assert_eq!(e, "bad")), unsafe { (good.clone().unwrap_unchecked(), bad.clone().unwrap_err_unchecked()) });
    note!(out, bad.clone().or_else(|e| if e.len() == 3 { Ok(1) } else { Err(0) }), bad.clone().unwrap_or_default(), bad.clone().map_err(|e| e.len()), bad.clone().ok(), bad.clone().err(), good.iter().count(), good.clone().and(Ok::<_, i32>(2)), bad.clone().or(Ok::<_, ()>(7)), Ok::<Option<u8>, ()>(None).transpose(), bad.as_ref().expect_err("is bad"), Ok::<_, ()>(2).iter_mut().map(|n| { *n += 1; *n }).sum::<i32>());
    note!(out, ["1", "2", "x"].iter().map(|t| t.parse::<u8>().map_err(|_| *t)).collect::<Result<Vec<_>, _>>(), ["1", "2"].iter().map(|t| t.parse::<u8>()).sum::<Result<u8, _>>(), [Some(2), Some(5)].into_iter().product::<Option<i32>>());
}
fn orderings(out: &mut String) {
    for order in [Ordering::Less, Ordering::Equal, Ordering::Greater] {
        note!(out, order.is_eq(), order.is_ge(), order.is_gt(), order.is_le(), order.is_lt(), order.is_ne(), order.reverse(), order.then(Ordering::Less), order.then_with(|| Ordering::Greater), order as i8);
    }
    note!(out, PartialOrd::ge(&2, &2), PartialOrd::gt(&1.0, &f64::NAN), "a".le("b"), 3.max(4).clamp(0, 3), std::cmp::max_by_key(-3, 2, |n: &i32| n.abs()), std::cmp::min_by(1.5, 0.5, |a: &f64, b| a.total_cmp(b)), [1, 2].iter().ge([1, 1].iter()), [1, 2].iter().gt([1, 2].iter()), [1].iter().le([1, 0].iter()), [1.0].iter().partial_cmp([f64::NAN].iter()), (1, "b").cmp(&(1, "a")), std::cmp::Reverse(1) < std::cmp::Reverse(0));
    unsafe { std::hint::assert_unchecked(out.len() > 3) }
    let sign = match out.len() { 0 => unsafe { std::hint::unreachable_unchecked() }, n => n as i32 };
    note!(out, std::convert::identity(5), std::hint::black_box(6), std::hint::select_unpredictable(sign > 0, 1, 2));
}
fn flow(out: &mut String) {
    let found = (1..10).try_for_each(|n| if n * n > 20 { ControlFlow::Break(n) } else { ControlFlow::Continue(()) });
    let on: ControlFlow<u8, &str> = ControlFlow::Continue("on");
    note!(out, found, found.is_break(), found.is_continue(), found.break_value(), on.continue_value(), on.map_break(|n| n + 1), found.map_break(|n| n * 2), on.map_continue(str::len));
    note!(out, (0..5).try_fold(0i8, |s, n| s.checked_add(n * 20)), (0..5).rev().try_rfold(1i32, |p, n| (n < 4).then_some(p + n)), [3, 1, 2].iter().try_rfold(10, |left: i32, n| if left > *n { Ok(left - n) } else { Err(*n) }));
}
pub fn run(input: u64) -> u64 {
    let mut out = String::new();
    match input { 0 => options(&mut out), 1 => results(&mut out), 2 => orderings(&mut out), _ => flow(&mut out) }
    digest(&out)
}
