//! A JSON parser and printer: nested values in vectors and maps, escapes, numbers, errors with positions.
use std::collections::BTreeMap;
#[derive(Debug, Clone, PartialEq)]
enum Json { Null, Bool(bool), Number(f64), Text(String), List(Vec<Json>), Map(BTreeMap<String, Json>) }
struct Parser<'a> { rest: &'a str, length: usize }
type Parsed<T> = Result<T, (usize, &'static str)>;
impl<'a> Parser<'a> {
    fn fail<T>(&self, why: &'static str) -> Parsed<T> { Err((self.length - self.rest.len(), why)) }
    fn eat(&mut self, c: char) -> bool { self.rest = self.rest.trim_start(); match self.rest.strip_prefix(c) { Some(rest) => { self.rest = rest; true } None => false } }
    fn value(&mut self) -> Parsed<Json> {
        if self.eat('[') { return self.list(']', |p| p.value()).map(Json::List) }
        if self.eat('{') { let pairs = self.list('}', |p| { if !p.eat('"') { return p.fail("key") } let k = p.text()?; if !p.eat(':') { return p.fail("colon") } Ok((k, p.value()?)) })?; return Ok(Json::Map(pairs.into_iter().collect())) }
        if self.eat('"') { return self.text().map(Json::Text) }
        for (word, value) in [("null", Json::Null), ("true", Json::Bool(true)), ("false", Json::Bool(false))] { if let Some(rest) = self.rest.strip_prefix(word) { self.rest = rest; return Ok(value) } }
        let end = self.rest.find(|c: char| !matches!(c, '0'..='9' | '-' | '.' | 'e')).unwrap_or(self.rest.len());
        let (number, rest) = self.rest.split_at(end);
        let Ok(number) = number.parse() else { return self.fail("value") };
        self.rest = rest;
        Ok(Json::Number(number))
    }
    fn list<T>(&mut self, end: char, item: impl Fn(&mut Self) -> Parsed<T>) -> Parsed<Vec<T>> { let mut items = vec![]; if self.eat(end) { return Ok(items) } loop { items.push(item(self)?); if self.eat(end) { return Ok(items) } if !self.eat(',') { return self.fail("comma") } } }
    fn text(&mut self) -> Parsed<String> {
        let mut out = String::new();
        let mut chars = self.rest.char_indices();
        while let Some((i, c)) = chars.next() {
            match c { '"' => { self.rest = &self.rest[i + 1..]; return Ok(out) } '\\' => match chars.next() { Some((_, 'n')) => out.push('\n'), Some((_, 'u')) => { let code: String = chars.by_ref().take(4).map(|(_, c)| c).collect(); match u32::from_str_radix(&code, 16).ok().and_then(char::from_u32) { Some(c) => out.push(c), None => return self.fail("escape") } } Some((_, c)) => out.push(c), None => break }, c => out.push(c) }
        }
        self.fail("text")
    }
}
fn print(json: &Json) -> String {
    match json { Json::Null => "null".into(), Json::Bool(b) => b.to_string(), Json::Number(n) => format!("{n}"), Json::Text(t) => format!("{t:?}"), Json::List(items) => format!("[{}]", items.iter().map(print).collect::<Vec<_>>().join(",")), Json::Map(map) => format!("{{{}}}", map.iter().map(|(k, v)| format!("{k:?}:{}", print(v))).collect::<Vec<_>>().join(",")) }
}
pub fn run(input: u64) -> u64 {
    let text = [r#" {"b": [1, -2.5, 1e3], "a": {"x": null, "é": "q\"\u00e9\n"}} "#, "[1, [true, false], [], {}]", r#"{"a" 1}"#, r#"["open"#][input as usize];
    let result = Parser { rest: text, length: text.len() }.value();
    let written = match &result { Ok(json) => { let written = print(json); if input == 1 { assert_eq!(Parser { rest: &written, length: written.len() }.value().as_ref(), Ok(json)); } written } Err((at, why)) => format!("{why} at {at}") };
    written.bytes().fold(written.len() as u64, |h, b| h.wrapping_mul(131) ^ b as u64)
}
