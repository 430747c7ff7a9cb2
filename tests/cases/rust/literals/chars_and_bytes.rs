//! Escapes in character, byte, string and byte string literals.
//# inputs: 0 1 2 3 4 5 6 7 8 9 10 11
pub fn run(input: u64) -> u64 {
    let chars = ['a', '\n', '\t', '\\', '\'', '"', '\0', '\x7f', '\u{e9}', '\u{1F600}', 'ß', '\u{10ffff}'];
    let bytes = [b'a', b'\n', b'\r', b'\\', b'\'', b'"', b'\0', b'\x80', b'\xff', b'~', b' ', b'0'];
    let text = "tab\tquote\"nul\0 \u{e9}\
        joined";
    let raw = r#"no \n escape "here""#;
    let data = b"\x00\xff\\raw";
    let at = input as usize;
    let mut sum = chars[at] as u64 * 256 + bytes[at] as u64;
    sum = sum * 1000 + text.as_bytes()[at] as u64;
    sum = sum * 1000 + raw.as_bytes()[at] as u64;
    sum = sum * 1000 + data[at % data.len()] as u64;
    sum * 10_000 + (text.len() * 100 + raw.len()) as u64
}
