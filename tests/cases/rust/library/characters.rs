//! The library's methods of characters, of UTF-16 and of C's texts that other programs do not come to.
use std::ffi::CStr;
use std::fmt::Write;
fn digest(text: &str) -> u64 { text.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ b as u64).wrapping_mul(0x100_0000_01b3)) }
macro_rules! note { ($to:ident, $($value:expr),+ $(,)?) => {{ $(write!($to, "{:?};", $value).unwrap();)+ }} }
fn characters(out: &mut String) {
    for c in ['a', 'Z', '7', ' ', '\t', '\n', '\'', '"', '\\', '\0', '\u{7f}', 'é', 'ß', 'Σ', 'ǆ', '٣', '½', '\u{200b}', '\u{3000}', '中', '𝄞', '\u{10ffff}'] {
        note!(out, c.is_alphabetic(), c.is_control(), c.is_digit(16), c.is_numeric(), c.is_whitespace(), c.is_alphanumeric(), c.is_uppercase(), c.is_lowercase(), c.to_ascii_lowercase(), c.to_ascii_uppercase(), c.eq_ignore_ascii_case(&'A'), c.to_digit(36), c.len_utf16());
        note!(out, c.escape_default().collect::<String>(), c.escape_unicode().to_string(), c.escape_debug().to_string(), c.to_uppercase().collect::<String>(), c.to_lowercase().to_string());
        let mut changed = c;
        changed.make_ascii_uppercase();
        note!(out, changed);
        changed.make_ascii_lowercase();
        note!(out, changed, unsafe { char::from_u32_unchecked(c as u32) });
    }
}
fn utf16(out: &mut String) {
    let units = [0x0041, 0xd834, 0xdd1e, 0xd800, 0x0062, 0xdc00, 0x00e9, 0xdbff];
    for unit in char::decode_utf16(units) {
        match unit { Ok(c) => note!(out, c), Err(error) => { note!(out, error.unpaired_surrogate()); write!(out, "{error}").unwrap() } }
    }
    note!(out, String::from_utf16(&units[..3]), String::from_utf16_lossy(&units), "a𝄞é".encode_utf16().collect::<Vec<_>>());
}
fn c_texts(out: &mut String) {
    let bytes = b"song\0rest";
    let text = CStr::from_bytes_until_nul(bytes).unwrap();
    note!(out, text.to_bytes(), text.to_bytes_with_nul().len(), text.to_str(), text.count_bytes(), c"live".to_str());
    note!(out, CStr::from_bytes_with_nul(b"ok\0").is_ok(), CStr::from_bytes_with_nul(b"no").is_err(), CStr::from_bytes_with_nul(b"a\0b\0").is_err(), CStr::from_bytes_until_nul(b"none").is_err());
    unsafe { note!(out, CStr::from_ptr(text.as_ptr()) == text, CStr::from_bytes_with_nul_unchecked(b"x\0").to_bytes()); }
}
fn ascii(out: &mut String) {
    let mut text = String::from("Héllo Wörld-9");
    note!(out, text.eq_ignore_ascii_case("hÉLLO"), text.eq_ignore_ascii_case("HéLLO wöRLD-9"), text.to_ascii_lowercase(), text.to_ascii_uppercase());
    text.make_ascii_uppercase();
    note!(out, text);
    text.make_ascii_lowercase();
    note!(out, text);
    let mut bytes = *b"AbC\xff";
    note!(out, bytes.eq_ignore_ascii_case(b"aBc\xff"), bytes.to_ascii_uppercase());
    bytes.make_ascii_lowercase();
    note!(out, bytes);
    bytes.make_ascii_uppercase();
    note!(out, bytes, bytes.is_ascii());
}
pub fn run(input: u64) -> u64 {
    let mut out = String::new();
    match input { 0 => characters(&mut out), 1 => utf16(&mut out), 2 => c_texts(&mut out), _ => ascii(&mut out) }
    digest(&out)
}
