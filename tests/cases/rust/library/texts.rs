//! The library's methods of texts that other programs do not come to.
//# inputs: 0 1 2 3 4 5
use std::borrow::Cow;
use std::fmt::Write;
fn digest(text: &str) -> u64 { text.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ b as u64).wrapping_mul(0x100_0000_01b3)) }
macro_rules! note { ($to:ident, $($value:expr),+ $(,)?) => {{ $(write!($to, "{:?};", $value).unwrap();)+ }} }
fn cut(out: &mut String) {
    let text = "αβ-γ-δε  ";
    note!(out, text.rsplit_once('-'), text.rsplit_once("--"), text.split_at_checked(4), text.split_at_checked(1), text.strip_suffix("  "), text.strip_suffix('x'), text.trim_end(), text.trim_end_matches(' '), text.trim_start_matches("αβ"));
    note!(out, text.split_terminator('-').collect::<Vec<_>>(), text.rsplit('-').collect::<Vec<_>>(), text.splitn(2, '-').collect::<Vec<_>>(), text.rsplitn(2, '-').collect::<Vec<_>>(), text.split_inclusive('-').collect::<Vec<_>>(), text.match_indices('-').collect::<Vec<_>>(), text.matches(char::is_alphabetic).count(), text.rmatch_indices("-").collect::<Vec<_>>());
    note!(out, text.is_char_boundary(1), text.is_char_boundary(2), text.get(0..3), text.get(0..4), text.char_indices().rev().collect::<Vec<_>>(), text.escape_debug().to_string(), text.escape_unicode().count(), text.trim_matches(|c: char| c == ' ' || c == 'α'));
}
fn changed(out: &mut String) {
    let mut text = String::with_capacity(2);
    text.reserve(100);
    text.push_str("one two three");
    text.replace_range(4..7, "zwei!");
    text.replace_range(..=2, "");
    note!(out, text, text.replacen('e', "E", 2), text.to_lowercase(), "ΑΣ ΣΑΣ".to_lowercase(), text.capacity() >= 100);
    text.shrink_to_fit();
    text.as_mut_str().make_ascii_uppercase();
    note!(out, text, text.capacity() >= text.len());
    unsafe { text.as_mut_vec()[0] = b'_'; text.as_bytes_mut()[1] = b'-'; }
    note!(out, text);
    text.retain(|c| c != 'E');
    text.truncate(6);
    let tail = text.split_off(3);
    note!(out, text, tail, text.drain(1..).collect::<String>(), text);
    text.extend(['x', 'y']);
    text.extend(["zz", "é"]);
    note!(out, text, text.clone().into_bytes(), text.clone().into_boxed_str(), text.clone().into_boxed_str().into_string(), String::leak(text));
    let boxed: Box<str> = "boxed".into();
    note!(out, boxed.clone().into_boxed_bytes(), boxed.into_string());
}
fn validated(out: &mut String) {
    for bytes in [&b"plain"[..], b"\xc3\xa9", b"a\xff", b"ab\xe4\xb8", b"\xed\xa0\x80", b"\xf0\x9d\x84\x9e!", b"\xc0\x80", b"\xf4\x90\x80\x80"] {
        match std::str::from_utf8(bytes) { Ok(text) => note!(out, text), Err(error) => { note!(out, error.valid_up_to(), error.error_len()); write!(out, "{error};").unwrap() } }
        note!(out, String::from_utf8_lossy(bytes), String::from_utf8(bytes.to_vec()).is_err());
    }
    unsafe { note!(out, std::str::from_utf8_unchecked(b"ok"), String::from_utf8_unchecked(vec![b'h', b'i'])); let mut b = *b"xy"; note!(out, std::str::from_utf8_unchecked_mut(&mut b)); }
}
fn borrowed(out: &mut String) {
    let mut cow: Cow<str> = Cow::Borrowed("abc");
    note!(out, matches!(cow, Cow::Borrowed(_)), cow.len());
    cow.to_mut().push('d');
    note!(out, matches!(cow, Cow::Owned(_)), cow, cow.clone().into_owned() + "!", cow == "abcd");
    let mut numbers: Cow<[u8]> = Cow::Borrowed(&[1, 2]);
    numbers.to_mut().push(3);
    note!(out, numbers, numbers.into_owned().len());
    let mut target = vec![9u8; 5];
    [1u8, 2][..].clone_into(&mut target);
    let mut words = String::from("long before");
    "short".clone_into(&mut words);
    note!(out, target, words);
    let mut one = String::from("kept");
    one.clone_from(&String::from("replaced by more"));
    note!(out, one);
}
fn parsed(out: &mut String) {
    note!(out, "+7".parse::<u8>(), "-0".parse::<i8>(), "".parse::<u8>().is_err(), "256".parse::<u8>().is_err(), "-129".parse::<i8>().is_err(), "true".parse::<bool>(), "yes".parse::<bool>().is_err(), "x".parse::<char>(), "xy".parse::<char>().is_err());
    for error in ["", "-", "9x", "300"] { write!(out, "{};", error.parse::<u8>().unwrap_err()).unwrap(); }
    note!(out, u32::from_str_radix("zz", 36), i64::from_str_radix("-7f", 16), u8::from_str_radix("2", 2).is_err(), "1e3".parse::<f64>(), "nan".parse::<f32>().map(f32::is_nan), "-inf".parse::<f64>(), ".5".parse::<f32>(), "1.".parse::<f32>(), "e5".parse::<f64>().is_err());
}
fn slices_of_texts(out: &mut String) {
    let words = vec!["a", "bc", ""];
    note!(out, words.concat(), words.join("/"), [[1, 2], [3, 4]].concat(), [vec![1], vec![2, 3]].join(&0), "ab".repeat(3), "x" < "xy", "é" > "z", "abc".cmp("abd"), str::len("é"));
    note!(out, "line\r\nnext\n\nend".lines().rev().collect::<Vec<_>>(), " a  b ".split(' ').collect::<Vec<_>>(), "a,b;c".split([',', ';']).collect::<Vec<_>>(), "a1b22c".split(|c: char| c.is_ascii_digit()).collect::<Vec<_>>(), " x\u{2003}y ".split_whitespace().rev().collect::<Vec<_>>(), "a b".split_ascii_whitespace().last());
}
pub fn run(input: u64) -> u64 {
    let mut out = String::new();
    match input { 0 => cut(&mut out), 1 => changed(&mut out), 2 => validated(&mut out), 3 => borrowed(&mut out), 4 => parsed(&mut out), _ => slices_of_texts(&mut out) }
    digest(&out)
}
